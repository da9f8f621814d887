//! 简体中文。

use crate::app::{BodyFace, Drawing, Leading, LineLength, Theme};
use crate::archive::{PhotoField, PhotoKind, ReportField, SectionKind};
use crate::export::Kind;
use crate::export::clip::CopyForm;
use crate::library::Field;
use crate::library::filter::Dimension;
use crate::search::TextKind;

use super::errors::zh::{load_error, photo_error, problem, save_error};
use super::{CliWords, KeyNames, ResultsWords, Words, message, number};

pub(super) const WORDS: Words = Words {
    app_name: "卷宗",
    between: " · ",
    cut: "…",
    shelf: "全部卷宗",
    shelf_filter: "按题名、年份筛选",
    clear_filter: "清除筛选",
    shelf_size: |archives, sections, photos| format!("{archives} 个卷宗　{sections} 节　{photos} 张图片"),
    archive_size: |reports, sections, photos| {
        let reports = if reports > 1 { format!("{reports} 篇报道　") } else { String::new() };
        let photos = if photos > 0 { format!("　{photos} 张图片") } else { String::new() };
        format!("{reports}{sections} 节{photos}")
    },
    years: |first, last| match first == last {
        true => format!("{first}年"),
        false => format!("{first}—{last}年"),
    },
    cover: "封面",
    contents: "目录",
    gallery: "图集",
    figures: "数据",
    about_report: "著录信息",
    untitled: "（无题）",
    start_reading: "开始阅读",
    previous: "上一篇",
    next: "下一篇",
    back: "后退",
    forward: "前进",
    close: "关闭",
    cancel: "取消",
    open: "打开",
    save: "保存",
    open_archive: "打开卷宗",
    open_folder: "打开文件夹…",
    open_other_file: "选择文件…",
    open_other_folder: "选择文件夹…",
    open_bundled: "随程序附带的卷宗",
    reload: "重新载入",
    recents: "最近打开",
    no_recents: "还没有打开过别的卷宗。也可以把 archive.json 或装有卷宗的文件夹拖到窗口里。",
    forget_recents: "清空列表",
    drop_here: "松开鼠标，打开这个卷宗",
    settings: "显示设置",
    text_size: "字号",
    larger: "放大文字",
    face: "正文字体",
    face_name: |face| match face {
        BodyFace::Serif => "宋体",
        BodyFace::Sans => "黑体",
    },
    leading: "行距",
    leading_name: |leading| match leading {
        Leading::Close => "紧凑",
        Leading::Normal => "适中",
        Leading::Wide => "宽松",
    },
    line_length: "每行字数",
    line_length_name: |length| match length {
        LineLength::Short => "较少",
        LineLength::Normal => "适中",
        LineLength::Long => "较多",
    },
    justify: "左右对齐",
    as_stored: "标点照原文显示",
    as_stored_hint: "平时把汉字间的半角标点显示为全角；存档文字始终不变。",
    drawing: "画面由谁绘制",
    drawing_name: |drawing| match drawing {
        Drawing::Automatic => "自动",
        Drawing::GraphicsCard => "显卡",
        Drawing::Processor => "处理器",
    },
    drawing_hint: "下次打开时生效。画面异常时请选“处理器”。",
    settings_forgotten: "程序照常可用，但下次打开时不会记得这次的设置。",
    without_graphics_card: "用显卡没能打开窗口，已改由处理器绘制，可在显示设置中更改。",
    elder: "长辈模式",
    elder_hint: "文字、按钮都放大，正文不小于 30 号。",
    smaller: "缩小文字",
    theme: "配色",
    language: "界面语言",
    show_contents: "显示目录",
    hide_contents: "隐藏目录",
    shortcuts: "键盘快捷键",
    menu: "菜单",
    quit: "退出",

    search_hint: "搜索：汉字、拼音或首字母",
    search_label: "搜索",
    clear_search: "清除搜索",
    search_results: "搜索结果",
    searching: "正在搜索…",
    next_hit: "下一处",
    previous_hit: "上一处",
    nearest: "卷宗里有相近的：",
    photo_kind_badge: |kind| match kind {
        PhotoKind::Photograph => None,
        PhotoKind::Scan => Some(["扫描件"; 2]),
        PhotoKind::Illustration => Some(["示意插图 · 未存原照片", "示意插图"]),
    },
    photo_missing: "图片文件不在",
    photo_loading: "正在读取图片…",
    no_photos: "这个卷宗里没有图片。",
    no_figures: "这个卷宗里没有列出数据。",
    empty_section: "这一篇没有正文。",
    empty_archive: "这个卷宗里还没有报道。",
    zoom_in: "放大",
    zoom_out: "缩小",
    fit: "适合窗口",
    details: "图片信息",
    save_copy: "另存一份",
    in_section: "所在篇目",
    file: "文件",
    file_size: "大小",
    dimensions: "尺寸",
    photo_key: "照片号",
    caption: "文字说明",
    alt: "画面内容",
    kind: "类型",

    figure_hint: "点一个数字，看它出自哪一句。",
    about: "关于",
    problems: "卷宗检查",
    no_problems: "没有发现问题。",
    path: "路径",
    path_hint: "例如 D:\\卷宗\\archive.json 或 D:\\卷宗",
    no_dialog: "这台电脑没有可用的文件对话框，请在这里输入路径。",
    copied: |characters, form| match form {
        CopyForm::Plain => format!("已复制 {characters} 字"),
        CopyForm::Markdown => format!("已按 Markdown 复制 {characters} 字"),
        CopyForm::WithCitation => format!("已复制 {characters} 字和出处"),
    },
    copy_with_citation: "复制并注明出处",
    copy_markdown: "按 Markdown 复制",
    select_by_keys: "选择文字",
    export: "导出",
    export_menu: "导出…",
    export_what: "导出什么",
    this_section: "这一节",
    this_report: "这篇报道",
    whole_archive: "整个卷宗",
    export_as: "导出成",
    kind_name: |kind| match kind {
        Kind::Pdf => "PDF 小册子",
        Kind::Markdown => "Markdown",
        Kind::Text => "纯文字",
    },
    paper: "纸张",
    save_as: "选择位置并保存",
    exporting: "正在导出",
    print: "打印…",
    printing: "已交给系统的 PDF 阅读器，请在其中打印",
    not_made: |why| {
        message(format!("没能做成 PDF（{why}）。"), "请导出成 Markdown 或纯文字，并把卷宗交给维护人员查看。")
    },
    no_viewer: |path| {
        message("系统里没有能打开 PDF 的程序。", format!("PDF 已做好：{}，可以拷到别的电脑上打印。", path.display()))
    },
    address_copied: "本程序不联网；已复制这个地址",
    contents_title: "目录",
    go_to: "转到此处",
    copy_text: "复制",
    selection_start: "选区开头",
    back_to_note: |number| format!("注 {number}，回到正文"),
    selection_end: "选区结尾",
    progress: |percent, minutes| match minutes {
        0 => format!("已读 {percent}%"),
        _ => format!("已读 {percent}%　约余 {minutes} 分钟"),
    },
    select_all: "全选",
    panicked: "程序的一项工作出错了，已经跳过；其他功能不受影响。",
    loading: "正在打开…",

    search: super::search::ZH,
    key_names: KeyNames {
        reading: "阅读",
        searching: "搜索",
        photos: "看图",
        program: "程序",
        scroll: "滚动",
        page: "翻页",
        start_end: "到开头、结尾",
        tab: "在按钮之间移动；回车按下",
        pan: "移动画面",
        leave: "关闭最上面的一层",
        first_last: "第一张、最后一张",
    },

    theme_name: |theme| match theme {
        Theme::Light => "浅色",
        Theme::Dark => "深色",
        Theme::HighContrast => "高对比度",
    },
    section_kind: |kind| match kind {
        SectionKind::Article => "正文",
        SectionKind::Sidebar => "侧栏",
        SectionKind::Appendix => "附录",
    },
    photo_kind: |kind| match kind {
        PhotoKind::Photograph => "照片",
        PhotoKind::Scan => "扫描件",
        PhotoKind::Illustration => "示意插图（原照片未存）",
    },
    report_field: |field| match field {
        ReportField::Creator => "责任者",
        ReportField::DateIssued => "日期",
        ReportField::DateNote => "日期说明",
        ReportField::Newspaper => "报纸名",
        ReportField::Issue => "期号",
        ReportField::Page => "版次",
        ReportField::ReferenceCode => "档号",
        ReportField::Summary => "提要",
        ReportField::People => "人名",
        ReportField::Places => "地名",
        ReportField::Keywords => "主题词",
        ReportField::AccessStatus => "开放标识",
        ReportField::SecurityLevel => "密级",
        ReportField::RetentionPeriod => "保管期限",
        ReportField::Language => "语言",
        ReportField::Rights => "权利",
        ReportField::Holder => "保管单位",
        ReportField::SourceNote => "来源说明",
    },
    photo_field: |field| match field {
        PhotoField::Event => "事由",
        PhotoField::DateTaken => "时间",
        PhotoField::Place => "地点",
        PhotoField::People => "人物",
        PhotoField::Background => "背景",
        PhotoField::Photographer => "摄影者",
        PhotoField::ReferenceCode => "档号",
        PhotoField::Subject => "主题",
        PhotoField::Group => "照片组",
        PhotoField::SeeAlso => "参见号",
        PhotoField::Rights => "权利",
        PhotoField::Consent => "肖像许可",
        PhotoField::Notes => "附注",
    },
    field: |field| match field {
        Field::Title => "题名",
        Field::Subtitle => "副题",
        Field::Kicker => "眉题",
        Field::Byline => "署名",
        Field::Closing => "版尾",
        Field::Body => "正文",
        Field::Caption => "图片说明",
        Field::Alt => "画面内容",
        Field::Label => "数据",
        Field::Rights => "权利",
        Field::Holder => "保管单位",
        Field::Report(field) => (WORDS.report_field)(field),
        Field::Photo(field) => (WORDS.photo_field)(field),
    },
    hits: |count| format!("{} 处", number(count as f64)),
    nothing_found: |words| format!("没有找到“{words}”"),
    photos: |count| format!("{count} 张图片"),
    about_value: |value| format!("约 {value}"),
    opened: |title, archives, problems| {
        let held = if archives > 1 { format!("（{archives} 个卷宗）") } else { String::new() };
        match problems {
            0 => format!("已打开“{title}”{held}"),
            n => format!("已打开“{title}”{held}，有 {n} 处问题"),
        }
    },
    saved_to: |path| format!("已保存到 {}", path.display()),
    problem_count: |count| format!("{count} 处问题"),
    page_of: |current, count| format!("{current} / {count}"),
    date,
    language_name: |tag| match tag {
        "zh-Hans" | "zh-CN" => "简体中文",
        "zh-Hant" | "zh-TW" | "zh-HK" => "繁体中文",
        "zh" => "中文",
        "en" => "英文",
        other => other,
    },
    line: |line| format!("第 {line} 行"),
    load_error,
    photo_error,
    save_error,
    problem,
    usage: "用法：juanzong [选项] [卷宗文件或文件夹]\n\n选项：\n  --renderer gl|cpu       用显卡画（gl），或由程序自己画（cpu）\n  \
            --kiosk [设置.toml]     全屏，作展览用\n  --help                  显示这段说明\n  --version               显示版本\n\n检查、搜索和导出卷宗可以用 jz。",
    no_such_option: |option| format!("没有这个选项：{}", option.trim_end()),
    no_window: |why| {
        message(
            format!("打不开窗口：{why}"),
            "需要图形桌面；在 Linux 上是 Wayland，或者 X11 连同 libX11、libX11-xcb、libXcursor、libXi、libXrandr、libXrender、\
             libxkbcommon-x11 和 xkb-data 的键盘数据。没有桌面时可用 jz 检查、搜索和导出卷宗。",
        )
    },
    no_opengl: |why| message(format!("这里不能用 OpenGL：{why}"), "请用 --renderer cpu 启动。"),
    cli: CliWords {
        about: "卷宗管理工具：检查卷宗，搜索卷宗。",
        check: "检查卷宗：能不能读、缺什么、图片有没有变",
        search: "搜索卷宗里的文字、图片说明和著录信息",
        completions: "输出命令补全脚本",
        export: "导出卷宗或其中一节：PDF 小册子、Markdown 或纯文字",
        to: "导出成什么：pdf、md、txt",
        section: "只导出这一节，写它的标识（id）",
        output: "写到哪个文件",
        paper: "纸张：a4、a5",
        size: "正文字号（磅），6 到 40",
        bad_text_size: |sizes| format!("正文不能用这个字号，请写 {} 到 {} 之间的磅数。", sizes.start(), sizes.end()),
        face: "正文字体：serif 宋体、sans 黑体",
        force: "文件已存在时覆盖",
        exists: |path| format!("“{}”已经存在。要覆盖请加 --force。", path.display()),
        no_section: |id| format!("卷宗里没有标识为“{id}”的一节。用 jz search --json 可以看到各节的标识。"),
        missing_characters: |characters| {
            let list: Vec<String> = characters.iter().take(20).map(char::to_string).collect();
            format!("有 {} 个字随附的字体里没有，显示为方框：{}", characters.len(), list.join(" "))
        },
        help: "显示帮助",
        archive: "卷宗文件、所在文件夹，或装有许多卷宗的文件夹；不写则用程序旁边的或随附的卷宗",
        query: "要找的字词、拼音或首字母；加引号为一字不差，-词 为不含",
        json: "每处一行，输出 JSON",
        shell: "命令行种类",
        usage: "用法",
        commands: "命令",
        arguments: "参数",
        options: "选项",
        print_help: "显示帮助",
        print_version: "显示版本",
        exit_codes: "退出码：0 找到或没有问题；1 没找到或有问题；2 用法不对或读不了",
        error: "错误",
        warning: "注意",
        remedy: "办法",
        bundled: "随附的卷宗",
        fine: |name, reports, sections, photos| {
            format!("{name}：没有问题（{reports} 篇报道，{sections} 节，{photos} 张图片）")
        },
        found_problems: |errors, warnings| format!("共 {errors} 个错误，{warnings} 处提请注意"),
        unknown: |what| format!("不认识“{what}”"),
        missing: |what| format!("还缺少 {what}"),
        wrong_use: "命令用法不对",
        see_help: "用 jz --help 查看用法。",
    },
    results: ResultsWords {
        title: |query| format!("“{query}”的搜索结果"),
        query: "检索词",
        found: "结果",
        counts: |hits, documents| format!("{hits} 处，见于 {documents} 篇"),
        dimension: |dimension| match dimension {
            Dimension::Archive => "卷宗",
            Dimension::Year => "年份",
            Dimension::Section => "篇章",
            Dimension::Kind => "类别",
            Dimension::Person => "人名",
            Dimension::Place => "地名",
        },
        kind: |kind| match kind {
            TextKind::Text => "文字",
            TextKind::Caption => "图片",
            TextKind::Figure => "数据",
        },
        days: "日期",
        range: |from, to| match (from, to) {
            (Some(from), Some(to)) if from == to => from.to_owned(),
            (Some(from), Some(to)) => format!("{from}至{to}"),
            (Some(from), None) => format!("{from}以后"),
            (None, Some(to)) => format!("{to}以前"),
            (None, None) => String::new(),
        },
        line: |name, value| format!("{name}：{value}"),
        list: |values| values.join("、"),
        left_out: |places| format!("另有 {places} 处没有列出，可导出为表格查看全部。"),
        columns: ["卷宗", "报道", "日期", "篇章", "类别", "项目", "前文", "匹配", "后文", "本篇处数", "出处"],
    },
    kiosk: super::kiosk::ZH,
    exhibition: super::exhibition::ZH,
    staff: super::staff::ZH,
    fingers: super::fingers::ZH,
    shot: super::shot::ZH,
};

/// EDTF level 1 in words: `2017-09/2017-10` → 2017年9月至10月间.
fn date(edtf: &str) -> String {
    fn one(date: &str) -> Option<String> {
        let (date, mark) = match date.strip_suffix(['~', '?', '%']) {
            Some(rest) => (rest, "（约）"),
            None => (date, ""),
        };
        let mut parts = date.split('-');
        let year: u32 = parts.next()?.parse().ok()?;
        let mut out = format!("{year}年");
        if let Some(month) = parts.next() {
            out += &format!("{}月", month.parse::<u8>().ok()?);
        }
        if let Some(day) = parts.next() {
            out += &format!("{}日", day.parse::<u8>().ok()?);
        }
        Some(out + mark)
    }
    let read = match edtf.split_once('/') {
        Some((from, to)) => {
            one(from).zip(one(to)).map(|(from, to)| match (from.split_once('年'), to.split_once('年')) {
                (Some((a, _)), Some((b, rest))) if a == b => format!("{from}至{rest}间"),
                _ => format!("{from}至{to}间"),
            })
        }
        None => one(edtf),
    };
    read.unwrap_or_else(|| edtf.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn uncertain_dates_read_as_words() {
        for (edtf, expected) in [
            ("2017-09/2017-10", "2017年9月至10月间"),
            ("2017-12/2018-01", "2017年12月至2018年1月间"),
            ("2017-10-18", "2017年10月18日"),
            ("1998~", "1998年（约）"),
            ("民国二十年", "民国二十年"),
        ] {
            assert_eq!(super::date(edtf), expected);
        }
    }
}
