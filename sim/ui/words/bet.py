"""Words of the light page on which a class enters its bets."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "heading": {"en": "Place your bet", "zh": "请下注"},
    "code": {"en": "Room code (on the screen in front)", "zh": "房间码（见前面的屏幕）"},
    "enter": {"en": "Enter", "zh": "进入"},
    "name": {"en": "Your name (up to {length} characters)", "zh": "您的姓名（最多 {length} 个字）"},
    "guess": {"en": "Your bet ({low} to {high}), {unit}", "zh": "您的猜测（{low} 至 {high}），{unit}"},
    "send": {"en": "Send my bet", "zh": "提交"},
    "change": {"en": "Change my bet", "zh": "修改猜测"},
    "sent": {"en": "Counted: {guess} {unit}.", "zh": "已收到：{guess} {unit}。"},
    "look": {"en": "Is the answer there?", "zh": "答案出来了吗？"},
    "not_yet": {"en": "Not yet. Watch the screen in front.", "zh": "还没有。请看前面的屏幕。"},
    "answer": {
        "en": "The answer: {truth} {unit}. You were off by {error}.",
        "zh": "答案：{truth} {unit}。您差了 {error}。",
    },
    "answer_only": {"en": "The answer: {truth} {unit}.", "zh": "答案：{truth} {unit}。"},
    "memory": {
        "en": "Your name and bet stay in the memory of the computer in front and are forgotten after {hours} hours.",
        "zh": "您的姓名与猜测只存在前面那台电脑的内存里，{hours} 小时后忘掉。",
    },
    "no_room": {
        "en": "There is no room with this code; look at the screen again.",
        "zh": "没有这个房间码，请再看一眼屏幕。",
    },
    "closed": {"en": "The room is closed; no more bets.", "zh": "房间已关闭，不再接受猜测。"},
    "full": {"en": "The room is full.", "zh": "房间已满。"},
    "no_guess": {"en": "Please enter a number.", "zh": "请填写一个数。"},
    "no_name": {"en": "Please enter a name.", "zh": "请填写姓名。"},
    "out_of_range": {"en": "The bet is outside its bounds.", "zh": "猜测超出范围。"},
}

say = speaker(TEXTS)
