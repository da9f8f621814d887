//! What is said about searching.

use crate::app::ResultsKind;
use crate::library::order::Order;
use crate::search::ProblemKind;

use super::en::plural;
use super::number;

/// The words of one language.
pub struct SearchWords {
    /// Places and documents.
    pub found: fn(usize, usize) -> String,
    pub documents: fn(usize) -> String,
    pub filter: &'static str,
    pub clear_filter: &'static str,
    /// Takes a choice back.
    pub without: fn(&str) -> String,
    /// Documents that the filter leaves out.
    pub filtered_out: fn(usize) -> String,
    pub order: &'static str,
    pub order_name: fn(Order) -> &'static str,
    pub year: fn(u32) -> String,
    pub timeline: &'static str,
    pub from_day: &'static str,
    pub to_day: &'static str,
    pub days_hint: &'static str,
    pub no_days: &'static str,
    /// A value with its dimension.
    pub of_dimension: fn(&str, &str) -> String,
    pub undated: fn(usize) -> String,
    pub more_values: fn(usize) -> String,
    pub candidates: &'static str,
    pub choose_candidate: &'static str,
    /// What Alt and a digit do.
    pub choose_by_key: &'static str,
    pub list_more: fn(usize) -> String,
    pub results_menu: &'static str,
    pub save_search: &'static str,
    pub search_name: &'static str,
    pub saved_searches: &'static str,
    pub forget_search: fn(&str) -> String,
    pub results_as: fn(ResultsKind) -> &'static str,
    pub print_results: &'static str,
    /// Percent.
    pub indexing: fn(usize) -> String,
    pub stop_indexing: &'static str,
    pub syntax: &'static str,
    /// What can be typed, and what it finds.
    pub syntax_list: &'static [(&'static str, &'static str)],
    /// What was not understood in what was typed.
    pub problem: fn(ProblemKind, &str) -> String,
    /// Nothing has the letters of that as well.
    pub left_out: &'static str,
}

pub(super) const ZH: SearchWords = SearchWords {
    found: |places, documents| format!("{} 处 · {} 篇", number(places as f64), number(documents as f64)),
    documents: |documents| format!("{} 篇", number(documents as f64)),
    filter: "筛选与排序",
    clear_filter: "清除筛选",
    without: |choice| format!("取消：{choice}"),
    filtered_out: |documents| format!("筛选之外还有 {} 篇。", number(documents as f64)),
    order: "排序",
    order_name: |order| match order {
        Order::Reading => "阅读顺序",
        Order::Relevance => "相关度",
        Order::Newest => "从新到旧",
        Order::Oldest => "从旧到新",
    },
    year: |year| format!("{year}年"),
    timeline: "逐年分布",
    from_day: "从",
    to_day: "到",
    days_hint: "写作 2015、2015-06 或 2015-06-01，可只写一边。",
    no_days: "不是日期，请写成 2015、2015-06 或 2015-06-01，前早后晚。",
    of_dimension: |dimension, value| format!("{dimension}：{value}"),
    undated: |documents| format!("另有 {} 篇未注日期", number(documents as f64)),
    more_values: |values| format!("另有 {} 项", number(values as f64)),
    candidates: "候选词",
    choose_candidate: "只有首字母，可能是许多词。请选一个：",
    choose_by_key: "选候选词",
    list_more: |documents| format!("继续列出，还有 {} 篇", number(documents as f64)),
    results_menu: "搜索结果的更多操作",
    save_search: "保存这次搜索…",
    search_name: "搜索的名称",
    saved_searches: "保存的搜索",
    forget_search: |name| format!("删除保存的搜索“{name}”"),
    results_as: |kind| match kind {
        ResultsKind::Table => "导出为表格（CSV）…",
        ResultsKind::List => "导出为列表（PDF）…",
    },
    print_results: "打印结果列表",
    indexing: |percent| format!("正在建立索引 {percent}%，搜索照常可用"),
    stop_indexing: "停止建立索引",
    syntax: "搜索的写法",
    syntax_list: &[
        ("温泉", "一个字也能找；全角半角、大小写、简体繁体都算相同"),
        ("温泉 规划", "两个词都有"),
        ("\"温泉小镇\"", "原样出现"),
        ("温泉 -水库", "不含“水库”"),
        ("wenquan  wq  温q", "按拼音、首字母"),
        ("温泉 ~10 规划", "相隔不超过十个字"),
        ("温泉*小镇", "中间可以有别的字"),
        (">100亿元  10..20亩", "按数量，单位自动换算"),
        ("年:2017  日期:2015..2017-06", "按年份、日期"),
        ("篇:经济  卷:温泉  人:刘  地:汝州", "按篇名、卷宗、人名、地名"),
        ("图:广成泽  文:  数:", "只找图片、正文、数据"),
    ],
    problem: |kind, typed| match kind {
        ProblemKind::MissingValue => format!("“{typed}”后面还没有写要找什么。"),
        ProblemKind::Date => format!("“{typed}”不是日期，请写成 2017、2017-09 或 2015..2017；已按文字查找。"),
        ProblemKind::Amount => format!("“{typed}”不是数量，请写成 >100亿元；已按文字查找。"),
        ProblemKind::Near => format!("“{typed}”要写在两个词中间，如 温泉 ~10 规划；已按文字查找。"),
        ProblemKind::OpenQuote => "引号还没有合上，已按写到末尾查找。".to_owned(),
        ProblemKind::OnlyNegative => "只写了不要的词，请再写一个要找的词。".to_owned(),
    },
    left_out: "连同这些文字找不到，以下是不含它们的结果。",
};

pub(super) const EN: SearchWords = SearchWords {
    found: |places, documents| {
        // Where a line must end, it ends before "in".
        let documents = plural(documents, "text", "texts").replace(' ', "\u{a0}");
        format!("{} in\u{a0}{documents}", plural(places, "match", "matches").replace(' ', "\u{a0}"))
    },
    documents: |documents| plural(documents, "text", "texts"),
    filter: "Filter and sort",
    clear_filter: "Clear the filter",
    without: |choice| format!("Without: {choice}"),
    filtered_out: |documents| format!("{} are left out by the filter.", plural(documents, "text", "texts")),
    order: "Sort",
    order_name: |order| match order {
        Order::Reading => "As read",
        Order::Relevance => "Best first",
        Order::Newest => "Newest first",
        Order::Oldest => "Oldest first",
    },
    year: |year| year.to_string(),
    timeline: "Year by year",
    from_day: "From",
    to_day: "To",
    days_hint: "As 2015, 2015-06 or 2015-06-01; one may be left empty.",
    no_days: "No date. Write 2015, 2015-06 or 2015-06-01, the earlier first.",
    of_dimension: |dimension, value| format!("{dimension}: {value}"),
    undated: |documents| format!("{} without a date", plural(documents, "text", "texts")),
    more_values: |values| format!("{} more", number(values as f64)),
    candidates: "Words",
    choose_candidate: "Initials alone can be many words. Choose one:",
    choose_by_key: "Choose a word for pinyin",
    list_more: |documents| format!("List more of {}", plural(documents, "text", "texts")),
    results_menu: "More for these results",
    save_search: "Keep this search...",
    search_name: "Name of the search",
    saved_searches: "Kept searches",
    forget_search: |name| format!("Forget the search '{name}'"),
    results_as: |kind| match kind {
        ResultsKind::Table => "Save as a table (CSV)...",
        ResultsKind::List => "Save as a list (PDF)...",
    },
    print_results: "Print the results",
    indexing: |percent| format!("Making an index, {percent}%; searching works meanwhile"),
    stop_indexing: "Stop making the index",
    syntax: "What can be typed",
    syntax_list: &[
        ("温泉", "one character is enough; width, case and script do not matter"),
        ("温泉 规划", "both words"),
        ("\"温泉小镇\"", "exactly this"),
        ("温泉 -水库", "without the second"),
        ("wenquan  wq  温q", "by pinyin or initials"),
        ("温泉 ~10 规划", "at most ten characters apart"),
        ("温泉*小镇", "with others between"),
        (">100亿元  10..20亩", "amounts, in any unit"),
        ("year:2017  date:2015..2017-06", "by date"),
        ("section:  archive:  person:  place:", "by title, archive, name"),
        ("photo:广成泽  text:  figure:", "pictures, texts, figures only"),
    ],
    problem: |kind, typed| match kind {
        ProblemKind::MissingValue => format!("'{typed}' does not say yet what to look for."),
        ProblemKind::Date => {
            format!("'{typed}' is no date such as 2017, 2017-09 or 2015..2017; its letters are searched.")
        }
        ProblemKind::Amount => format!("'{typed}' is no amount such as >100亿元; its letters are searched."),
        ProblemKind::Near => {
            format!("'{typed}' stands between two words, as in 温泉 ~10 规划; its letters are searched.")
        }
        ProblemKind::OpenQuote => "The quote is not closed; it goes on to the end.".to_owned(),
        ProblemKind::OnlyNegative => "Only words to leave out: add one to look for.".to_owned(),
    },
    left_out: "Nothing has these letters as well: this is without them.",
};
