//! Results as plain text: a heading and the citation a document, a line a place with the match in `【】`.

use std::io::{self, Write};

use super::{Head, Origin, Results, field_name, parts};
use crate::library::Field;
use crate::search::Snippet;
use crate::text::Words;

/// Writes lines as they come.
pub struct TextWriter<'a, W> {
    out: W,
    words: &'a Words,
}

impl<'a, W: Write> TextWriter<'a, W> {
    /// Begins the text, with a byte order mark.
    pub fn new(mut out: W, head: &Head<'_>, words: &'a Words) -> io::Result<Self> {
        writeln!(out, "\u{FEFF}{}\n", head.title(words))?;
        for line in head.lines(words) {
            writeln!(out, "{line}")?;
        }
        Ok(Self { out, words })
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Results for TextWriter<'_, W> {
    fn document(&mut self, origin: &Origin<'_>) -> io::Result<()> {
        let heading = origin.heading(self.words);
        writeln!(self.out, "\n{heading}")?;
        if origin.citation == heading { Ok(()) } else { writeln!(self.out, "{}", origin.citation) }
    }

    fn place(&mut self, field: Field, snippet: &Snippet) -> io::Result<()> {
        let [before, found, after] = parts(snippet);
        writeln!(self.out, "· {}{before}【{found}】{after}", field_name(field, self.words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::results::tests::{found, head};
    use crate::text::Language;

    #[test]
    fn places_stand_below_their_document() {
        let mut writer = TextWriter::new(Vec::new(), &head(), Language::ZhCn.words()).expect("memory");
        found(&mut writer);
        let text = String::from_utf8(writer.finish().expect("memory")).expect("UTF-8");
        let expected = "\u{FEFF}“温泉”的搜索结果\n\n检索词：温泉\n卷宗：《w》\n年份：2017、2018\n日期：2017年9月1日以后\n\
            结果：3 处，见于 2 篇\n\n=一,“二”\n甲. 报 道: =一,“二”[N]. 2017-10.\n· 规划了【温泉】镇,“温…\n\
            · …泉镇,“【温泉】”=好。\n\n=一,“二” · 图片\n温泉[Z]. 2017-10.\n· 图片说明：【温泉】\n";
        assert_eq!(text, expected);
    }
}
