//! Members that stand twice in one object: JSON readers keep the last one, and what the first one said is lost.

use std::collections::HashSet;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::locate::Path;

/// The members of a JSON text that stand there a second time. `None` if the text is no JSON.
pub(super) fn doubled_members(json: &str) -> Option<Vec<Path>> {
    let mut found = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(json);
    Walk { path: &Path::default(), found: &mut found }.deserialize(&mut reader).ok()?;
    Some(found)
}

/// Goes through a value that stands at a path.
struct Walk<'a> {
    path: &'a Path,
    found: &'a mut Vec<Path>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let path = self.path.key(&key);
            map.next_value_seed(Walk { path: &path, found: self.found })?;
            if !seen.insert(key) {
                self.found.push(path);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let path = self.path.index(index);
            if items.next_element_seed(Walk { path: &path, found: self.found })?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_stands_twice_is_named() {
        for (json, expected) in [
            (r#"{"a": 1, "b": [1.5, null, true, -1], "c": {"a": "x"}}"#, &[][..]),
            (r#"{"a": 1, "a": 2}"#, &["a"]),
            (r#"{"a": 1, "b": 2, "a": 2, "a": 3}"#, &["a", "a"]),
            (r#"{"list": [{"x": 1}, {"x": {"y": 1, "y": 2}}]}"#, &["list[1].x.y"]),
        ] {
            let found: Vec<String> = doubled_members(json).expect("JSON").iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{json}");
        }
        assert!(doubled_members("{").is_none());
    }
}
