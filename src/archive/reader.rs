//! Objects of the file to values of the format, member by member: what does not fit is named and left out.

use serde_json::{Map, Value};

use super::format::{Shape, VERSION};
use super::locate::{Locator, Path, line_of};
use super::repair::Repaired;
use super::{Diagnostic, Expected, Place, Problem, Severity, Slip};

/// More problems of a severity than this are counted, not listed.
pub(super) const MAX_DIAGNOSTICS: usize = 200;

/// Collects problems while objects are read.
#[derive(Default)]
pub(super) struct Reader {
    found: Vec<(Path, Severity, Problem)>,
    /// Warnings and errors so far, listed or not.
    warnings: usize,
    errors: usize,
}

impl Reader {
    pub(super) fn tell(&mut self, path: &Path, severity: Severity, problem: Problem) {
        let count = match severity {
            Severity::Warning => &mut self.warnings,
            Severity::Error => &mut self.errors,
        };
        *count += 1;
        if *count <= MAX_DIAGNOSTICS {
            self.found.push((path.clone(), severity, problem));
        }
    }

    pub(super) fn into_diagnostics(self, text: &str, repaired: Option<&Repaired>) -> Vec<Diagnostic> {
        let json = repaired.map_or(text, |r| &r.json);
        let severity_of = |problem: &Problem| match problem {
            Problem::Mended(Slip::TextAfterEnd) => Severity::Error,
            Problem::Mended(_) => Severity::Warning,
            _ => Severity::Error,
        };
        let mut slips: Vec<Diagnostic> = Vec::new();
        let mut unlisted = [self.warnings, self.errors].map(|count| count.saturating_sub(MAX_DIAGNOSTICS));
        let (mut line, mut counted_to) = (1, 0);
        for (offset, problem) in repaired.map_or(&[][..], |r| &r.problems) {
            line += line_of(&text[counted_to.min(*offset)..], offset.saturating_sub(counted_to)) - 1;
            counted_to = *offset;
            let severity = severity_of(problem);
            let place = Place { line: Some(line), path: String::new() };
            let slip = Diagnostic { severity, place, problem: problem.clone() };
            if slips.last() == Some(&slip) {
                // A slip of the keyboard comes many times in a line: once is enough to find it.
                continue;
            }
            // What broke the reading off comes last, and must not be left out for the slips before it.
            if slips.len() < MAX_DIAGNOSTICS || severity == Severity::Error {
                slips.push(slip);
            } else {
                unlisted[0] += 1;
            }
        }
        let mut locator = Locator::new(json);
        let found = self.found.into_iter().map(|(path, severity, problem)| {
            let offset = locator.offset(&path);
            let offset = repaired.map_or(offset, |r| r.original_offset(offset));
            let place = Place { line: Some(line_of(text, offset)), path: path.to_string() };
            Diagnostic { severity, place, problem }
        });
        let mut all: Vec<Diagnostic> = slips.into_iter().chain(found).collect();
        all.sort_by_key(|d| d.place.line);
        for (count, severity) in unlisted.into_iter().zip([Severity::Warning, Severity::Error]) {
            if count > 0 {
                let problem = Problem::More { count };
                all.push(Diagnostic { severity, place: Place::default(), problem });
            }
        }
        all
    }

    pub(super) fn version(&mut self, root: &mut Map<String, Value>, top: &Path) {
        let path = top.key("format");
        match root.get("format").map(Value::as_u64) {
            Some(Some(found)) if found > VERSION => {
                self.tell(&path, Severity::Warning, Problem::NewerVersion { found });
            }
            Some(Some(1..)) => {}
            _ => {
                self.tell(&path, Severity::Warning, Problem::NoVersion);
                root.insert("format".to_owned(), VERSION.into());
            }
        }
    }

    /// Puts `substitute` where a needed text is missing or no text.
    pub(super) fn stand_in(
        &mut self,
        object: &mut Map<String, Value>,
        key: &'static str,
        substitute: &str,
        path: &Path,
    ) {
        if !matches!(object.get(key), Some(Value::String(_))) {
            self.tell(path, Severity::Warning, Problem::Missing { key });
            object.insert(key.to_owned(), substitute.into());
        }
    }

    /// Reads an object member by member; members that do not fit are named and left out.
    pub(super) fn object<T: Shape>(&mut self, mut object: Map<String, Value>, path: &Path) -> Option<T> {
        // `null` says that there is nothing, as leaving the member out does.
        object.retain(|_, value| !value.is_null());
        let unknown: Vec<String> =
            object.keys().filter(|key| *key != "$schema" && !T::KEYS.contains(&key.as_str())).cloned().collect();
        for key in unknown {
            object.remove(&key);
            let nearest = nearest_key(&key, T::KEYS);
            self.tell(&path.key(&key), Severity::Warning, Problem::UnknownKey { key, nearest });
        }
        let mut value = Value::Object(object);
        loop {
            let error = match serde_path_to_error::deserialize::<_, T>(&value) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let message = error.inner().to_string();
            let Some(wrong) = remove_wrong(&mut value, error.path(), path) else {
                let missing = message.split('`').nth(1).map(str::to_owned);
                self.tell(path, Severity::Error, Problem::ItemLeftOut { missing });
                return None;
            };
            self.tell(&wrong, Severity::Error, Problem::WrongValue { expected: expected(&message) });
        }
    }

    /// The objects of a list; what is no object is named and left out.
    pub(super) fn objects(&mut self, list: Option<Value>, path: &Path) -> Vec<(Map<String, Value>, Path)> {
        let items = match list {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.tell(path, Severity::Error, Problem::WrongValue { expected: Expected::List });
                Vec::new()
            }
        };
        let mut objects = Vec::with_capacity(items.len());
        for (i, item) in items.into_iter().enumerate() {
            let path = path.index(i);
            match item {
                Value::Object(object) => objects.push((object, path)),
                _ => self.tell(&path, Severity::Error, Problem::WrongValue { expected: Expected::Object }),
            }
        }
        objects
    }
}

/// Takes the member that could not be read, or the one item of its list, out of an object that stands at `path`.
fn remove_wrong(object: &mut Value, error: &serde_path_to_error::Path, path: &Path) -> Option<Path> {
    use serde_path_to_error::Segment;
    let mut segments = error.iter();
    let Some(Segment::Map { key }) = segments.next() else { return None };
    let members = object.as_object_mut()?;
    match (segments.next(), members.get_mut(key)) {
        (Some(Segment::Seq { index }), Some(Value::Array(items))) if *index < items.len() => {
            // An empty text keeps the others in their places; lists drop their empty items.
            items[*index] = Value::String(String::new());
            Some(path.key(key).index(*index))
        }
        _ => members.remove(key).map(|_| path.key(key)),
    }
}

/// The kind of value that serde says it expected.
fn expected(message: &str) -> Expected {
    let wanted = message.rsplit("expected ").next().unwrap_or_default();
    match wanted {
        _ if message.starts_with("unknown variant") => Expected::OneOf(wanted.replace('`', "")),
        "a boolean" => Expected::TrueOrFalse,
        "a sequence" => Expected::List,
        "a string" => Expected::Text,
        "u32" | "u64" | "f64" => Expected::Number,
        _ => Expected::Text,
    }
}

/// The key that a misspelt one probably means: at most two letters off.
pub fn nearest_key(key: &str, keys: &[&'static str]) -> Option<&'static str> {
    let alike = keys.iter().filter(|known| known.len().abs_diff(key.len()) <= 2);
    let nearest = alike.map(|known| (letters_off(key, known), *known)).min()?;
    (nearest.0 <= 2).then_some(nearest.1)
}

/// Levenshtein distance in bytes.
fn letters_off(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
