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
}

/// Finds members in a JSON text. Each object and list on a way is read once, however many ways lead through it.
pub struct Locator<'a> {
    json: &'a str,
    /// The members of what stands at a path.
    read: HashMap<String, Members<'a>>,
}

enum Members<'a> {
    Object(HashMap<String, &'a RawValue>),
    List(Vec<&'a RawValue>),
}

impl<'a> Locator<'a> {
    pub fn new(json: &'a str) -> Self {
        Self { json, read: HashMap::new() }
    }

    /// Byte offset of the member's value, or of the deepest one on the way that exists.
    pub fn offset(&mut self, path: &Path) -> usize {
        let mut here = self.json;
        let mut way = Path::default();
        for segment in &path.0 {
            let members = self.read.entry(way.to_string()).or_insert_with(|| match segment {
                Segment::Key(_) => Members::Object(serde_json::from_str(here).unwrap_or_default()),
                Segment::Index(_) => Members::List(serde_json::from_str(here).unwrap_or_default()),
            });
            let next = match (segment, members) {
                (Segment::Key(key), Members::Object(members)) => members.get(key).copied(),
                (Segment::Index(index), Members::List(items)) => items.get(*index).copied(),
                _ => None,
            };
            match next {
                Some(raw) => here = raw.get(),
                None => break,
            }
            way = way.with(segment.clone());
        }
        here.as_ptr() as usize - self.json.as_ptr() as usize
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
        assert_eq!(&json[Locator::new(json).offset(&path)..][..1], "2");
        assert_eq!(line_of(json, Locator::new(json).offset(&path)), 4);
    }

    #[test]
    fn a_missing_member_leads_to_what_should_hold_it() {
        let json = "{\n\"a\":\n{}}";
        assert_eq!(line_of(json, Locator::new(json).offset(&Path::default().key("a").key("b"))), 3);
    }
}
