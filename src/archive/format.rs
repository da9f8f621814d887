//! The shape of `archive.json`, member for member. [`super::load`] turns it into an [`super::Archive`].
//!
//! Names and meanings follow DA/T 18-2022 (description), GB/T 11821-2002 (photos), GB/T 7714 (citation) and Dublin
//! Core; the doc comments here become the published schema, `docs/archive.schema.json`.

use serde::{Deserialize, Serialize};

/// The newest format version that this program knows.
pub const VERSION: u64 = 1;

/// An object of the format.
pub trait Shape: serde::de::DeserializeOwned {
    /// The names of its members (`$schema` as `schema`).
    const KEYS: &'static [&'static str];
}

macro_rules! shape {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $ty:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$field_meta])* pub $field: $ty,)* }

        impl Shape for $name {
            const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    )*};
}

shape! {
    /// A report archive: texts and photos that Juanzong (卷宗) shows and searches. Keys that are not known are left out.
    pub struct ArchiveFile {
        /// Where this schema stands, for editors. Not read by the program.
        #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
        pub schema: Option<String>,
        /// Version of the format: 1.
        pub format: u64,
        /// Stable ASCII name of the archive (dc:identifier).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// 题名: what the archive is called.
        pub title: String,
        /// 语言: BCP 47 tag of the archive's texts.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub language: Option<String>,
        /// 权利.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub rights: Option<String>,
        /// 保管单位: who keeps the originals.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub holder: Option<String>,
        /// The reports, in reading order.
        pub reports: Vec<ReportFile>,
    }

    /// One report as it was published (DA/T 18-2022).
    pub struct ReportFile {
        /// 标识: stable, ASCII, unique in the archive.
        pub id: String,
        /// 档号 (DA/T 22-2015).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference_code: Option<String>,
        /// 题名.
        pub title: String,
        /// 副题名; line feeds separate its lines.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subtitle: Option<String>,
        /// 眉题; line feeds separate its lines.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kicker: Option<String>,
        /// 署名: the byline as printed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub byline: Option<String>,
        /// The line that closes the page, as printed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub closing: Option<String>,
        /// 责任者.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub creator: Vec<String>,
        /// 日期: ISO 8601, or EDTF level 1 where it is uncertain.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_issued: Option<String>,
        /// How an uncertain date was inferred.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_note: Option<String>,
        /// 报纸名.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub newspaper: Option<String>,
        /// 期号.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub issue: Option<String>,
        /// 版次.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub page: Option<String>,
        /// 提要.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub summary: Option<String>,
        /// 人名.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub people: Vec<String>,
        /// 地名.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub places: Vec<String>,
        /// 主题词.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub keywords: Vec<String>,
        /// 开放标识.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub access_status: Option<String>,
        /// 密级.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub security_level: Option<String>,
        /// 保管期限.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub retention_period: Option<String>,
        /// 语言: BCP 47 tag.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub language: Option<String>,
        /// 权利.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub rights: Option<String>,
        /// 保管单位.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub holder: Option<String>,
        /// 来源说明.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub source_note: Option<String>,
        /// 章节, in reading order.
        #[serde(default)]
        pub sections: Vec<SectionFile>,
        /// 照片.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub photos: Vec<PhotoFile>,
        /// 数据: the report's key numbers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub figures: Vec<FigureFile>,
    }

    /// A part of a report that is read in one piece.
    pub struct SectionFile {
        /// 标识: stable, ASCII, unique in the archive.
        pub id: String,
        /// 题名.
        pub title: String,
        /// True where the source has no title here and the keeper supplied one (自拟题名).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub title_supplied: bool,
        /// 类型.
        #[serde(default)]
        pub kind: SectionKind,
        /// 正文: Markdown (CommonMark, tables, footnotes). `photo:ID` and `section:ID` lead inside the archive.
        #[serde(default)]
        pub body: String,
        /// Photos shown with this section, by id.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub photo_ids: Vec<String>,
    }

    /// A photo, or what stands in for it (GB/T 11821-2002, DA/T 54).
    pub struct PhotoFile {
        /// 照片号: stable, ASCII, unique in the archive.
        pub id: String,
        /// 档号.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference_code: Option<String>,
        /// 题名.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub title: Option<String>,
        /// 文字说明, as printed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub caption: Option<String>,
        /// 替代文本: what the picture shows, for those who cannot see it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub alt: Option<String>,
        /// 类型.
        #[serde(default)]
        pub kind: PhotoKind,
        /// 文件: path relative to the archive's folder, with forward slashes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub file: Option<String>,
        /// 格式: media type.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub media_type: Option<String>,
        /// Width in pixels.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub width: Option<u32>,
        /// Height in pixels.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub height: Option<u32>,
        /// Size of the file in bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub bytes: Option<u64>,
        /// 摘要: SHA-256 of the file in lower-case hexadecimal (PREMIS fixity).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sha256: Option<String>,
        /// 事由.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub event: Option<String>,
        /// 时间: ISO 8601 or EDTF level 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_taken: Option<String>,
        /// 地点.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub place: Option<String>,
        /// 人物.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub people: Vec<String>,
        /// 背景.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub background: Option<String>,
        /// 摄影者.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub photographer: Option<String>,
        /// 主题.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subject: Option<String>,
        /// 照片组.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub group_id: Option<String>,
        /// 参见号.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub see_also: Vec<String>,
        /// 权利.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub rights: Option<String>,
        /// 肖像许可.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub consent: Option<String>,
        /// 附注.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub notes: Option<String>,
    }

    /// A key number of the report, with the sentence that it stands in.
    pub struct FigureFile {
        /// What the number counts.
        pub label: String,
        /// The number, in `unit`.
        pub value: f64,
        /// 单位.
        pub unit: String,
        /// True where the sentence itself says "about" (余, 多).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub approximate: bool,
        /// Id of the section.
        pub section: String,
        /// The sentence, verbatim.
        pub quote: String,
    }
}

/// What kind of text a section is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum SectionKind {
    /// 正文.
    #[default]
    Article,
    /// 侧栏: a box beside the article.
    Sidebar,
    /// 附录.
    Appendix,
}

/// What a picture is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum PhotoKind {
    /// 照片.
    #[default]
    Photograph,
    /// 扫描件.
    Scan,
    /// 示意插图: stands in for a photo that is not held.
    Illustration,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/archive.schema.json");

    fn generated() -> serde_json::Value {
        let mut schema = schemars::schema_for!(ArchiveFile).to_value();
        schema["title"] = "Juanzong archive, format 1".into();
        schema["properties"]["format"]["maximum"] = VERSION.into();
        schema["properties"]["format"]["minimum"] = 1.into();
        schema
    }

    /// `UPDATE_SCHEMA=1 cargo test schema` writes it anew.
    #[test]
    fn published_schema_is_generated_from_the_types() {
        let text = serde_json::to_string_pretty(&generated()).expect("serialize") + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(SCHEMA_PATH, &text).expect("write the schema");
        }
        let published = std::fs::read_to_string(SCHEMA_PATH).expect("read docs/archive.schema.json");
        assert_eq!(published.replace("\r\n", "\n"), text, "run UPDATE_SCHEMA=1 cargo test schema");
    }

    #[test]
    fn bundled_archive_fits_the_schema_and_a_wrong_one_does_not() {
        let schema = jsonschema::validator_for(&generated()).expect("a valid schema");
        let mut bundled: serde_json::Value = serde_json::from_str(crate::archive::source::BUNDLED_JSON).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&bundled).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        bundled["reports"][0]["sections"][0]["titel"] = "x".into();
        assert!(!schema.is_valid(&bundled), "a misspelt key must not pass");
    }
}
