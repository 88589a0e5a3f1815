"""Words about long work: asking for it, waiting, stopping, and how it ended."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "ask_again": {"en": "Ask again", "zh": "重新计算"},
    "stop": {"en": "Stop", "zh": "停止"},
    "queued": {
        "en": "Waiting: number {place} in the queue. It starts by itself.",
        "zh": "排队中：第 {place} 位，轮到时自动开始。",
    },
    "starting": {"en": "Starting a process of its own…", "zh": "正在启动独立进程……"},
    "compiling": {
        "en": "Compiling the model once, half a minute or more…",
        "zh": "首次运行，正在编译模型，需半分钟以上……",
    },
    "working": {"en": "{done:.0%} done", "zh": "已完成 {done:.0%}"},
    "working_left": {"en": "{done:.0%} done, about {left} left", "zh": "已完成 {done:.0%}，约剩 {left}"},
    "seconds": {"en": "{n} s", "zh": "{n} 秒"},
    "minutes": {"en": "{n} min", "zh": "{n} 分钟"},
    "hours": {"en": "{n} h", "zh": "{n} 小时"},
    "stopped": {"en": "Stopped.", "zh": "已停止。"},
    "gone": {
        "en": "The link names a job that this server does not keep; ask again.",
        "zh": "链接中的任务已不在本服务器上；请重新计算。",
    },
    "progress": {"en": "Progress", "zh": "进度"},
    "moved": {
        "en": "The assumptions have changed since this was asked.",
        "zh": "提交之后假设已改动。",
    },
}

say = speaker(TEXTS)
