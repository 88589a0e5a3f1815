"""One word for one thing, in code, scenario files, charts, tables and the app: what docs/glossary.md lists."""

from __future__ import annotations

from typing import NamedTuple

from sim.phrases import Language


class Term(NamedTuple):
    """A word of the trade in English and Chinese, where it stands in Siyu, and what it means."""

    english: str
    chinese: str
    where: str
    meaning_en: str
    meaning_zh: str

    def name(self, language: Language) -> str:
        """The word."""
        return self.chinese if language == "zh" else self.english

    def meaning(self, language: Language) -> str:
        """What it means."""
        return self.meaning_zh if language == "zh" else self.meaning_en


TERMS: tuple[Term, ...] = (
    Term(
        "private domain, private traffic", "私域", "the name Siyu",
        "attention that a brand owns: it can reach people again without paying for each contact",
        "品牌自己拥有的注意力：再次触达无需每次付费",
    ),
    Term(
        "public domain, public traffic", "公域", "public",
        "attention that is rented per use, in auctions",
        "按次租用的注意力，在竞价中购买",
    ),
    Term("traffic", "流量", "", "people's attention as a quantity", "作为数量来看的人们的注意力"),
    Term("pool, private pool", "私域池", "pool", "the members whom a brand can reach", "品牌能够触达的成员"),
    Term("member", "成员", "members", "somebody in the pool", "在私域池里的人"),
    Term("join", "入池", "joins", "become a member, at the door", "在“入口”成为成员"),
    Term("join share", "入池率", "join_share", "joins over new customers", "入池人数除以新客人数"),
    Term("gift for joining", "入池礼", "gift_cny, join_gifts", "what joining brings", "入池可得的礼品"),
    Term(
        "invitation (to the pool)", "入池邀请", "door",
        "being asked to join with the first order",
        "首单时收到的入池邀请",
    ),
    Term(
        "self-selection", "自选择", "self_selection_share",
        "frequent buyers join more readily",
        "购买频繁的人更愿意加入",
    ),
    Term("message, touch", "触达", "touches_per_month", "one message to every member", "向每名成员发送的一条信息"),
    Term("offer", "促销", "offer_share", "a message with something to sell", "带有可购商品的触达"),
    Term("content", "内容", "content_value_share", "a message without", "不带货的触达"),
    Term("price cut", "优惠", "discounts", "what an offer takes off the price", "促销从价格中减去的金额"),
    Term(
        "engagement", "活跃度", "start_engagement_level",
        "how present the brand is to a member, 0 to 1",
        "品牌在成员心中的存在感，0 至 1",
    ),
    Term(
        "active member", "活跃成员", "pool_active",
        "saw a message or ordered in the last 30 days",
        "近 30 天看过信息或下过单的成员",
    ),
    Term("tie", "关系强度", "start_tie_level", "strength of the relationship, 0 to 1", "关系的强弱，0 至 1"),
    Term("weak tie", "弱关系", "weak_ties", "a living member's tie below 0.2", "仍有往来的成员中关系强度低于 0.2 者"),
    Term("fatigue", "疲劳", "fatigue_half_life_days", "worthless messages of late", "近期无价值触达的累积"),
    Term("mute", "免打扰", "pool_muted", "stay a member and hardly see messages", "留在池中但几乎看不到信息"),
    Term("leave", "退出", "left", "a member leaves the pool", "成员离开私域池"),
    Term("remove", "清理", "remove_after_days", "the brand drops members without contact", "品牌清理没有互动的成员"),
    Term("silent exit, churn", "静默流失", "silent_exit", "gone for good without a word", "不声不响地永远离开"),
    Term("forgetting", "遗忘", "forgetting", "engagement fades", "活跃度随时间消退"),
    Term("half-life", "半衰期", "engagement_half_life_days", "days until half is left", "减到一半所需的天数"),
    Term("liveliness", "池子活力", "liveliness", "how alive the pool feels", "池子给人的热闹程度"),
    Term(
        "dead pool", "死水池", "quiet_forgetting_factor",
        "a pool without joins or interactions",
        "既无新人加入也无互动的池子",
    ),
    Term("need", "需求", "need_factor", "a customer wants such goods today", "顾客今天想买这类商品"),
    Term("capture", "承接", "pool_capture", "the pool is where a need turns", "需求最先转向私域池"),
    Term("repurchase", "复购", "repurchase_share", "a further order", "再次下单"),
    Term(
        "buy back, paid re-contact", "付费召回", "buy_back, ads_recontact",
        "pay to win an own customer's need",
        "付费争取自家顾客的需求",
    ),
    Term("new customer", "新客", "new_customers", "somebody's first order", "某人的首单"),
    Term("own customer", "老客", "returning_order_chance", "who has ordered before", "已下过单的人"),
    Term("acquisition", "拉新", "ads_new", "winning new customers by advertisements", "用广告争取新客"),
    Term("referral", "转介绍", "referral", "a member invites others", "成员邀请他人"),
    Term("invitee", "被邀请者", "invitee_order_chance", "who was invited", "受到邀请的人"),
    Term(
        "R0", "转介绍系数 R0", "r0",
        "direct referred buyers per joiner, realised",
        "每名入池者直接带来的被推荐买家数（实际值）",
    ),
    Term("click price", "点击价", "click_price_index", "what one paid click costs", "一次付费点击的价格"),
    Term("bid", "出价", "bidding", "most that an advertiser offers for a click", "广告主愿为一次点击付的最高价"),
    Term("reserve price", "底价", "reserve_factor", "the least that a click costs", "一次点击的最低价"),
    Term("slot", "广告位", "slot_click_shares", "a place for an advertisement on a page", "页面上的一个广告位置"),
    Term(
        "generalised second price", "广义第二价格", "second_price",
        "pay what the next one below would have forced you to pay",
        "按“下一名会迫使你付的价格”付费",
    ),
    Term("rival", "竞价对手", "rivals", "another advertiser in the auctions", "竞价中的其他广告主"),
    Term(
        "entry of rivals", "对手进出", "rival_entry",
        "rivals come while it pays, and go when it does not",
        "有利可图时进入，无利可图时退出",
    ),
    Term(
        "rivals with pools", "对手建私域", "rival_pools",
        "other advertisers who count what members earn later",
        "把成员日后的收益计入出价的其他广告主",
    ),
    Term(
        "reinvestment", "对手利润再投入", "rival_reinvestment",
        "profit put back into advertising budgets",
        "投回广告预算的利润",
    ),
    Term(
        "attention on offer", "流量供给变化", "attention_growth",
        "how many clicks the public square gives",
        "公域提供的点击数量",
    ),
    Term(
        "festival", "购物节", "festivals",
        "dated days on which everybody bids more: Double 11, 618",
        "人人提高出价的特定日子：双十一、618",
    ),
    Term("competitor", "竞争对手", "needs_lost", "who gets the needs that the brand loses", "得到品牌所失需求的商家"),
    Term("conversion", "转化率", "first_order_chance", "chance of an order per click", "每次点击的下单概率"),
    Term(
        "budget, envelope", "预算", "budget_cny_per_day",
        "marketing money a day, the same under every strategy",
        "每天的营销费用，各策略相同",
    ),
    Term("service cost", "服务成本", "service_cny_per_month", "staff for a member", "每名成员的人工成本"),
    Term("order value", "客单价", "order_value_cny", "value of an order", "一单的金额"),
    Term("revenue", "销售额", "revenue_cny", "orders at list price", "按标价计的订单金额"),
    Term(
        "contribution before marketing", "营销前贡献利润", "contribution_cny",
        "revenue less price cuts and cost of goods",
        "销售额减优惠与商品成本",
    ),
    Term(
        "marketing cost", "营销费用", "marketing_cny",
        "advertisements, re-contacts, gifts and staff",
        "广告、召回、礼品与人工",
    ),
    Term("net profit", "净利润", "profit_cny", "contribution less marketing cost", "贡献利润减营销费用"),
    Term(
        "ROI", "投产比 ROI", "roi",
        "net profit over marketing cost (not revenue over advertising: that is ROAS)",
        "净利润除以营销费用（不是销售额除以广告费：那是 ROAS）",
    ),
    Term("ROAS", "广告支出回报 ROAS", "roas", "revenue over cost of advertisements", "销售额除以广告费"),
    Term("CAC", "获客成本", "paid_cac_cny, blended_cac_cny", "cost of a new customer", "每个新客的成本"),
    Term("active buyers", "活跃买家", "report_cac_cny", "people who ordered in a year", "当年下过单的人"),
    Term(
        "look-alikes", "相似人群", "lookalike_lift_share",
        "people whom a platform finds because they resemble a pool's members",
        "平台按成员画像找到的相似的人",
    ),
    Term(
        "quality", "品质", "quality_loss_share",
        "how well goods meet a need; it suffers where advertisements eat the margin",
        "商品满足需求的程度；广告费侵蚀毛利时下降",
    ),
    Term(
        "LTV", "终身价值 LTV", "ltv_365_cny",
        "contribution of a new customer within so many days",
        "新客在若干天内的贡献利润",
    ),
    Term(
        "payback day", "回本日", "payback_day",
        "from that day on cumulative cash is never negative again",
        "自该日起累计现金不再为负",
    ),
    Term("deepest cash trough", "现金最低点", "cash_trough_cny", "lowest point of cumulative cash", "累计现金的最低点"),
    Term("warm-up", "预热", "warm_up_days", "days lived and not counted", "推演但不计入结果的天数"),
    Term("counted days", "计入期", "days", "days that metrics see, with acquisition", "计入指标的天数，期间拉新"),
    Term("run-out", "观察期", "run_out_days", "days after acquisition has ended", "停止拉新之后的天数"),
    Term(
        "break-even, tie", "打平点", "breakeven",
        "the value of a parameter at which two strategies tie",
        "两种策略打平时的参数取值",
    ),
    Term(
        "equal envelope", "预算相同", "equal_envelope",
        "break-even when the pool's costs displace advertisements",
        "私域成本挤占广告时的打平点",
    ),
    Term(
        "same customers", "顾客相同", "same_customers",
        "break-even when the pool's costs come on top",
        "私域成本另计时的打平点",
    ),
    Term(
        "mechanism", "机制", "switches",
        "what can be switched off; a bar of a waterfall",
        "可以关闭的机制；瀑布图中的一条",
    ),
    Term("scenario", "情景", "scenarios", "one complete set of assumptions", "一整套假设"),
    Term("baseline", "基准", "baseline", "the scenario from which others differ", "其他情景与之相比的情景"),
    Term("strategy", "策略", "policies", "what a brand decides each morning", "品牌每天早上决定什么"),
    Term("public only", "只做公域", "public_only", "rents all attention", "全部注意力靠租用"),
    Term("hybrid", "公私域结合", "hybrid", "does both", "两者都做"),
    Term(
        "private pool", "主做私域", "private_pool",
        "owns attention, buys new customers only",
        "拥有注意力，只花钱买新客",
    ),
    Term("future", "未来", "seeds", "one seed, lived under every strategy", "一个随机种子，各策略在其中各经历一次"),
    Term("too close to call", "难分高下", "too_close", "nobody should name a winner", "谁也不应宣布赢家"),
)
"""Every term, in the order of the trade: attention, the pool, its members, orders, auctions, money, answers."""
