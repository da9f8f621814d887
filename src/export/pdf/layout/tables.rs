//! Tables, over pages.

use crate::typeset::{Frame, SetText};

use super::super::page::{ElementId, Ink, Role};
use super::Layout;
use super::lines::LineLook;

impl Layout<'_> {
    /// Rows stay whole where a page holds them; the head stands again on every page.
    pub(super) fn table(
        &mut self,
        texts: &[SetText],
        rules: &[f32],
        cells: impl Iterator<Item = usize>,
        element: ElementId,
        look: &LineLook<'_>,
    ) {
        let mut first_text = 0;
        let rows: Vec<(&[SetText], f32, f32)> = cells
            .zip(rules.windows(2))
            .map(|(count, rule)| {
                let end = (first_text + count).min(texts.len());
                let row = &texts[first_text..end];
                first_text = end;
                (row, rule[0], rule[1])
            })
            .collect();
        let head_height = rows.first().map_or(0.0, |(_, top, bottom)| bottom - top);
        for (r, (row, top, bottom)) in rows.iter().enumerate() {
            let height = bottom - top;
            let pages = self.pages.len();
            self.need(if r == 0 { height + head_height } else { height });
            let broken = r > 0 && self.pages.len() > pages;
            if r == 0 || broken {
                self.table_rule(1.0);
            }
            if broken && let Some((head, head_top, _)) = rows.first() {
                // Read out once is enough.
                self.table_row(head, *head_top, None, look);
                self.y += head_height;
                self.table_rule(0.5);
            }
            let tr = self.elements.add(Some(element), Role::Row);
            self.table_row(row, *top, Some((tr, r == 0)), look);
            self.y += height;
            self.table_rule(if r + 1 == rows.len() { 1.0 } else { 0.5 });
        }
    }

    fn table_rule(&mut self, height: f32) {
        let frame = Frame { x: self.column.x, y: self.y, width: self.column.width, height };
        self.ornament(frame, Ink::Hairline);
    }

    fn table_row(&mut self, row: &[SetText], top: f32, element: Option<(ElementId, bool)>, look: &LineLook<'_>) {
        for text in row {
            let cell =
                element.map(|(row, head)| self.elements.add(Some(row), if head { Role::HeadCell } else { Role::Cell }));
            for (i, line) in text.lines.iter().enumerate() {
                let at = [self.column.x + text.x, self.y + text.y - top + i as f32 * text.line_height];
                let (pages, pieces) = (self.pages.len(), self.pages.last().map_or(0, |page| page.pieces.len()));
                let count = self.pieces;
                self.put_line(text, line, at, cell.unwrap_or(self.root), look);
                if cell.is_none() && pages == self.pages.len() {
                    let added = self.pieces - count;
                    for piece in self.pages.last_mut().into_iter().flat_map(|page| &mut page.pieces[pieces..]) {
                        piece.element = None;
                    }
                    let children = &mut self.elements.0[self.root.0].children;
                    children.truncate(children.len() - added.min(children.len()));
                    self.pieces = count;
                }
            }
        }
    }
}
