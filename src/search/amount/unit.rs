//! Units that are known, and how much each is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What is measured. Amounts of one dimension are compared with each other.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Dimension {
    /// In 元.
    Money,
    /// In square metres.
    Area,
    /// In metres.
    Length,
    /// In kilograms.
    Mass,
    /// In cubic metres.
    Volume,
    /// In hundredths; percentage points too.
    Percent,
    People,
    Households,
    /// In hours.
    Duration,
    /// In kilowatts.
    Power,
    /// In kilowatt hours.
    Energy,
    /// In degrees Celsius.
    Temperature,
    /// Counted by this word, and compared with nothing else.
    Counted(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    pub dimension: Dimension,
    /// In the base unit.
    pub size: f64,
}

/// Every unit that an amount can have.
pub(super) fn all() -> impl Iterator<Item = Unit> {
    let measured = UNITS.iter().map(|(dimension, size, _)| Unit { dimension: *dimension, size: *size });
    measured.chain(COUNTED.iter().map(|name| Unit { dimension: Dimension::Counted(name), size: 1.0 }))
}

static ALL: LazyLock<Vec<Unit>> = LazyLock::new(|| all().collect());

impl Unit {
    /// A number for what is stored; others have other numbers as long as [`fingerprint`] stays the same.
    pub(in crate::search) fn code(self) -> Option<u16> {
        ALL.iter().position(|unit| *unit == self).and_then(|code| u16::try_from(code).ok())
    }

    pub(in crate::search) fn of_code(code: u16) -> Option<Self> {
        ALL.get(usize::from(code)).copied()
    }
}

/// Changes with the units, their sizes and their names.
pub(in crate::search) fn fingerprint() -> u32 {
    crc32fast::hash(format!("{UNITS:?}{COUNTED:?}{NO_UNITS:?}").as_bytes())
}

/// 15亩 are one hectare.
const MU: f64 = 10_000.0 / 15.0;

/// Names, folded, of one size.
const UNITS: &[(Dimension, f64, &[&str])] = &[
    (Dimension::Money, 1.0, &["元", "块钱"]),
    (Dimension::Area, 1.0, &["平方米", "平方", "平米", "㎡", "m2"]),
    (Dimension::Area, 1e6, &["平方公里", "平方千米", "㎢", "km2"]),
    (Dimension::Area, 1e4, &["公顷", "㏊", "hm2"]),
    (Dimension::Area, MU, &["亩"]),
    (Dimension::Area, 100.0 * MU, &["顷"]),
    (Dimension::Length, 1.0, &["米", "m"]),
    (Dimension::Length, 1e3, &["公里", "千米", "㎞", "km"]),
    (Dimension::Length, 500.0, &["里", "华里"]),
    (Dimension::Length, 1e-2, &["厘米", "公分", "㎝", "cm"]),
    (Dimension::Length, 1e-3, &["毫米", "㎜", "mm"]),
    (Dimension::Mass, 1e3, &["吨"]),
    (Dimension::Mass, 1.0, &["公斤", "千克", "㎏", "kg"]),
    (Dimension::Mass, 0.5, &["斤"]),
    (Dimension::Mass, 1e-3, &["克"]),
    (Dimension::Mass, 1e-6, &["毫克", "㎎", "mg"]),
    (Dimension::Volume, 1.0, &["立方米", "立方", "㎥", "m3"]),
    (Dimension::Volume, 1e-3, &["升"]),
    (Dimension::Volume, 1e-6, &["毫升", "㎖", "ml"]),
    (Dimension::Percent, 1.0, &["%", "个百分点", "百分点"]),
    (Dimension::Percent, 0.1, &["‰"]),
    (Dimension::People, 1.0, &["人", "名", "个人"]),
    (Dimension::Households, 1.0, &["户"]),
    (Dimension::Duration, 24.0, &["天"]),
    (Dimension::Duration, 1.0, &["小时", "个小时"]),
    (Dimension::Duration, 1.0 / 60.0, &["分钟"]),
    (Dimension::Power, 1.0, &["千瓦", "㎾", "kw"]),
    (Dimension::Power, 1e3, &["兆瓦", "mw"]),
    (Dimension::Energy, 1.0, &["千瓦时", "kwh"]),
    (Dimension::Temperature, 1.0, &["℃", "摄氏度", "°c"]),
];

/// Words that things are counted by, each a dimension of its own.
const COUNTED: &[&str] = &[
    "人次", "美元", "港元", "欧元", "日元", "个", "家", "座", "处", "条", "台", "辆", "头", "株", "棵", "眼", "项",
    "件", "所", "栋", "套", "间", "盏", "张", "册", "场", "次", "批", "口", "根", "支", "组", "倍",
];

/// What begins like a unit and is none: words that follow a number for themselves.
const NO_UNITS: &[&str] = &[
    "个月",
    "个别",
    "个体",
    "个工作日",
    "元旦",
    "元月",
    "元宵",
    "人民",
    "人均",
    "人大",
    "人类",
    "人才",
    "家庭",
    "家长",
    "名单",
    "名称",
    "名牌",
    "名胜",
    "户外",
    "户口",
    "户籍",
    "户型",
    "天津",
    "天然",
    "天气",
    "处理",
    "处于",
    "条件",
    "台湾",
    "批准",
    "批复",
    "次日",
    "项目",
    "米饭",
    "场地",
    "口岸",
    "里面",
    "克服",
    "升级",
    "升温",
];

struct Named {
    name: Vec<char>,
    /// `None` for what is no unit.
    unit: Option<Unit>,
}

/// By their first character, the longest first.
static NAMES: LazyLock<HashMap<char, Vec<Named>>> = LazyLock::new(|| {
    let measured = UNITS.iter().flat_map(|(dimension, size, names)| {
        names.iter().map(|name| (*name, Some(Unit { dimension: *dimension, size: *size })))
    });
    let counted = COUNTED.iter().map(|name| (*name, Some(Unit { dimension: Dimension::Counted(name), size: 1.0 })));
    let none = NO_UNITS.iter().map(|name| (*name, None));
    let mut by_first: HashMap<char, Vec<Named>> = HashMap::new();
    for (name, unit) in measured.chain(counted).chain(none) {
        let name: Vec<char> = name.chars().collect();
        by_first.entry(name[0]).or_default().push(Named { name, unit });
    }
    by_first.values_mut().for_each(|names| names.sort_by_key(|named| std::cmp::Reverse(named.name.len())));
    by_first
});

/// The unit at `at`, and where it ends.
pub(super) fn unit(chars: &[char], at: usize) -> Option<(Unit, usize)> {
    let rest = chars.get(at..)?;
    let named = NAMES.get(rest.first()?)?.iter().find(|named| {
        let in_letters = named.name.last().is_some_and(char::is_ascii_alphanumeric);
        let ends = !in_letters || !rest.get(named.name.len()).is_some_and(char::is_ascii_alphanumeric);
        rest.starts_with(&named.name) && ends
    })?;
    named.unit.map(|unit| (unit, at + named.name.len()))
}

/// Stands before the number of a part of a hundred or a thousand.
pub(super) const FRACTION: &str = "分之";

/// Every name of the units of a dimension.
pub(super) fn names(dimension: Dimension) -> Vec<&'static str> {
    match dimension {
        Dimension::Counted(name) => vec![name],
        Dimension::Percent => {
            let written = UNITS.iter().filter(|(of, ..)| *of == dimension).flat_map(|(.., names)| *names).copied();
            written.chain([FRACTION]).collect()
        }
        _ => UNITS.iter().filter(|(of, ..)| *of == dimension).flat_map(|(.., names)| *names).copied().collect(),
    }
}
