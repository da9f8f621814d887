//! What is said about pictures of views.

use std::path::Path;

/// The words of one language.
pub struct ShotWords {
    pub about: &'static str,
    pub view: &'static str,
    pub pixels: &'static str,
    pub scale: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub query: &'static str,
    pub no_view: fn(&str) -> String,
    pub no_png: fn(&Path) -> String,
    pub bad_size: fn(&str) -> String,
    pub bad_scale: fn(f32) -> String,
}

pub(super) const ZH: ShotWords = ShotWords {
    about: "把卷宗的一个画面存成 PNG 图片，不需要显示器",
    view: "画面：cover、gallery、figures、shelf（不止一个卷宗时）、search、settings、shortcuts、problems、open、export，或 section:标识、photo:标识、about:标识",
    pixels: "图片的宽和高（像素），如 1366x768",
    scale: "缩放，1.5 为放大一半",
    language: "界面语言；不写为系统的语言",
    theme: "颜色",
    query: "写进搜索框的字词",
    no_view: |view| {
        format!("没有“{view}”这个画面。用 jz shot --help 查看有哪些；用 jz search --json 可以看到各节和图片的标识。")
    },
    no_png: |path| format!("图片存成 PNG，文件名“{}”要以 .png 结尾。", path.display()),
    bad_size: |size| format!("“{size}”不是图片的大小。请写成宽x高，如 1366x768，每边至少 240 点，至多 8192 像素。"),
    bad_scale: |scale| format!("缩放不能是 {scale}，请写 0.5 到 4 之间的数。"),
};

pub(super) const EN: ShotWords = ShotWords {
    about: "save a view of an archive as a PNG picture; needs no display",
    view: "cover, gallery, figures, shelf (of several archives), search, settings, shortcuts, problems, open, export, or section:ID, photo:ID, about:ID",
    pixels: "width and height of the picture in pixels, like 1366x768",
    scale: "scale; 1.5 is half as large again",
    language: "language of the interface; the system's if not given",
    theme: "colours",
    query: "words to put in the search box",
    no_view: |view| {
        format!(
            "There is no view '{view}'. jz shot --help lists them; jz search --json shows the IDs of sections and pictures."
        )
    },
    no_png: |path| format!("Pictures are saved as PNG: the file's name '{}' has to end in .png.", path.display()),
    bad_size: |size| {
        format!(
            "'{size}' is not the size of a picture. Write WIDTHxHEIGHT, like 1366x768, each side at least 240 points and at most 8192 pixels."
        )
    },
    bad_scale: |scale| format!("The scale cannot be {scale}; write a number from 0.5 to 4."),
};
