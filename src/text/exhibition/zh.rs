//! 简体中文。

use super::ExhibitionWords;

pub const WORDS: ExhibitionWords = ExhibitionWords {
    home: "首页",
    back: "返回",
    find: "查找",
    touch_to_begin: "轻触屏幕开始",
    still_there: "还在看吗？",
    touch_to_go_on: "轻触屏幕继续",
    back_to_beginning: |seconds| format!("{seconds} 秒后回到开头"),
    closed: "暂不开放",
    opens_in: |seconds| match (seconds / 3600, seconds.div_ceil(60) % 60) {
        (0, minutes) => format!("{minutes} 分钟后开放"),
        (hours, 0) => format!("{hours} 小时后开放"),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分钟后开放"),
    },
};
