//! Where lines end and where their characters stand, by example: ideographs and wide marks are an em wide, letters half.

use juanzong::typeset::{Cursor, Face, Line, Measure, Run, Setter, Shaper};

struct Grid;

impl Shaper for Grid {
    fn advances(&self, text: &str, _: Face, out: &mut Vec<f32>) {
        out.extend(text.chars().map(|c| match c {
            '\u{301}' | '\u{200D}' => 0.0,
            '—' => 0.9,
            c if c < '\u{2000}' => 0.5,
            _ => 1.0,
        }));
    }
}

fn measure(ems: f32) -> Measure {
    Measure { width: ems, indent: 0.0, justify: true, hang: false, full_width: false }
}

fn set(text: &str, measure: Measure) -> Vec<Line> {
    Setter::new(text, &[Run::plain(text.chars().count(), Face::Serif, 1.0)], measure, &Grid).collect()
}

#[test]
fn lines_end_where_they_disturb_least() {
    for (why, text, ems, expected) in [
        ("a mark is never first: it is squeezed in", "温泉，小镇风生，水起", 7.2, "温泉，小镇风生，|水起"),
        ("or pushed out with the character before it", "温泉小镇，风生水起", 4.0, "温泉小|镇，风生|水起"),
        ("its blank half has no place at an end", "温泉小镇，风生水起", 4.5, "温泉小镇，|风生水起"),
        ("an opening mark is never last", "大力实施“智慧温泉”", 5.0, "大力实施|“智慧温泉”"),
        ("words stay whole", "不占用我市PPP指标的前提下", 6.0, "不占用我市|PPP指标的前|提下"),
        ("numbers keep their units", "项目总投资120亿元的温泉", 7.0, "项目总投资|120亿元的温泉"),
        ("a pair of dashes is not torn", "温泉小镇——风生水起好", 5.5, "温泉小|镇——风生|水起好"),
        ("a blank at an end has no width", "温泉小镇 风生", 4.0, "温泉小镇 |风生"),
        ("a word wider than the line is cut", "abcdefghij", 2.0, "abcd|efgh|ij"),
        ("but not before a mark", "abcd，ef", 2.0, "abc|d，|ef"),
        ("an address as well, where it makes sense", "见http://a.cn/bcdefg/hij", 6.0, "见http://|a.cn/bcdefg/|hij"),
        ("one character is not left alone", "温泉小镇风生水起发展建设好了啊", 14.0, "温泉小镇风生水起发展建设好|了啊"),
        ("clusters stay whole", "ae\u{301}e\u{301}e\u{301}", 1.0, "ae\u{301}|e\u{301}e\u{301}"),
        ("even if they are wider than the line", "👩\u{200D}👧👩\u{200D}👧", 1.5, "👩\u{200D}👧|👩\u{200D}👧"),
        ("line feeds end lines", "温泉\n\n小镇\n", 9.0, "温泉||小镇|"),
    ] {
        let lines = set(text, measure(ems));
        let shown: Vec<&str> = lines.iter().map(|line| line.shown.as_str()).collect();
        assert_eq!(shown.join("|"), expected, "{why}");
    }
}

#[test]
fn characters_stand_where_a_printer_would_set_them() {
    let wide = |text| set(text, Measure { justify: false, ..measure(99.0) }).remove(0);
    for (text, x, width) in [
        ("温泉", vec![0.0, 1.0], 2.0),
        // A quarter em, stored or not.
        ("投A资", vec![0.0, 1.25, 2.0], 3.0),
        ("投 A 资", vec![0.0, 1.0, 1.25, 1.75, 2.0], 3.0),
        // Marks that meet; a trimmed opening mark begins left of its ink.
        ("“温”", vec![-0.5, 0.5, 1.5], 2.0),
        ("好”，好", vec![0.0, 1.0, 1.5, 2.5], 3.5),
        ("好）（好", vec![0.0, 1.0, 1.5, 2.5], 3.5),
        ("好“《好", vec![0.0, 1.0, 1.5, 2.5], 3.5),
        ("好。", vec![0.0, 1.0], 1.5),
        // Dashes join in the middle of two ems.
        ("好——好", vec![0.0, 1.146, 1.954, 3.0], 4.0),
        // Blanks: a tab is four of them.
        ("a b", vec![0.0, 0.5, 1.0], 1.5),
        ("a\tb", vec![0.0, 0.5, 1.5], 2.0),
        ("a\u{1}b", vec![0.0, 0.5, 0.5], 1.0),
        // Quotes between letters are as narrow as they are.
        ("a “b”", vec![0.0, 0.5, 0.5, 1.5, 2.0], 2.5),
    ] {
        let line = wide(text);
        let near = line.x.iter().zip(&x).all(|(a, b)| (a - b).abs() < 0.001) && (line.width - width).abs() < 0.001;
        assert!(near, "{text}: {:?} {}, not {x:?} {width}", line.x, line.width);
    }
}

#[test]
fn lines_are_squeezed_and_stretched_in_order() {
    for (why, text, ems, x) in [
        ("nothing to do", "温泉小镇|风", 4.0, vec![0.0, 1.0, 2.0, 3.0]),
        ("marks are squeezed first", "温，泉A小|镇风生", 4.75, vec![0.0, 1.0, 1.75, 3.0, 3.75]),
        ("gaps last", "温泉A小镇|风生", 4.85, vec![0.0, 1.0, 2.175, 2.85, 3.85]),
        ("blanks are stretched first", "ab cd ef|（温温）", 4.3, vec![0.0, 0.5, 1.0, 1.65, 2.15, 2.65, 3.3, 3.8]),
        ("then gaps", "温泉A小镇|（风生）", 5.2, vec![0.0, 1.0, 2.35, 3.2, 4.2]),
        ("then all alike", "温泉小镇|（风生）", 4.3, vec![0.0, 1.1, 2.2, 3.3]),
        ("the first line stands in", "温泉小|镇", 4.0, vec![1.0, 2.0, 3.0]),
    ] {
        let (first, _) = text.split_once('|').unwrap();
        let indent = if why == "the first line stands in" { 1.0 } else { 0.0 };
        let line = set(&text.replace('|', ""), Measure { indent, ..measure(ems) }).remove(0);
        assert_eq!(line.shown, first, "{why}");
        let near = line.x.iter().zip(&x).all(|(a, b)| (a - b).abs() < 0.002);
        assert!(near && (line.width - ems).abs() < 0.001, "{why}: {:?} {}", line.x, line.width);
    }
}

#[test]
fn a_mark_hangs_where_a_line_cannot_be_set_well_otherwise() {
    let hung = |hang| set("温泉小镇，风生水起。", Measure { hang, ..measure(4.0) });
    assert_eq!(hung(false)[0].shown, "温泉小");
    assert_eq!(hung(true)[0].shown, "温泉小镇，");
    assert_eq!(hung(true)[0].width, 4.5);
    let roomy = set("温泉小镇，风，生水起风生水起", Measure { hang: true, ..measure(7.0) });
    assert!(roomy[0].width <= 7.001, "not where squeezing is enough: {roomy:?}");
}

#[test]
fn a_mark_is_drawn_with_its_neighbours_in_mind_wherever_setting_goes_on() {
    // The place that is looked at begins anew every thousand bytes.
    for shift in (0..40).step_by(4) {
        let text = format!("\"{}\n{}", "好".repeat(300 + shift), ",“1,340”;\"好了吗好了吗\",.".repeat(100));
        let runs = [Run::plain(text.chars().count(), Face::Serif, 1.0)];
        let measure = Measure { full_width: true, ..measure(17.0) };
        let whole: String = Setter::new(&text, &runs, measure, &Grid).map(|line| line.shown).collect();
        assert_eq!(whole, juanzong::typeset::full_width(&text).replace('\n', ""), "{shift}");
        let (mut cursor, mut parts) = (Cursor::default(), String::new());
        while let Some(line) = {
            let mut setter = Setter::resume(&text, &runs, measure, &Grid, cursor);
            let line = setter.next();
            cursor = setter.cursor();
            line
        } {
            parts.push_str(&line.shown);
        }
        assert_eq!(parts, whole, "{shift}");
    }
}

#[test]
fn a_number_keeps_its_unit_wherever_a_long_text_is_cut_to_be_looked_at() {
    for ems in 0..20 {
        let measure = measure(8.0 + ems as f32 * 0.37);
        for line in set(&"5 km ".repeat(1500), measure) {
            assert!(line.shown.starts_with('5') && line.shown.ends_with("km "), "{:?}", line.shown);
        }
        for line in set(&"1亿元".repeat(1500), measure) {
            assert!(line.shown.starts_with('1') && line.shown.ends_with('元'), "{:?}", line.shown);
        }
    }
}

#[test]
fn runs_keep_their_size_and_what_is_verbatim_is_drawn_as_stored() {
    let runs = [
        Run::plain(2, Face::Serif, 1.0),
        Run { verbatim: true, ..Run::plain(2, Face::Sans, 2.0) },
        Run::plain(2, Face::Serif, 1.0),
    ];
    let measure = Measure { full_width: true, justify: false, ..measure(99.0) };
    let line = Setter::new("温,泉,小,", &runs, measure, &Grid).next().unwrap();
    assert_eq!(line.shown, "温，泉,小，");
    assert_eq!(line.x, [0.0, 1.0, 2.0, 4.0, 5.0, 6.0]);
}
