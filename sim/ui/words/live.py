"""Words of the Live page: the player, what may happen, the sandbox, the room. Lessons have a catalogue of their own."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "lesson": {"en": "Lesson", "zh": "课题"},
    "arms": {"en": "**A** {first}  \n**B** {second}", "zh": "**A** {first}  \n**B** {second}"},
    "your_bet": {"en": "Your bet ({low} to {high}), {unit}", "zh": "您的猜测（{low} 至 {high}），{unit}"},
    "place": {"en": "Bet", "zh": "下注"},
    "betted": {"en": "Your bet: **{guess}** {unit}.", "zh": "您猜的是 **{guess}** {unit}。"},
    "reveal": {"en": "Reveal the answer", "zh": "揭晓答案"},
    "answer": {"en": "The answer: {truth} {unit}", "zh": "答案：{truth} {unit}"},
    "one_future": {
        "en": "This is one future (seed {seed}); other luck gives other numbers. How surely it holds stands on the "
        "page Answer.",
        "zh": "这只是一个未来（随机种子 {seed}）；换一种运气，数字会不同。把握有多大，请看“结论”页。",
    },
    "who": {"en": "who", "zh": "谁"},
    "guess": {"en": "bet", "zh": "猜测"},
    "error": {"en": "off by", "zh": "误差"},
    "you": {"en": "you", "zh": "您"},
    "bets": {"en": "Bets, the nearest first", "zh": "各人的猜测，最接近者在前"},
    "watching": {"en": "The real model lives through both futures…", "zh": "正在用真实模型推演两个未来……"},
    "refused": {"en": "This cannot be shown: {mistakes}", "zh": "无法演示：{mistakes}"},
    "back": {"en": "Back", "zh": "上一天"},
    "next": {"en": "Next", "zh": "下一天"},
    "play": {"en": "Play", "zh": "播放"},
    "pause": {"en": "Pause", "zh": "暂停"},
    "speed": {"en": "Speed", "zh": "速度"},
    "a_second": {"en": "{days} days a second", "zh": "每秒 {days} 天"},
    "scrub": {"en": "Day", "zh": "日期"},
    "keys": {
        "en": "Keys: space plays and pauses, left and right arrow step a day, Home and End go to the first and last. "
        "A ring marks who ordered, an arc who brought whom.",
        "zh": "按键：空格播放或暂停，左右箭头前后一天，Home 与 End 到首日与末日。圆环表示当天下单，"
        "弧线表示谁带来了谁。",
    },
    "locked": {
        "en": "Locked until you bet, or until your room is closed.",
        "zh": "先下注再播放；开了房间，则关闭房间之后播放。",
    },
    "numbers": {"en": "The numbers of this day", "zh": "当天的数字"},
    "drop": {"en": "Let happen", "zh": "突发事件"},
    "drop_in": {"en": "on this day", "zh": "就在这一天发生"},
    "day": {"en": "Day {day} of {days}", "zh": "第 {day} 天，共 {days} 天"},
    "happened": {"en": "Day {day}: {what}", "zh": "第 {day} 天：{what}"},
    "cash": {"en": "cash {yuan} yuan", "zh": "累计现金 {yuan} 元"},
    "spent": {"en": "spent today {yuan} yuan", "zh": "今日花费 {yuan} 元"},
    "orders": {"en": "orders today {count}", "zh": "今日订单 {count} 笔"},
    "click": {"en": "a click {yuan} yuan", "zh": "单次点击 {yuan} 元"},
    "cash_row": {"en": "Cash up to now, yuan", "zh": "累计现金（元）"},
    "orders_row": {"en": "Orders of the day", "zh": "当天订单"},
    "cashline": {
        "en": "Cash up to now: what orders brought, less goods and marketing",
        "zh": "累计现金：订单收入减去货品与营销费用",
    },
    "canvas": {
        "en": "People as dots in five zones, for each way of doing business.",
        "zh": "以圆点表示的人，分布在五个区域。",
    },
    "sample_one": {"en": "1 dot = 1 person; {dots} dots", "zh": "1 点 = 1 人；共 {dots} 点"},
    "sample": {"en": "1 dot = {one_in} people; {dots} dots", "zh": "1 点 = {one_in} 人；共 {dots} 点"},
    "drawn_all": {"en": "are all of", "zh": "一人一点"},
    "drawn_some": {"en": "is one in {one_in} of", "zh": "每 {one_in} 人取 1 人"},
    "drawn": {
        "en": "Drawn {share} those who become customers in one of the two futures; the figures count everybody. Who "
        "never buys stays on the square and is not drawn. Gone is who has left the pool again, or will never "
        "buy again; the brand cannot see the latter.",
        "zh": "画出的是在任一未来中成为顾客的人，{share}；数字则统计所有人。从未购买的人留在公域，不画出。“离开”"
        "指退出私域池、或不会再买的人；后者品牌自己看不到。",
    },
    "zone_square": {"en": "Public square", "zh": "公域"},
    "zone_shop": {"en": "Shop only", "zh": "店铺顾客"},
    "zone_active": {"en": "Pool: active", "zh": "私域：活跃"},
    "zone_silent": {"en": "Pool: silent", "zh": "私域：沉默"},
    "zone_gone": {"en": "Gone", "zh": "离开"},
    "price_doubles": {"en": "clicks cost twice as much from now on", "zh": "点击单价从此翻倍"},
    "double_eleven": {"en": "Double 11: eleven days of festival", "zh": "双 11：为期十一天的大促"},
    "accounts_purged": {"en": "the platform takes all accounts", "zh": "平台封掉全部账号"},
    "reach_cut": {
        "en": "the platform shows the brand's messages to fewer members",
        "zh": "平台限流：消息触达的成员变少",
    },
    "stops_engaging": {"en": "nobody tends the pool any more", "zh": "私域从此无人运营"},
    "offers_daily": {"en": "an offer to every member every day", "zh": "天天向每位成员发促销"},
    "tap_closed": {"en": "no more clicks are bought", "zh": "不再买流量"},
    "sandbox": {"en": "Sandbox", "zh": "自由沙盘"},
    "sandbox_question": {
        "en": "Choose two ways of doing business, play, and let things happen. The scenario is the one chosen above.",
        "zh": "任选两种做法，播放，再放入突发事件。情景即上方所选。",
    },
    "strategy_a": {"en": "A", "zh": "A"},
    "strategy_b": {"en": "B", "zh": "B"},
    "seed": {"en": "Luck (seed)", "zh": "运气（随机种子）"},
    "undo": {"en": "Take the last event out", "zh": "撤回最近一个事件"},
    "clear": {"en": "Take all events out", "zh": "撤回全部事件"},
    "events": {"en": "Happens: {events}.", "zh": "已放入：{events}。"},
    "separator": {"en": "; ", "zh": "；"},
    "enough": {"en": "Six events are the most; take one out first.", "zh": "最多六个事件；请先撤回一个。"},
    "room": {"en": "A class bets from their own phones", "zh": "让全班用手机下注"},
    "room_about": {
        "en": "Open a room, and give the class its code and the address. Names and bets stay in this computer's "
        "memory and are forgotten after {hours} hours. You see the bets after you have closed the room.",
        "zh": "开一个房间，把房间码和网址告诉全班。姓名与猜测只存在本机内存里，{hours} 小时后忘掉。"
        "关闭房间之后您才看得到猜测。",
    },
    "room_open": {"en": "Open a room", "zh": "开房间"},
    "room_code": {"en": "Room **{code}**, address:", "zh": "房间码 **{code}**，网址："},
    "room_reach": {
        "en": "No phone can reach this address: it is this computer alone. Stop the app, start it with `siyu app "
        "--address 0.0.0.0` if everybody in this network may use it, and open it here at this computer's "
        "address in the network.",
        "zh": "手机打不开这个网址：它只通向本机。若允许本网络的所有人使用，请停止程序，改用 `siyu app --address "
        "0.0.0.0` 启动，再用本机在网络中的地址打开本页。",
    },
    "room_keep": {
        "en": "The address of this page opens your room again after a reload. Keep it to yourself: whoever has it sees "
        "the bets and can close the room.",
        "zh": "刷新本页后，凭本页网址可回到您的房间。请勿外传：拿到它的人能看到猜测，也能关闭房间。",
    },
    "room_count": {"en": "Bets so far: {count}", "zh": "已收到 {count} 份猜测"},
    "room_close": {"en": "Close the room and unlock", "zh": "关闭房间并解锁"},
    "room_closed": {"en": "The room is closed. Bets: {count}.", "zh": "房间已关闭：共 {count} 份猜测。"},
    "room_next": {"en": "Next class: a new room", "zh": "下一个班：开新房间"},
    "room_elsewhere": {
        "en": "Your room {code} for “{lesson}” is still open; bets so far: {count}.",
        "zh": "您为“{lesson}”开的房间 {code} 仍然开放，已收到 {count} 份猜测。",
    },
    "too_many_rooms_here": {
        "en": "Your network has as many rooms as one may have; close the app's other tabs, or try again later.",
        "zh": "您所在网络的房间数已达上限，请稍后再试。",
    },
    "too_many_rooms": {
        "en": "All rooms of this computer are in use; try again later.",
        "zh": "本机的房间已满，请稍后再试。",
    },
}

say = speaker(TEXTS)
