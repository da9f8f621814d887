//! 简体中文。

use crate::kiosk::pin::PinError;
use crate::kiosk::settings::{Allowed, SettingsError, SettingsProblem};
use crate::kiosk::update::UpdateError;
use crate::kiosk::watch::{Entry, Why};
use crate::text::errors::zh::{io, load_error, problem, save_error};
use crate::text::{Message, file_size, message};

use super::{KioskWords, place};

pub const WORDS: KioskWords = KioskWords {
    settings_error,
    settings_fine: |file| format!("{}：没有问题。", file.display()),
    last_good_used: "这次沿用上一次没有问题的设置。",
    not_started: "展示没有启动：请先改正设置。",
    no_settings_file: "没有找到 kiosk.toml，全部使用默认设置。",
    pin_error: |error| match error {
        PinError::NotDigits => message("密码要用 6 到 12 个数字。", "请换一个。"),
        PinError::TooSimple => message("这个密码太容易猜到。", "请不要用相同或连续的数字。"),
        PinError::NoRandomness => message("系统没有给出随机数。", "请稍后再试，或换一台电脑。"),
    },
    log_entry,
    statistics_headings: &[
        "日期",
        "参观次数",
        "看过的篇目",
        "看过的图片",
        "搜索次数",
        "没有找到的搜索",
        "不到 30 秒",
        "30 秒到 2 分钟",
        "2 到 5 分钟",
        "5 到 15 分钟",
        "15 分钟以上",
    ],
    update_error,
    about: "触摸屏展示的设置",
    make_pin: "由密码生成 kiosk.toml 里的 pin_hash 一行",
    ask_pin: "请输入工作人员的密码（6 到 12 个数字，会显示在屏幕上），然后按回车：",
    print_statistics: "列出每天的使用统计",
    as_csv: "输出为 CSV 表格",
    check_settings: "检查 kiosk.toml",
    settings_file: "kiosk.toml 的路径",
};

fn settings_error(error: &SettingsError) -> Message {
    let place = place(error);
    match &error.problem {
        SettingsProblem::Unreadable(kind) => message(format!("{place}：打不开：{}。", io(*kind)), "请检查路径和权限。"),
        SettingsProblem::NotText => message(format!("{place}：这不是设置文件。"), "请选择 kiosk.toml，存为 UTF-8。"),
        SettingsProblem::Syntax => message(
            format!("{place}：这一行看不懂。"),
            "应写成“名称 = 值”，每个名称只写一次，文字放在引号里；Windows 路径放在单引号里。",
        ),
        SettingsProblem::UnknownKey { key, nearest: Some(nearest) } => {
            message(format!("{place}：没有“{key}”这一项。"), format!("是不是“{nearest}”？"))
        }
        SettingsProblem::UnknownKey { key, nearest: None } => {
            message(format!("{place}：没有“{key}”这一项。"), "请删去，或对照 docs/kiosk.md 改正。")
        }
        SettingsProblem::NotAllowed { key, found, allowed } => {
            message(format!("{place}：“{key}”不能是 {found}。"), format!("{}。", self::allowed(*allowed)))
        }
    }
}

fn allowed(allowed: Allowed) -> String {
    match allowed {
        Allowed::Number { least, most } => format!("请写 {least} 到 {most} 的整数，不加引号"),
        Allowed::TrueOrFalse => "请写 true 或 false，不加引号".to_owned(),
        Allowed::OneOf(words) => {
            let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
            format!("请写 {}", words.join(" 或 "))
        }
        Allowed::Path => "请写文件或文件夹的路径，放在单引号里".to_owned(),
        Allowed::TimeOfDay => "请写 \"03:30\" 这样的时刻，或 \"off\"".to_owned(),
        Allowed::Hours => {
            "请写 \"09:00-17:30\"，几段写成 [\"09:00-12:00\", \"14:00-17:30\"]，不开放写 \"closed\"".to_owned()
        }
        Allowed::PinHash => "请粘贴 jz kiosk pin 给出的整行".to_owned(),
    }
}

fn log_entry(entry: &Entry) -> String {
    match entry {
        Entry::Settings(error) => {
            let said = settings_error(error);
            format!("设置有误：{} {}", said.what, said.remedy)
        }
        Entry::Started { process } => format!("已启动（进程 {process}）"),
        Entry::NotStarted { kind } => format!("启动失败：{}", io(*kind)),
        Entry::Ended { code: Some(code), ran_secs } => format!("已结束（代码 {code}），运行了 {ran_secs} 秒"),
        Entry::Ended { code: None, ran_secs } => format!("被系统终止，运行了 {ran_secs} 秒"),
        Entry::Asked(why) => format!("请它重新启动：{}", self::why(*why)),
        Entry::Killed(why) => format!("强制结束：{}", self::why(*why)),
        Entry::StartsAgainIn { secs } => format!("{secs} 秒后再启动"),
        Entry::LastWords(words) => format!("它最后说：{words}"),
        Entry::StaffLeft => "工作人员退出，不再启动".to_owned(),
    }
}

fn why(why: Why) -> String {
    match why {
        Why::Hang => "没有反应".to_owned(),
        Why::Memory { bytes } => format!("占用内存 {}，超过限度", file_size(bytes)),
        Why::Daily => "每天重新启动的时间到了".to_owned(),
    }
}

fn update_error(error: &UpdateError) -> Message {
    match error {
        UpdateError::Load(error) => load_error(error),
        UpdateError::Damaged { count, first } => message(
            format!("新内容有 {count} 处错误，没有更换。第一处：{}", problem(&first.problem).what),
            "请在办公电脑上用 jz check 检查后重新拷贝。",
        ),
        UpdateError::Changing { file } => {
            message(format!("{file} 在读取时发生了变化，没有更换。"), "请等 U 盘拷贝完成后再试。")
        }
        UpdateError::NoSpace { needed_bytes, available_bytes } => message(
            format!(
                "磁盘空间不够：需要 {}，只剩 {}。没有更换。",
                file_size(*needed_bytes),
                file_size(*available_bytes)
            ),
            "请先腾出空间。",
        ),
        UpdateError::Io { path, kind } => {
            message(format!("{}：{}，没有更换。", path.display(), io(*kind)), "请检查 U 盘是否插好。")
        }
        UpdateError::Save(error) => save_error(error),
        UpdateError::BadCopy { file } => {
            message(format!("{file} 拷贝后与原件不同，没有更换。"), "请再试一次；如果总是这样，请检查这台电脑的磁盘。")
        }
        UpdateError::NothingBefore => message("没有更早的内容可以恢复。", "可以从 U 盘更换。"),
        UpdateError::Cancelled => message("已取消，没有更换。", ""),
    }
}
