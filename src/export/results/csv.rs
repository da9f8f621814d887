//! Results as a table for Excel and WPS: comma-separated values after RFC 4180, in UTF-8 with a byte order mark.
//!
//! Columns: archive, report, date, section, kind, field, context before, match, context after, places in the document,
//! citation; a row a place. A cell that a spreadsheet would take for a formula begins with an apostrophe.

use std::io::{self, Write};

use super::{Origin, Results, parts};
use crate::library::Field;
use crate::search::Snippet;
use crate::text::Words;

/// Writes rows as they come.
pub struct CsvWriter<'a, W> {
    out: W,
    words: &'a Words,
    /// The cells of the document before and after those of its places.
    around: [String; 2],
}

impl<'a, W: Write> CsvWriter<'a, W> {
    /// Begins the table with its headings.
    pub fn new(mut out: W, words: &'a Words) -> io::Result<Self> {
        let headings: Vec<String> = words.results.columns.into_iter().map(cell).collect();
        write!(out, "\u{FEFF}{}\r\n", headings.join(","))?;
        Ok(Self { out, words, around: Default::default() })
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Results for CsvWriter<'_, W> {
    fn document(&mut self, origin: &Origin<'_>) -> io::Result<()> {
        let Origin { archive, report, date, section, kind, citation, hits } = origin;
        let before = [archive, report, date, section, (self.words.results.kind)(*kind)].map(cell);
        self.around = [before.join(","), format!("{hits},{}", cell(citation))];
        Ok(())
    }

    fn place(&mut self, field: Field, snippet: &Snippet) -> io::Result<()> {
        let [before, found, after] = parts(snippet).map(|part| cell(&part));
        let [first, last] = &self.around;
        write!(self.out, "{first},{},{before},{found},{after},{last}\r\n", cell((self.words.field)(field)))
    }
}

/// A text as a cell: guarded, and quoted where it must be.
fn cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    // A tab or line feed before a formula is dropped by some programs.
    let guard = if formula || text.starts_with(['\t', '\r', '\n']) { "'" } else { "" };
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let quoted = text.contains(['"', ',', ';', '\t', '\r', '\n'])
        || blank(text.chars().next())
        || blank(text.chars().next_back());
    if quoted { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { format!("{guard}{text}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::results::tests::found;
    use crate::text::Language;

    /// Rows of cells, after RFC 4180 alone.
    fn read(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut rest = csv.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, quoted) {
                ('"', true) if rest.peek() == Some(&'"') => cell.extend(rest.next()),
                ('"', _) => quoted = !quoted,
                (',', false) => row.push(std::mem::take(&mut cell)),
                ('\r', false) => {
                    assert_eq!(rest.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (c, _) => cell.push(c),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted);
        rows
    }

    #[test]
    fn a_row_a_place() {
        let mut writer = CsvWriter::new(Vec::new(), Language::ZhCn.words()).expect("memory");
        found(&mut writer);
        let text = String::from_utf8(writer.finish().expect("memory")).expect("UTF-8");
        let rows = read(text.strip_prefix('\u{FEFF}').expect("a byte order mark"));
        let source = "甲. 报 道: =一,“二”[N]. 2017-10.";
        let expected = [
            ["卷宗", "报道", "日期", "篇章", "类别", "项目", "前文", "匹配", "后文", "本篇处数", "出处"],
            ["卷", "报\n道", "2017-10", "'=一,“二”", "文字", "正文", "规划了", "温泉", "镇,“温…", "2", source],
            ["卷", "报\n道", "2017-10", "'=一,“二”", "文字", "正文", "…泉镇,“", "温泉", "”=好。", "2", source],
            ["卷", "报\n道", "2016", "'=一,“二”", "图片", "图片说明", "", "温泉", "", "1", "温泉[Z]. 2017-10."],
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_table_without_rows_has_headings() {
        let bytes = CsvWriter::new(Vec::new(), Language::En.words()).and_then(CsvWriter::finish).expect("memory");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.starts_with("\u{FEFF}Archive,Report,") && text.ends_with("Source\r\n"), "{text}");
    }

    #[test]
    fn formulas_are_guarded_and_quotes_doubled() {
        for (text, expected) in [
            ("温泉", "温泉"),
            ("", ""),
            ("甲,乙", "\"甲,乙\""),
            ("说\"好\"", "\"说\"\"好\"\"\""),
            ("一\r\n二", "\"一\r\n二\""),
            ("甲;=乙", "\"甲;=乙\""),
            (" 甲", "\" 甲\""),
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-温泉", "'-温泉"),
            ("@甲", "'@甲"),
            ("＝1", "'＝1"),
            (" =1", "\"' =1\""),
            ("\t=1,2", "\"'\t=1,2\""),
            ("1-2=3", "1-2=3"),
            ("\"'", "\"\"\"'\""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_cells_are_read_back(rows in prop::collection::vec(prop::collection::vec(any::<String>(), 1..4), 0..4)) {
            let lines = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n");
            let guarded = |text: &String| {
                text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n'])
            };
            let expected: Vec<Vec<String>> = rows
                .iter()
                .map(|row| row.iter().map(|text| if guarded(text) { format!("'{text}") } else { text.clone() }).collect())
                .collect();
            let read = read(&lines.collect::<String>());
            prop_assert_eq!(&read, &expected);
            for text in read.iter().flatten() {
                prop_assert!(!text.trim_start().starts_with(['=', '+', '-', '@']), "{text:?}");
            }
        }
    }
}
