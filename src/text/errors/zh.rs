//! 错误和问题，用简体中文说。

use crate::archive::{Expected, LoadError, PhotoError, Problem, Slip};
use crate::files::SaveError;

use crate::text::{Message, file_size, message};

pub(in crate::text) fn io(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind as E;
    match kind {
        E::NotFound => "文件不存在",
        E::PermissionDenied => "没有权限",
        E::IsADirectory => "这是一个文件夹",
        E::AlreadyExists => "已有同名文件",
        E::InvalidInput => "这不是普通文件",
        E::StorageFull => "磁盘已满",
        E::ReadOnlyFilesystem => "这里不能写入",
        E::TimedOut => "读取超时",
        _ => "读写出错",
    }
}

pub(in crate::text) fn load_error(error: &LoadError) -> Message {
    match error {
        LoadError::Io { path, kind } => message(
            format!("打不开 {}：{}。", path.display(), io(*kind)),
            "请检查路径，或确认 U 盘、共享文件夹已经连上。",
        ),
        LoadError::TooLarge { path, bytes } => message(
            format!("{} 太大（{}），不像是卷宗。", path.display(), file_size(*bytes)),
            "请确认选的是 archive.json。",
        ),
        LoadError::Encoding => message("这个文件不是文字文件。", "请选择 archive.json；如果是文字，请另存为 UTF-8。"),
        LoadError::NotJson { line, column } => message(
            format!("这个文件不是 JSON：第 {line} 行第 {column} 列读不下去。"),
            "请用文本编辑器看看那一行；文件应以 { 开头。",
        ),
        LoadError::NotAnArchive => {
            message("这个文件是 JSON，但不是卷宗：缺少 reports 列表。", "请选择卷宗的 archive.json。")
        }
        LoadError::NoArchives { folder } => message(
            format!("文件夹 {} 里没有卷宗。", folder.display()),
            "卷宗是含有 archive.json 的文件夹，最多可套三层；请换一个文件夹。",
        ),
        LoadError::NoneReadable { count, path, why } => {
            let why = load_error(why);
            let others = if *count > 1 { format!("{count} 个卷宗都读不了。") } else { String::new() };
            message(format!("{others}{}：{}", path.display(), why.what), why.remedy)
        }
        LoadError::LinkOutside { path } => message(
            format!("{} 是指向文件夹之外的链接，没有读取。", path.display()),
            "请把卷宗本身放进文件夹，或单独打开它。",
        ),
        LoadError::TooManyArchives { folder, limit } => message(
            format!("{} 里的卷宗超过 {limit} 个，其余的没有读。", folder.display()),
            "请分成几个文件夹，分别打开。",
        ),
        LoadError::LibraryTooLarge { path, limit_bytes } => message(
            format!("{} 没有读：各卷宗合计超过 {}。", path.display(), file_size(*limit_bytes)),
            "请分成几个文件夹，分别打开。",
        ),
        LoadError::Cancelled => message("已取消打开。", ""),
    }
}

pub(in crate::text) fn photo_error(error: &PhotoError) -> Message {
    match error {
        PhotoError::Missing => message("图片文件不在。", "请把文件放回卷宗文件夹，再重新载入。"),
        PhotoError::Outside => message("图片路径指向卷宗文件夹之外，没有读取。", "请把图片放进卷宗文件夹。"),
        PhotoError::TooLarge { bytes } => {
            message(format!("图片文件太大（{}）。", file_size(*bytes)), "请换成较小的文件。")
        }
        PhotoError::TooManyPixels { width, height } => {
            message(format!("图片尺寸太大（{width} × {height}）。"), "请缩小到 1 亿像素以内，每通道 8 位。")
        }
        PhotoError::NotAPicture => message("这个文件不是能显示的图片。", "可用 JPEG、PNG、WebP、GIF、BMP 或 TIFF。"),
        PhotoError::Damaged => message("图片文件损坏，读不完整。", "请用备份换回原文件。"),
        PhotoError::Io(kind) => message(format!("读不了图片：{}。", io(*kind)), "请检查文件权限或磁盘。"),
    }
}

pub(in crate::text) fn save_error(error: &SaveError) -> Message {
    match error {
        SaveError::Source(error) => photo_error(error),
        SaveError::Io { path, kind } => {
            message(format!("没能保存到 {}：{}。", path.display(), io(*kind)), "请换一个位置再试。")
        }
    }
}

pub(in crate::text) fn problem(problem: &Problem) -> Message {
    match problem {
        Problem::Mended(slip) => {
            let (what, remedy) = match slip {
                Slip::TrailingComma => ("多了一个逗号，已略过。", "请删去这个逗号。"),
                Slip::MissingComma => ("少了一个逗号，已补上。", "请在这里加一个逗号。"),
                Slip::Comment => ("JSON 里不能写注释，已略过。", "请删去注释。"),
                Slip::FullWidthMark => ("用了全角的逗号、冒号或引号，已当作半角读。", "请改成半角标点。"),
                Slip::LineFeedInString => ("文字中间直接换了行或用了制表符，已照样读入。", "请把换行写成 \\n。"),
                Slip::TextAfterEnd => ("卷宗结束之后还有文字，没有读。", "请删去多出的文字。"),
                Slip::ControlCharacter => ("文字里夹有控制字符，已照样读入。", "请删去这个看不见的字符。"),
                Slip::BadWord => ("这个数字或字词读不了，当作没有。", "数字请写成 120 或 1.5，文字请加引号。"),
                Slip::BadEscape => ("反斜杠 \\ 用得不对，已当作普通字符。", "请写成 \\\\ 或改用 /。"),
            };
            message(what, remedy)
        }
        Problem::CutShort => {
            message("从这里起 JSON 读不下去，后面的内容没有读入。", "请检查这一行的引号和括号，或用备份换回。")
        }
        Problem::BadBytes => message("文件里有损坏的字节，显示为 �。", "请用备份换回，或另存为 UTF-8 后改正。"),
        Problem::TooDeep => message("括号套得太深，后面的内容没有读入。", "卷宗最多只用 6 层，请检查这里的括号。"),
        Problem::NoVersion => message("没有写明格式版本，按版本 1 读。", "请加上 \"format\": 1。"),
        Problem::NewerVersion { found } => {
            message(format!("格式版本 {found} 比本程序新，只读了认识的部分。"), "请换用新版的程序。")
        }
        Problem::UnknownKey { key, nearest: Some(nearest) } => {
            message(format!("没有“{key}”这一项，没有读。"), format!("是不是想写“{nearest}”？"))
        }
        Problem::UnknownKey { key, nearest: None } => {
            message(format!("没有“{key}”这一项，没有读。"), "请删去，或对照 archive.schema.json 改名。")
        }
        Problem::WrongValue { expected } => {
            let expected = match expected {
                Expected::Text => "带引号的文字".to_owned(),
                Expected::Number => "数字".to_owned(),
                Expected::TrueOrFalse => "true 或 false".to_owned(),
                Expected::List => "用 [ ] 括起来的列表".to_owned(),
                Expected::Object => "用 { } 括起来的一项".to_owned(),
                Expected::OneOf(words) => format!("其中之一：{}", words.trim_start_matches("one of ")),
            };
            message("这里的值不对，没有读。", format!("应为{expected}。"))
        }
        Problem::Missing { key } => message(format!("缺少“{key}”，暂以别的代替。"), format!("请补上“{key}”。")),
        Problem::ItemLeftOut { missing: Some(key) } => {
            message(format!("缺少“{key}”，这一项没有读。"), format!("请补上“{key}”。"))
        }
        Problem::ItemLeftOut { missing: None } => message("这一项读不了。", "请对照 archive.schema.json 检查。"),
        Problem::DoubledMember => message("这一项在同一处写了两次，只读了后一个。", "请留下对的一个，删去另一个。"),
        Problem::DuplicateId { id, renamed } => {
            message(format!("标识“{id}”用了两次，这一个改作“{renamed}”。"), "请给它一个不同的标识。")
        }
        Problem::Dangling { id } => {
            message(format!("找不到“{id}”，这处引用没有去处。"), "请改正标识，或补上所指的内容。")
        }
        Problem::QuoteNotFound => message("引文与正文不符，点击后只能到篇首。", "请从正文里原样复制这一句。"),
        Problem::PhotoMissing { file } => message(format!("图片 {file} 不在。"), "请把文件放回卷宗文件夹。"),
        Problem::PathOutside { file } => {
            message(format!("图片路径 {file} 指向卷宗文件夹之外，没有读取。"), "请把图片放进卷宗文件夹，写相对路径。")
        }
        Problem::NoFile => message("这张图片没有写文件名。", "请补上“file”。"),
        Problem::Changed { file } => {
            message(format!("图片 {file} 与记录的大小或摘要不符，可能被改动过。"), "请与备份核对。")
        }
        Problem::WrongDimensions { file, width, height } => {
            message(format!("图片 {file} 实为 {width} × {height}，与记录不符。"), "请改正 width 和 height。")
        }
        Problem::PhotoUnreadable { file, why } => {
            let why = photo_error(why);
            message(format!("图片 {file}：{}", why.what), why.remedy)
        }
        Problem::More { count } => message(format!("另有 {count} 处问题没有列出。"), "请先改正上面的。"),
    }
}
