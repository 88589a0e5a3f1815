"""Words of the five lessons: the question on which a bet is placed, what is watched, and what there was to learn."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "rent_or_own": {"en": "1 Rent or own", "zh": "1 租还是养"},
    "rent_or_own_bet": {
        "en": "Two brands with the same 2,000 yuan a day. A only buys clicks; B also invites buyers into a pool of "
        "its own. After a year, by how many thousand yuan of cash is B ahead of A? (Behind is below zero.)",
        "zh": "两个品牌，每天同样 2000 元预算。A 只买点击；B 还把买家请进自己的私域池。一年之后，B 的累计现金比 A "
        "多几千元？（少则填负数。）",
    },
    "rent_or_own_unit": {"en": "thousand yuan", "zh": "千元"},
    "rent_or_own_a": {"en": "rents: public only", "zh": "租：只做公域"},
    "rent_or_own_b": {"en": "rents and owns: public and pool", "zh": "又租又养：公私域结合"},
    "rent_or_own_learned": {
        "en": "Both win about as many customers, because clicks cost both the same. What differs is the second order: "
        "A pays for attention again or loses it, B's members hear from it for the price of a message. That "
        "margin is small beside what advertising costs, and it takes months to show.",
        "zh": "两家拉来的新客差不多，因为点击对谁都一样贵。差别在第二单：A 要再花一次钱买注意力，买不到就丢了；B "
        "给成员发条消息就行。这点差额与广告费相比不大，而且要几个月才看得出来。",
    },
    "unfed": {"en": "2 A pool that nobody feeds", "zh": "2 断了活水的池子"},
    "unfed_bet": {
        "en": "On day 91 brand B stops buying clicks; its pool is tended as before. Of 100 members who are active on "
        "day 90, how many active members has the pool on day 365?",
        "zh": "第 91 天起 B 不再买流量，私域照常运营。第 90 天每有 100 名活跃成员，到第 365 "
        "天池子里还有多少名活跃成员？",
    },
    "unfed_unit": {"en": "of 100", "zh": "名（每 100 名）"},
    "unfed_a": {"en": "goes on buying clicks", "zh": "继续买流量"},
    "unfed_b": {"en": "buys no clicks from day 91 on", "zh": "第 91 天起不再买流量"},
    "unfed_learned": {
        "en": "Members leave, fall silent and forget every month, and a pool without newcomers grows quiet, which "
        "makes it forget faster. Look at B's cash too: without advertising it rises at first, because a pool "
        "goes on paying for a while. That is what makes closing the tap so tempting.",
        "zh": "每个月都有成员退出、沉默、淡忘；没有新人进来，池子变冷清，忘得更快。再看 B 的现金：不投广告反而先上升，"
        "因为池子还会再产出一阵子。断流之所以诱人，正在这里。",
    },
    "messages": {"en": "3 Too many messages", "zh": "3 消息太多"},
    "messages_bet": {
        "en": "Two pools of 5,000. A sends 7 messages a month, half of them offers; B sends an offer every day. After "
        "a year, for every 100 active members of A, how many has B?",
        "zh": "两个 5000 人的私域池。A 每月发 7 条，一半是促销；B 天天发促销。一年之后，A 每有 100 名活跃成员，B "
        "有多少名？",
    },
    "messages_unit": {"en": "for every 100 of A", "zh": "名（A 为 100 名）"},
    "messages_a": {"en": "7 messages a month", "zh": "每月 7 条"},
    "messages_b": {"en": "an offer every day", "zh": "天天促销"},
    "messages_learned": {
        "en": "In the first weeks B sells more: look at its orders. Then members tire, mute and leave, ties wear off, "
        "and the same message reaches fewer and moves them less. A pool is attention, and attention can be used "
        "up.",
        "zh": "头几周 B 卖得更多，看它的订单就知道。之后成员疲劳、免打扰、退出，关系被磨薄，同样一条消息触达的人更少、"
        "效果更弱。私域池就是注意力，而注意力是会用完的。",
    },
    "viral": {"en": "4 Does it go viral?", "zh": "4 会裂变吗"},
    "viral_bet": {
        "en": "Forty first fans, not a yuan of advertising; on average each customer of A brings fewer than one "
        "other. How many customers has A after a year, the forty included? (B's customers talk twice as much.)",
        "zh": "四十名种子粉丝，一分钱广告都不投；A 的每位顾客平均带来不到一位新顾客。一年之后 A "
        "一共有多少顾客（含那四十名）？（B 的顾客传播力加倍。）",
    },
    "viral_unit": {"en": "customers", "zh": "名顾客"},
    "viral_a": {"en": "each brings fewer than one", "zh": "每人带来不到一人"},
    "viral_b": {"en": "they talk twice as much", "zh": "传播力加倍"},
    "viral_learned": {
        "en": "Below one friend a customer, every generation is smaller than the last: growth that ends by itself, "
        "however good the start. And a generation takes as long as people take to order again. Watch the arcs: "
        "most of the time there are none. Fission in private is small; a habit of recommending is worth having, "
        "a plan on it is not.",
        "zh": "每位顾客带来不到一位时，一代比一代少：无论开头多好，增长都会自己停下来。而且一代要多久，"
        "取决于多久复购一次。看那些弧线：大多数日子里一条也没有。私域里的裂变很小；口碑值得养成，"
        "却不能当作计划。",
    },
    "land": {"en": "5 Whose land is it?", "zh": "5 地盘是谁的"},
    "land_bet": {
        "en": "On day 181 the platform takes all of B's accounts. Of 100 members on the evening before, how many are "
        "left that evening?",
        "zh": "第 181 天，平台封掉 B 的全部账号。前一晚每有 100 名成员，当晚还剩多少名？",
    },
    "land_unit": {"en": "of 100", "zh": "名（每 100 名）"},
    "land_a": {"en": "is left in peace", "zh": "平安无事"},
    "land_b": {"en": "loses its accounts on day 181", "zh": "第 181 天被封号"},
    "land_learned": {
        "en": "Private is a word: the house stands on the platform's land. Some members can be won again on another "
        "account, the others are customers of the shop again, to be reached for the price of a click. Then look "
        "how long the pool takes to grow back, and what the months in between cost.",
        "zh": "“私域”只是个说法：房子盖在平台的地上。一部分成员能用别的号找回来，其余的又成了店铺顾客，"
        "想触达就得再付点击的钱。再看池子要多久才长回来，中间这几个月又损失了多少。",
    },
}

say = speaker(TEXTS)
