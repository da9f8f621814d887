//! From a member's path to its line in the file.

use std::collections::HashMap;
use std::fmt;

use serde_json::value::RawValue;

/// The way to a member, from the top.
#[derive(Clone, Debug, Default)]
pub struct Path(Vec<Segment>);

#[derive(Clone, Debug)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Path {
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }

    /// Byte offset in `json` of the member's value, or of the deepest one on the way that exists.
    pub fn offset_in(&self, json: &str) -> usize {
        let start = json.as_ptr() as usize;
        let mut here = json;
        for segment in &self.0 {
            let next = match segment {
                Segment::Key(key) => serde_json::from_str::<HashMap<String, &RawValue>>(here)
                    .ok()
                    .and_then(|mut members| members.remove(key)),
                Segment::Index(index) => {
                    serde_json::from_str::<Vec<&RawValue>>(here).ok().and_then(|items| items.get(*index).copied())
                }
            };
            match next {
                Some(raw) => here = raw.get(),
                None => break,
            }
        }
        (here.as_ptr() as usize) - start
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if i == 0 => write!(f, "{key}")?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..offset.min(text.len())]).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_by_its_path() {
        let json = "{\n\"a\": [\n1,\n{\"b\": 2}\n]\n}";
        let path = Path::default().key("a").index(1).key("b");
        assert_eq!(path.to_string(), "a[1].b");
        assert_eq!(&json[path.offset_in(json)..][..1], "2");
        assert_eq!(line_of(json, path.offset_in(json)), 4);
    }

    #[test]
    fn a_missing_member_leads_to_what_should_hold_it() {
        let json = "{\n\"a\":\n{}}";
        assert_eq!(line_of(json, Path::default().key("a").key("b").offset_in(json)), 3);
    }
}
