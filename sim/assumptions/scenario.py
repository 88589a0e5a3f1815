"""What is assumed: one frozen, strict model of every number that the simulator takes as given.

Each field carries its meaning in English and Chinese, where its default comes from, the hard limits outside which it
has no meaning, and the range over which it is plausible (for sensitivity analysis). Units are in the names: see
``UNITS``. Nothing here computes anything about the market; nothing here knows how a scenario is read from a file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from sim.assumptions.doubts import Evidence, PriorGroup, Setting, Word
from sim.assumptions.fields import DAYS_PER_MONTH, DAYS_PER_YEAR, UNITS, Part, chance, given, unit_of
from sim.rules.channels import MOST_CHANNELS, STATED_OF_CHANNELS, USUAL, Vector

__all__ = [
    "DAYS_PER_MONTH", "DAYS_PER_YEAR", "TAGS", "UNITS", "Brand", "Calendar", "Channel", "Clock", "Content", "Door", "Entrance",
    "Evidence", "Expectation", "Festival", "Market", "Part", "Platform", "PlatformEvent", "Pool", "PriorGroup", "Public", "Rival",
    "Scenario", "StartingCustomers", "Switches", "Tags", "Visitors", "WordOfMouth", "unit_of",
]

TAGS = ("new", "active", "due", "loyal", "silent")
"""Lifecycle tags, in the order in which sim/rules/tags.py numbers them."""


class Clock(Part):
    """How long the brand is watched."""

    days: int = given(
        365, "days that are lived and counted, with new acquisition", "计入结果的天数（期间有新客获取）",
        "assumption: one budget year", least=1, most=3650, kind="device",
    )
    warm_up_days: int = given(
        0, "days lived before counting starts", "计数开始前的预热天数", "assumption", least=0, most=1825, kind="device",
    )
    run_out_days: int = given(
        365, "days after `days` without new acquisition, so that what a pool still earns is measured",
        "停止拉新之后继续观察的天数（测量私域余值）", "assumption: one year more", least=0, most=3650, kind="device",
    )

    @property
    def total_days(self) -> int:
        """All days that are lived: warm-up, counted days and run-out."""
        return self.warm_up_days + self.days + self.run_out_days


class StartingCustomers(Part):
    """People who are already customers on a given day, such as forty first fans or the start days of an order log."""

    day: int = given(0, "day on which they become customers, counted from the first day lived", "成为顾客的日期（第几天）",
                     "assumption", least=0, most=10000, kind="fact", who="log")
    people: int = given(..., "how many", "人数", "scenario", least=0, most=200_000_000, kind="fact", who="log")
    in_pool: bool = given(True, "whether they start as members of the pool, under strategies that have one", "是否一开始就在私域池里", "assumption", kind="fact", who="log")


class Market(Part):
    """The people: how often they need such goods, how long they stay customers, what an order is worth."""

    people: int = given(
        400_000, "potential customers; nobody is stored before the first relationship", "潜在顾客人数",
        "assumption: a city district's worth of buyers", least=1, most=1_100_000_000, plausible=(100_000, 4_000_000), kind="doubt",
    )
    need_gamma_shape: float = given(
        0.55, "shape r of the Gamma distribution of need rates between people", "需求率伽马分布的形状参数 r",
        "calibrated to: 40 % of beauty customers buy again within a year (Pareto/NBD in months)",
        least=0.02, most=1000, plausible=(0.3, 1.2), kind="doubt", who="log",
    )
    need_gamma_months: float = given(
        4.69, "scale alpha: mean needs a month are shape / months", "需求率伽马分布的尺度 α（月）",
        "calibrated to: 40 % of beauty customers buy again within a year", least=0.001, most=10_000, plausible=(3.0, 8.0), kind="doubt", who="log",
    )
    need_factor: float = given(
        1.0, "how often people need to buy; multiplies everybody's need rate", "需求频率倍数", "assumption", least=0, most=100, plausible=(0.5, 2.0),
        kind="doubt", who="log",
    )
    exit_gamma_shape: float = given(
        0.6, "shape s of the Gamma distribution of silent exit rates", "流失率伽马分布的形状参数 s",
        "published: CDNOW's Pareto/NBD fit has s 0.606 (Fader, Hardie & Lee 2005)",
        least=0.02, most=1000, plausible=(0.3, 1.2), kind="doubt", who="log",
    )
    exit_gamma_months: float = given(
        7.5, "scale beta: mean exit rate a month is shape / months", "流失率伽马分布的尺度 β（月）",
        "calibrated to: 40 % of beauty customers buy again within a year", least=0.001, most=10_000, plausible=(4.0, 15.0), kind="doubt", who="log",
    )
    season_factors: tuple[Annotated[float, Field(ge=0, le=100)], ...] = given(
        (1.0,) * 12, "need in each twelfth of a year, as a factor", "一年十二个月的需求季节系数",
        "assumption: no season", min_length=12, max_length=12, kind="fact", who="log",
    )
    order_value_cny: float = given(
        110.0, "mean value of an order", "客单价均值", "assumption: a beauty product",
        least=0.01, most=10_000_000, plausible=(60.0, 200.0), kind="fact",
    )
    order_value_variation_share: float = given(
        0.5, "standard deviation of an order's value over its mean (lognormal)", "客单价变异系数", "assumption",
        least=0, most=3, plausible=(0.2, 1.0), kind="fact", who="log",
    )
    margin_share: float = given(
        0.45, "contribution margin before marketing, of an order's value", "毛利（贡献利润）率",
        "assumption: beauty and fast goods", least=0, most=1, plausible=(0.3, 0.6), kind="fact",
    )
    refund_share: float = chance(
        0.0, "orders' contribution that goes back with returned goods", "退货退款比例", "assumption: none in the baseline; 0.05 is usual",
        (0.0, 0.2), kind="fact",
    )
    quality_loss_share: float = chance(
        0.0, "customers' need that is lost in the end where advertisements take twice what the margin bears: quality is saved on",
        "广告费达可承受水平两倍时，品质下降最终损失的需求", "assumption: none in the baseline; source 004: quality falls where traffic is dear", (0.0, 0.4),
        kind="doubt",
    )
    quality_margin_share: float = given(
        0.7, "contribution of a month that advertisements may take before quality suffers", "广告费占毛利多少以内品质不受影响", "assumption",
        least=0.001, most=100, plausible=(0.4, 1.0), kind="doubt",
    )
    quality_days: float = given(
        180.0, "days over which quality follows, down and up", "品质变化的时间尺度（天）", "assumption", least=1, most=10_000, plausible=(60.0, 365.0),
        kind="doubt",
    )
    starting_customers: tuple[StartingCustomers, ...] = given(
        (), "people who are customers from a given day on", "起始顾客名单", "assumption: none", max_length=2000, kind="fact", who="log",
    )


class Visitors(Part):
    """People who come without an advertisement: a shop on a square."""

    passers_by_per_day: float = given(
        0.0, "people who pass the shop a day", "每天路过人数", "assumption: no shop; source 000 has 10,000",
        least=0, most=10_000_000, kind="fact",
    )
    enter_share: float = chance(0.2, "of those who pass, how many enter", "进店比例", "source 000: 20 % enter", (0.1, 0.3), kind="fact")
    buy_share: float = chance(0.1, "of those who enter, how many buy", "进店后购买比例", "source 000: 10 % buy", (0.05, 0.5), kind="fact")


class Rival(Part):
    """A class of background advertisers that are alike."""

    name: str = given(..., "name of the class", "名称", "scenario", min_length=1, max_length=60, kind="device")
    advertisers_count: int = given(..., "how many such advertisers on day 0", "广告主数量", "scenario", least=0, most=100_000, kind="doubt")
    value_factor: float = given(
        1.0, "what a click is worth to each, relative to the other classes", "点击价值（相对值）", "assumption",
        least=0.001, most=1000, kind="doubt",
    )
    quality_factor: float = given(1.0, "quality of its advertisement in the ranking score", "广告质量分", "assumption",
                                  least=0.001, most=100, kind="doubt")
    budget_clicks_per_day: float | None = given(
        None, "daily budget of each, as clicks at the start click price; none is unlimited", "日预算（折合起始点击价的点击数）",
        "assumption: values bind, not budgets", least=0.001, most=10_000_000, kind="doubt",
    )


class Festival(Part):
    """A dated shopping festival, as the public square sees it; it returns every year."""

    name: str = given(..., "name of the festival", "名称", "scenario", min_length=1, max_length=60, kind="device")
    day: int = given(
        ..., "day of the year on which it begins; day 1 is the first day lived, as for the season", "开始于一年中的第几天",
        "scenario; 11 November is day 315, 18 June day 169 of a calendar year", least=1, most=365, kind="fact",
    )
    length_days: int = given(1, "days that it lasts", "持续天数", "scenario", least=1, most=365, kind="fact")
    rival_value_factor: float = given(
        1.0, "what a click is worth to rivals while it lasts, relative to other days", "活动期间对手点击价值倍数",
        "assumption: nothing else than on other days", least=0.001, most=100, plausible=(1.0, 4.0), kind="doubt",
    )
    rival_budget_factor: float = given(
        1.0, "rivals' daily budgets while it lasts, relative to other days", "活动期间对手预算倍数",
        "assumption: nothing else than on other days", least=0.001, most=100, plausible=(1.0, 6.0), kind="doubt",
    )
    clicks_factor: float = given(
        1.0, "clicks that the square gives while it lasts, relative to other days", "活动期间流量倍数",
        "assumption: nothing else than on other days", least=0.001, most=100, plausible=(1.0, 3.0), kind="doubt",
    )
    need_factor: float = given(
        1.0, "the brand's own demand while it lasts, relative to other days: customers' needs and newcomers' orders per click",
        "活动期间自身需求倍数（老客需求与新客转化）", "assumption: nothing else than on other days", least=0.001, most=100, plausible=(1.0, 4.0),
        kind="doubt", who="log",
    )
    order_value_factor: float = given(
        1.0, "value of an order while it lasts, relative to other days", "活动期间客单价倍数",
        "assumption: nothing else than on other days", least=0.001, most=100, plausible=(0.8, 1.5), kind="fact", who="log",
    )


RIVALS = (
    Rival(name="leaders", advertisers_count=4, value_factor=1.6),
    Rival(name="regulars", advertisers_count=16, value_factor=1.0),
    Rival(name="newcomers", advertisers_count=20, value_factor=0.7, budget_clicks_per_day=400.0),
)


class Public(Part):
    """The public square: attention is rented, one auction at a time."""

    start_click_price_cny: float = given(
        2.0, "expected price of a click for the brand on day 0; from then on the price emerges", "起始点击单价",
        "source 001: a keyword click cost 2 yuan before it rose to 10", least=1e-6, most=1_000_000, plausible=(1.0, 5.0), kind="fact",
    )
    first_order_chance: float = chance(
        0.03, "a new person's order per paid click, on day 0 at the full budget", "新客点击转化率", "assumption: beauty",
        (0.015, 0.06), kind="fact",
    )
    carts_left_factor: float = given(
        2.3, "carts left behind by clicks, for every first order", "每个首单对应的弃购购物车数", "assumption: seven carts of ten are left behind",
        least=0, most=1000, plausible=(1.0, 4.0), kind="fact", who="log",
    )
    coupon_lift_share: float = given(
        0.5, "most by which a newcomers' coupon raises the chance of a first order", "新客券对首单率的最大提升", "assumption", least=0, most=10,
        plausible=(0.2, 1.0), kind="doubt", who="pilot",
    )
    half_coupon_cny: float = given(15.0, "coupon that brings half of that", "达到一半提升的券面额", "assumption", least=0.01, most=1_000_000,
                                   plausible=(5.0, 50.0), kind="doubt", who="pilot")
    lookalike_lift_share: float = given(
        0.0, "most by which what a pool teaches raises the chance of a first order after a click: look-alike audiences",
        "私域数据（相似人群）对广告首单率的最大提升", "assumption: none in the baseline; source 004: traffic flows through", least=0, most=10,
        plausible=(0.0, 0.5), kind="doubt", who="pilot",
    )
    half_lookalike_people: float = given(
        2000.0, "active members who bring half of that", "达到一半提升的活跃成员数",
        "assumption: platforms ask for some thousands of people to look alike", least=1, most=1e9, plausible=(500.0, 10_000.0), kind="doubt",
    )
    returning_order_chance: float = chance(
        0.09, "an own customer's order per paid click when a need is bought back", "老客点击转化率",
        "assumption: three times a new person's", (0.045, 0.18), kind="fact",
    )
    repeat_orders_paid_share: float = chance(
        0.5, "of needs that the pool does not catch, how many return only if bought back", "复购中需付费召回的比例",
        "source 001: healthy natural : paid is 1 : 1", (0.2, 0.8), kind="doubt", who="pilot",
    )
    clicks_offered_per_day: float = given(
        20_000.0, "clicks that the category's auctions give to all advertisers together", "类目每日总点击量",
        "assumption: the brand buys about one in twenty", least=1e-6, most=1e9, plausible=(8_000.0, 80_000.0), kind="doubt",
    )
    rivals: tuple[Rival, ...] = given(
        RIVALS, "classes of background advertisers", "竞价对手类别", "assumption: forty, as in a keyword's auction",
        min_length=1, max_length=12, kind="doubt",
    )
    slot_click_shares: tuple[Annotated[float, Field(ge=1e-6, le=1)], ...] = given(
        (1.0, 0.6, 0.36, 0.216), "clicks of each slot relative to the first", "各广告位相对点击率",
        "assumption: each slot has 0.6 of the clicks of the one above", min_length=1, max_length=8, kind="doubt",
    )
    match_noise_shape: float = given(
        0.35, "spread of how well a person suits an advertiser (Frechet); also the price's elasticity to the number of rivals",
        "人群匹配噪声", "assumption", least=0.02, most=0.45, plausible=(0.2, 0.45), kind="doubt",
    )
    match_conversion_cap_factor: float = given(
        4.0, "most that a good match multiplies the chance of an order", "匹配对转化的放大上限", "assumption",
        least=1, most=100, plausible=(2.0, 8.0), kind="doubt",
    )
    reserve_factor: float = given(
        0.2, "reserve price relative to the start click price", "底价（相对起始点击价）", "assumption", least=0, most=1,
        plausible=(0.0, 0.5), kind="doubt",
    )
    pricing: Literal["second_price", "first_price", "vickrey"] = given(
        "second_price", "how a click is priced: generalised second price, first price or Vickrey-Clarke-Groves",
        "计价方式：广义第二价格、第一价格或 VCG", "published: Edelman, Ostrovsky & Schwarz 2007", kind="fact",
    )
    advertisers_growth_share_per_year: float = given(
        0.6, "growth of the number of rivals", "对手数量年增长", "calibrated to: +33.9 % a year with value growth (source 004: 58.31 to 187.29 yuan in 4 years)",
        least=-0.9, most=1000, plausible=(0.0, 1.5), kind="doubt",
    )
    value_growth_share_per_year: float = given(
        0.136, "growth of what a click is worth to rivals", "对手点击价值年增长",
        "calibrated to: +33.9 % a year with 60 % more rivals (source 004: 58.31 to 187.29 yuan in 4 years)", least=-0.9, most=1000, plausible=(0.0, 0.4),
        kind="doubt",
    )
    budget_growth_share_per_year: float = given(
        0.339, "growth of rivals' daily budgets", "对手预算年增长", "assumption: in step with the price",
        least=-0.9, most=1000, plausible=(0.0, 0.7), kind="doubt",
    )
    clicks_growth_share_per_year: float = given(
        0.0, "growth of the clicks that the square gives; negative where attention gets scarcer", "公域流量供给年增长",
        "assumption: as much attention as on day 0", least=-0.9, most=100, plausible=(-0.2, 0.3), kind="doubt",
    )
    start_profit_factor: float = given(
        1.0, "what rivals earn on day 0 over what taking part costs them; above 1 the market is young", "对手起始利润与入场成本之比",
        "assumption: day 0 is the free-entry equilibrium (Levin & Smith 1994)", least=0.1, most=1000, plausible=(0.5, 5.0), kind="doubt",
    )
    entry_share_per_year: float = given(
        0.0, "growth of the number of rivals a year while they earn twice what taking part costs, and in proportion", "有超额利润时对手进入速度",
        "published form: entry while it pays (Levin & Smith 1994); value: assumption, growth is stated instead", least=0, most=100,
        plausible=(0.0, 3.0), kind="doubt",
    )
    exit_share_per_year: float = given(
        0.0, "shrinking of the number of rivals a year while they earn nothing beyond their clicks, and in proportion", "无利可图时对手退出速度",
        "published form: exit while it does not pay (Levin & Smith 1994); value: assumption, growth is stated instead", least=0, most=100,
        plausible=(0.0, 3.0), kind="doubt",
    )
    reinvested_share_per_year: float = given(
        0.0, "growth of rivals' budgets a year for every yuan that a yuan of advertising earns them", "对手利润再投入广告的力度",
        "assumption: budgets grow as stated and by nothing else", least=0, most=100, plausible=(0.0, 1.0), kind="doubt",
    )
    pool_innovation_share_per_year: float = given(
        0.0, "rivals without a private pool who build one a year on their own account", "对手自发建私域的年比例",
        "assumption: none does; published for durable goods: 0.03 (Bass 1969, mean of later studies)", least=0, most=10, plausible=(0.0, 0.1),
        kind="doubt",
    )
    pool_imitation_share_per_year: float = given(
        0.38, "rivals without a private pool who build one a year if all others had one", "对手模仿建私域的年比例",
        "published: 0.38 for durable goods (Bass 1969, mean of later studies)", least=0, most=10, plausible=(0.2, 0.8), kind="doubt",
    )
    pool_value_factor: float = given(
        1.5, "what a click is worth to a rival with a private pool, relative to one without", "有私域的对手点击价值倍数",
        "assumption: members earn half as much again later, after the cost of the pool", least=1, most=100, plausible=(1.0, 3.0), kind="doubt",
    )
    festivals: tuple[Festival, ...] = given(
        (), "dated shopping festivals, every year", "购物节", "assumption: none", max_length=12, kind="fact",
    )
    sampled_auctions_count: int = given(
        64, "auctions a day that are sampled to find clearing prices", "每日抽样拍卖次数",
        "assumption: sampling error of a day's mean price near 0.9 %", least=16, most=24_000, kind="device",
    )
    pacing_gain_level: float = given(
        0.2, "how strongly advertisers adjust their bids to spend a budget evenly", "预算平滑调节强度",
        "published form: multiplicative pacing (Balseiro & Gur 2019); value: assumption", least=0.001, most=0.6,
        plausible=(0.1, 0.4), kind="doubt",
    )


class Brand(Part):
    """What the brand decides: envelope, bidding, how it tends its pool. Strategies read these."""

    budget_cny_per_day: float = given(
        2000.0, "marketing envelope under every strategy; what a day leaves over carries to the next", "每日营销总预算",
        "assumption: a small brand", least=0, most=1e9, plausible=(500.0, 8000.0), kind="choice",
    )
    pool_costs: Literal["within_envelope", "on_top"] = given(
        "within_envelope", "whether the pool's costs and re-contacts displace advertisements (equal envelope) or come on top "
        "of them, so that every strategy wins the same customers", "私域成本：占用同一预算，或在广告预算之外另付",
        "assumption: every strategy has the same envelope", kind="choice",
    )
    bidding: Literal["spend_budget", "fixed_click_price", "lifetime_value"] = given(
        "spend_budget", "what limits the bid: the budget alone, a fixed click price, or what a customer turned out to be worth",
        "出价方式：花完预算、固定点击出价、按顾客终身价值出价", "assumption: most small brands spend their budget", kind="choice",
    )
    fixed_bid_cny: float = given(2.0, "highest bid per click under fixed_click_price", "固定点击出价", "assumption", least=1e-6,
                                 most=1_000_000, kind="choice")
    later_margin_weight_share: float = given(
        1.0, "share of what earlier cohorts went on to earn that a lifetime-value bid dares", "终身价值出价的胆量",
        "assumption", least=0, most=3, plausible=(0.5, 1.5), kind="choice",
    )
    pool_budget_share: float = chance(
        0.3, "most of the envelope that the hybrid strategy gives to its pool", "混合策略中私域预算上限", "assumption", (0.1, 0.6), kind="choice",
    )
    touches_per_month: float = given(
        7.0, "messages to every member a month", "每月触达次数", "published: optimum of 7 e-mails (Zhang, Kumar & Cosguner 2017)",
        least=0, most=240, plausible=(2.0, 15.0), kind="choice",
    )
    offer_share: float = chance(
        0.5, "of messages, how many have something to sell", "促销类触达占比", "assumption", (0.2, 0.8), kind="choice",
    )
    offer_discount_share: float = chance(
        0.1, "price cut that an offer gives", "促销折扣力度", "assumption", (0.0, 0.3), kind="choice",
    )
    offer_valid_days: int = given(
        3, "days for which a seen offer's price cut holds, also for orders that would have come anyway", "优惠有效天数",
        "assumption", least=0, most=60, plausible=(1, 7), kind="choice",
    )
    gift_cny: float = given(
        3.0, "gift for joining the pool", "入池礼成本", "source 002: 3 yuan back", least=0, most=100_000, plausible=(0.0, 10.0), kind="choice",
    )
    target_cac_cny: float = given(
        60.0, "the strategy target_cac pays about so much for a new customer by advertisement", "目标获客成本",
        "assumption: a little below what the baseline pays", least=0.01, most=1_000_000, plausible=(20.0, 200.0), kind="choice",
    )
    new_customer_coupon_cny: float = given(
        0.0, "price cut on a first order for people who never bought", "新客券面额",
        "assumption: none in the baseline; 30 yuan is usual for beauty", least=0, most=1_000_000, plausible=(0.0, 50.0), kind="choice",
    )
    coupon_leak_share: float = chance(
        0.0, "repeat orders that get the newcomers' coupon all the same", "新客券被老客领用的比例",
        "assumption: none; 0.05 leak where tags are poor (source 000: old customers must not get them)", (0.0, 0.2), kind="doubt", who="log",
    )
    points_earned_share: float = chance(
        0.0, "points that an order of a member earns, as a share of what was paid; a point pays a fen", "积分返点：会员订单实付金额的比例（1 积分抵 1 分钱）",
        "assumption: none in the baseline; source 001: membership", (0.0, 0.1), kind="choice",
    )
    points_order_share: float = chance(
        0.3, "most of an order that can be paid with points", "单笔订单积分最高抵扣比例", "assumption", (0.1, 1.0), kind="choice",
    )
    cart_recovered_chance: float = chance(
        0.0, "a message about a cart left behind brings the order after all", "弃购提醒挽回下单的概率",
        "assumption: none in the baseline; source 001: SMS to abandoned carts", (0.0, 0.1), kind="doubt", who="pilot",
    )
    cart_message_cny: float = given(
        0.04, "what such a message costs", "弃购提醒单条费用", "assumption: a text message", least=0, most=1000, plausible=(0.02, 0.1), kind="fact",
    )
    deduplicates: bool = given(
        False, "a member gets one message a day at most, however many channels it follows", "跨渠道去重（每人每天至多一条）",
        "assumption: one click sends to every channel; source 001: tags and audience packages deduplicate", kind="choice",
    )
    remove_after_days: int = given(
        90, "members without a seen message or an order for so long are removed", "无互动多少天后清理",
        "assumption: decides whether service cost is bearable", least=7, most=10_000, plausible=(60, 365), kind="choice",
    )


class Entrance(Part):
    """Another way into the pool than the invitation in the parcel, for newcomers who meet it."""

    name: str = given(..., "name of the entrance", "名称", "scenario", min_length=1, max_length=60, kind="device")
    met_by: Literal["everybody", "clickers", "visitors", "friends"] = given(
        "everybody", "newcomers who may meet it, by how they came: by a paid click, by themselves, or invited by a friend",
        "哪类新客会遇到：全部、广告点击、自来、好友邀请", "assumption", kind="choice",
    )
    newcomers_share: float = given(
        ..., "of these, how many meet it, unless they met one above it in the list", "其中遇到该入口的比例", "scenario", least=0, most=1,
        plausible=(0.1, 1.0), kind="doubt", who="pilot",
    )
    invitation_seen_chance: float = chance(0.8, "who meets it notices the invitation", "看到入池邀请的概率", "assumption: as in the parcel", (0.3, 1.0), kind="doubt", who="pilot")
    accept_factor: float = given(
        1.0, "accepting without a gift, relative to the invitation in the parcel", "无礼品接受率的倍数", "assumption: the same", least=0, most=100,
        plausible=(0.5, 1.6), kind="doubt", who="pilot",
    )
    engagement_factor: float = chance(
        1.0, "intent: start engagement of who joins here, relative to others", "入池意愿：初始活跃度系数", "assumption: the same", (0.4, 1.0),
        kind="doubt", who="pilot",
    )
    joiner_cny: float = given(
        0.0, "what each joiner costs beside the gift: a bonus for staff, print", "每名入池者的额外成本（店员提成、物料）", "assumption: nothing", least=0,
        most=100_000, plausible=(0.0, 5.0), kind="fact",
    )


class Door(Part):
    """From public to private: who is asked to join, and who does."""

    invitation_seen_chance: float = chance(
        0.8, "a first order's buyer notices the invitation (parcel card, QR, counter staff)", "看到入池邀请的概率",
        "calibrated to: 0.5 join at a gift of 3 yuan (source 000: 500 of 1,000 buyers)", (0.2, 1.0), kind="doubt", who="pilot",
    )
    accept_without_gift_chance: float = chance(
        0.5, "who notices joins without any gift", "无礼品时接受邀请的概率",
        "calibrated to: 0.5 join at a gift of 3 yuan (source 000)", (0.1, 0.8), kind="doubt", who="pilot",
    )
    half_gift_cny: float = given(
        9.0, "gift that wins half of those who would not join without one", "让一半犹豫者接受的礼品金额",
        "calibrated to: 0.5 join at a gift of 3 yuan (source 000)", least=0.01, most=100_000, plausible=(3.0, 30.0), kind="doubt", who="pilot",
    )
    gift_joiner_engagement_factor: float = chance(
        1.0, "start engagement of those who join for the gift alone, relative to others", "为礼品入池者的初始活跃度系数",
        "assumption: 1 is no difference; costly gifts attract low intent", (0.3, 1.0), kind="doubt", who="pilot",
    )
    entrances: tuple[Entrance, ...] = given(
        (), "entrances beside the invitation in the parcel", "包裹卡之外的其他入口", "assumption: none in the baseline", max_length=8, kind="choice",
    )
    first_step: Literal["account", "channel"] = given(
        "account", "what a newcomer is asked into first: the pool's own account, or the first further channel (group first)",
        "入池第一步：先加账号，或先进第一个其他渠道（先进群）", "assumption: the account first; source 001: in education, group first", kind="choice",
    )
    second_step_chance: float = chance(
        0.6, "who came in by a group adds the pool's own account too", "先进群者再加账号的概率", "assumption", (0.3, 0.9), kind="doubt", who="pilot",
    )
    channel_first_accept_factor: float = given(
        1.3, "accepting without a gift where the first step is into a group, relative to adding an account", "先进群时无礼品接受率的倍数",
        "source 001: group first, then the account: +30 % in education; that it is all due to this step is an assumption",
        least=0, most=100, plausible=(1.0, 1.6), kind="doubt", who="pilot",
    )
    consent_share: float = chance(
        1.0, "of those who accept, how many agree to be written to; the law asks for it", "同意接收信息的比例",
        "assumption: joining is consent", (0.6, 1.0), kind="doubt", who="pilot",
    )
    self_selection_share: float = chance(
        0.5, "how strongly the chance to join follows a person's need rate", "自选择强度（高需求者更愿加入）", "assumption",
        (0.0, 1.0), kind="doubt", who="pilot",
    )


class Channel(Part):
    """A channel beside the pool's own, which some members follow too. What it does not state is usual for its kind."""

    kind: Literal[
        "personal_account", "enterprise_account", "group", "official_account", "mini_program", "app", "sms"
    ] = given(..., "what kind of channel it is: decides whose house it is, and what is not stated", "渠道类型", "scenario", kind="choice")
    member_share: float = given(
        ..., "members who follow it as well", "同时关注该渠道的成员比例", "scenario", least=0, most=1, plausible=(0.1, 0.9), kind="fact", who="log",
    )
    accessibility_chance: float | None = given(
        None, "accessibility: a fully engaged member sees a message there", "可触达性（A）：完全活跃成员的触达率",
        "assumption: usual for its kind", least=0, most=1, plausible=(0.1, 0.8), kind="doubt", who="log",
    )
    persona_share: float | None = given(
        None, "persona: what is left of a message's effect on the tie; 1 from a person, 0 from a service desk",
        "人设（I）：消息增进关系的效果", "assumption: usual for its kind", least=0, most=1, plausible=(0.0, 1.0), kind="doubt",
    )
    leave_factor: float | None = given(
        None, "endurance: leaving after a seen message, relative to the pool's own channel", "持久性（E）：看到消息后退出的倍数",
        "assumption: usual for its kind", least=0, most=1000, plausible=(0.5, 3.0), kind="doubt", who="log",
    )
    account_members_count: int | None = given(
        None, "members whom one account holds", "单账号容量", "assumption: usual for its kind", least=1, most=1_000_000_000, kind="fact",
    )
    message_cny: float | None = given(
        None, "what the channel charges for a message", "单条消息费用", "assumption: usual for its kind; a text message 0.04 yuan",
        least=0, most=1000, plausible=(0.0, 0.1), kind="fact",
    )
    half_life_days: float = given(
        0.0, "days in which members come to read it half as much, since they came or since it was opened anew; 0 is never",
        "渠道（群）阅读减半的天数，自入群或换新群起；0 为不衰减", "assumption: it endures; source 002: groups die, prefer short-lived ones",
        least=0, most=100_000, plausible=(0.0, 60.0), kind="doubt", who="log",
    )
    folded_share_per_month: float = given(
        0.0, "its members who fold it away each month and see nothing there any more, until it is opened anew", "每月折叠该群的成员比例（之后看不到，换新群后恢复）",
        "assumption: none; source 002: groups can be folded, muted, left", least=0, most=31, plausible=(0.0, 0.3), kind="doubt",
    )
    removes_lurkers_after_days: int = given(
        0, "the brand takes out who neither opened nor ordered for so many days, to save seats and charges; 0 is never",
        "多少天无互动即清理出群（潜水成员）；0 为不清理", "assumption: none; source 002: remove lurkers", least=0, most=10_000, plausible=(0, 90),
        kind="choice",
    )
    opens_every_days: int = given(
        0, "days from one opening to the next, each a fresh group; 0 is once and for good", "每隔多少天换新群；0 为长期群",
        "assumption: opened once", least=0, most=3650, plausible=(0, 90), kind="choice",
    )
    open_days: int = given(
        0, "days after each opening on which it is dissolved; 0 is not before the next opening", "每次开群后多少天解散（快闪群）；0 为不解散",
        "assumption: it stays; source 002: prefer short-lived groups", least=0, most=3650, plausible=(0, 14), kind="choice",
    )

    @property
    def endures(self) -> bool:
        """Whether it neither grows old nor is cleared of lurkers nor opened for some days only."""
        return not (self.half_life_days or self.folded_share_per_month or self.removes_lurkers_after_days or self.open_days)

    @property
    def vector(self) -> Vector:
        """What the channel is, with what it does not state as usual for its kind."""
        own = {name: getattr(self, name) for name in STATED_OF_CHANNELS}
        return USUAL[self.kind]._replace(**{name: value for name, value in own.items() if value is not None})


class Pool(Part):
    """The pool: attention is owned, and can be worn out."""

    engagement_half_life_days: float = given(
        45.0, "days in which engagement halves without contact, in a lively pool and without a tie", "活跃度半衰期",
        "assumption: beauty", least=1, most=10_000, plausible=(20.0, 90.0), kind="doubt", who="log",
    )
    start_engagement_level: float = chance(0.6, "engagement of a new member", "新成员初始活跃度", "assumption", (0.4, 0.8), kind="doubt")
    start_tie_level: float = chance(0.4, "tie of a new member", "新成员初始关系强度", "assumption", (0.2, 0.6), kind="doubt")
    order_engagement_share: float = chance(
        0.35, "part of the missing engagement that an order restores", "下单恢复活跃度的比例", "assumption", (0.1, 0.6), kind="doubt",
    )
    quiet_forgetting_factor: float = chance(
        0.3, "half-life in a pool without any life, relative to a lively one", "死水池的半衰期系数",
        "calibrated to: activity halves within two quarters without inflow (source 004)", (0.1, 0.6), kind="doubt",
    )
    tie_half_life_share: float = given(
        0.5, "how much a full tie lengthens the half-life", "关系强度延长半衰期的比例", "assumption", least=0, most=10,
        plausible=(0.2, 1.0), kind="doubt",
    )
    liveliness_window_days: float = given(
        14.0, "memory of the pool's liveliness", "池子活力的记忆天数", "assumption", least=1, most=365, plausible=(7.0, 30.0), kind="doubt",
    )
    liveliness_join_factor: float = given(
        100.0, "a join enlivens as much as so many seen messages", "一次新加入相当于多少次互动",
        "calibrated to: activity halves within two quarters without inflow (source 004)", least=0, most=10_000,
        plausible=(30.0, 300.0), kind="doubt",
    )
    liveliness_half_level: float = given(
        0.14, "interactions per member and day that make a pool half lively", "半活力所需人均互动", "calibrated to: the same",
        least=0.0001, most=100, plausible=(0.05, 0.3), kind="doubt",
    )
    accessibility_chance: float = chance(
        0.78, "a fully engaged member sees a message", "触达率（完全活跃成员）", "assumption", (0.5, 0.95), kind="doubt", who="log",
    )
    seen_floor_share: float = chance(
        0.235, "of that, what is left for a member without engagement", "零活跃成员的触达比例", "assumption", (0.1, 0.4), kind="doubt", who="log",
    )
    muted_seen_factor: float = chance(
        0.02, "what muting leaves of the chance to see a message", "免打扰后的触达系数",
        "calibrated to: muting must end the gain from flooding", (0.0, 0.03), kind="doubt",
    )
    content_value_share: float = chance(0.7, "value of a content message; the rest is noise", "内容触达的价值", "assumption", (0.5, 0.9), kind="doubt")
    offer_value_share: float = chance(0.5, "value of an offer; the rest is noise", "促销触达的价值", "assumption", (0.3, 0.7), kind="doubt")
    touch_engagement_share: float = chance(
        0.225, "part of the missing engagement that a fully valuable seen message restores", "一次有价值触达恢复活跃度的比例",
        "calibrated to: profit against frequency (Zhang, Kumar & Cosguner 2017)", (0.1, 0.4), kind="doubt", who="pilot",
    )
    fatigue_half_life_days: float = given(
        14.0, "days in which fatigue halves", "疲劳半衰期", "assumption: beauty", least=0.5, most=1000, plausible=(7.0, 30.0),
        kind="doubt", who="pilot",
    )
    fatigue_blunts_level: float = given(
        1.32, "fatigue at which a message has half its effect", "触达效果减半的疲劳水平",
        "calibrated to: profit against frequency (Zhang, Kumar & Cosguner 2017)", least=0.001, most=1000, plausible=(0.8, 2.0), kind="doubt", who="pilot",
    )
    fatigue_leaves_level: float = given(
        2.15, "fatigue at which leaving is twice as likely", "退出概率翻倍的疲劳水平",
        "calibrated to: profit against frequency (Zhang, Kumar & Cosguner 2017)", least=0.001, most=1000, plausible=(1.0, 4.0), kind="doubt", who="pilot",
    )
    leave_per_seen_chance: float = chance(
        0.003, "a rested member leaves after a seen message", "每次看到触达后的退出率",
        "published: unsubscribe rates of commercial e-mail are near 0.3 %", (0.001, 0.01), kind="doubt", who="log",
    )
    mute_per_leave_factor: float = given(
        3.0, "muting is so many times as likely as leaving", "免打扰与退出之比", "assumption", least=0, most=100, plausible=(1.0, 6.0), kind="doubt",
    )
    base_leave_chance_per_month: float = chance(
        0.015, "a member leaves for no reason", "每月自然退出率", "assumption: beauty", (0.005, 0.03), kind="doubt", who="log",
    )
    content_tie_share: float = chance(
        0.06, "part of the missing tie that a seen, fully valuable content message builds", "内容触达增进关系的比例", "assumption",
        (0.02, 0.12), kind="doubt",
    )
    offer_tie_share: float = chance(0.05, "part of the tie that a seen offer wears off", "促销触达消耗关系的比例", "assumption", (0.02, 0.1), kind="doubt")
    offer_order_chance: float = chance(
        0.0255, "extra order after a seen offer, for a rested member with a full tie", "看到促销后的额外下单率",
        "calibrated to: profit against frequency (Zhang, Kumar & Cosguner 2017); 0 for goods nobody buys on impulse",
        (0.0, 0.04), kind="doubt", who="pilot",
    )
    content_order_factor: float = chance(
        0.25, "extra orders after a seen content message, relative to an offer", "内容触达额外下单（相对促销）", "assumption",
        (0.0, 0.5), kind="doubt", who="pilot",
    )
    weak_tie_order_factor: float = chance(
        0.3, "extra orders of a member without a tie, relative to a full tie", "弱关系成员额外下单系数", "assumption", (0.1, 0.6), kind="doubt",
    )
    capture_level: float = given(
        1.5, "chance that the pool catches a need is this times engagement squared, at most 1", "私域承接需求的强度",
        "calibrated to: members' repeat orders x 1.15 to 1.35 (published: a community lifts members' revenue by about 1.235)", least=0, most=10, plausible=(0.8, 2.0),
        kind="doubt", who="pilot",
    )
    exit_reduction_share: float = chance(
        0.3, "a fully engaged member's exit rate is lower by this", "高活跃降低流失的比例",
        "calibrated to: members' repeat orders x 1.15 to 1.35 (published: a community lifts members' revenue by about 1.235)", (0.0, 0.6),
        kind="doubt",
    )
    price_premium_share: float = given(
        0.0, "price premium on orders caught by the pool, at a full tie", "强关系溢价", "assumption: none; one source promises it",
        least=0, most=1, plausible=(0.0, 0.1), kind="doubt", who="pilot",
    )
    points_return_share: float = chance(
        0.1, "needs of members with points that would not come back by themselves, and do because of the balance",
        "持有积分的成员主动回来的比例（原本不会自己回来的需求）", "assumption", (0.0, 0.3), kind="doubt", who="pilot",
    )
    service_cny_per_month: float = given(
        0.5, "staff cost per member", "每名成员每月服务成本",
        "assumption: 0.2 to 1.6; one operator of 8,000 yuan a month per 5,000 members (source 004: an account holds 5,000) is 1.6", least=0, most=100_000,
        plausible=(0.2, 1.6), kind="fact",
    )
    channels: tuple[Channel, ...] = given(
        (), "channels beside the pool's own, on which members may be too", "私域主渠道之外的其他渠道", "assumption: none in the baseline",
        max_length=MOST_CHANNELS - 1, kind="choice",
    )


class Tags(Part):
    """Lifecycle tags: what the brand makes of the members' dates and counts, and whom its messages and price cuts go to."""

    new_days: int = given(30, "days for which a member is tagged new", "“新成员”标签天数", "assumption", least=0, most=3650, plausible=(7, 60), kind="choice")
    due_after_days: int = given(
        30, "days without an open or an order after which a member is tagged due", "“待唤醒”标签：无互动天数", "assumption", least=1,
        most=3650, plausible=(14, 60), kind="choice",
    )
    silent_after_days: int = given(
        60, "days without an open or an order after which a member is tagged silent", "“沉默”标签：无互动天数", "assumption", least=1,
        most=3650, plausible=(30, 120), kind="choice",
    )
    loyal_orders_count: int = given(
        3, "orders from which on an active member is tagged loyal", "“忠诚”标签：订单数", "assumption", least=1, most=60_000, plausible=(2, 6),
        kind="choice",
    )
    error_chance: float = chance(
        0.0, "a member's tag is drawn at random for a month, whatever it deserves", "标签出错概率", "assumption: none in the baseline", (0.0, 0.4),
        kind="doubt", who="log",
    )
    new_touch_share: float = chance(1.0, "plain messages that go to who is tagged new", "发给“新成员”的触达比例", "assumption: all", (0.3, 1.0), kind="choice")
    active_touch_share: float = chance(1.0, "plain messages that go to who is tagged active", "发给“活跃”成员的触达比例", "assumption: all", (0.3, 1.0), kind="choice")
    due_touch_share: float = chance(1.0, "plain messages that go to who is tagged due", "发给“待唤醒”成员的触达比例", "assumption: all", (0.3, 1.0), kind="choice")
    loyal_touch_share: float = chance(1.0, "plain messages that go to who is tagged loyal", "发给“忠诚”成员的触达比例", "assumption: all", (0.3, 1.0), kind="choice")
    silent_touch_share: float = chance(1.0, "plain messages that go to who is tagged silent", "发给“沉默”成员的触达比例", "assumption: all", (0.0, 1.0), kind="choice")
    coupons_for: tuple[Literal["new", "active", "due", "loyal", "silent"], ...] = given(
        TAGS, "tags whose members get the price cut of an offer", "哪些标签的成员享受促销折扣", "assumption: all", max_length=len(TAGS),
        kind="choice",
    )
    uncut_order_factor: float = chance(
        0.6, "extra orders after an offer without the price cut, relative to one with it", "无折扣促销的额外下单系数", "assumption", (0.3, 1.0),
        kind="doubt", who="pilot",
    )
    relevance_gain_share: float = chance(
        0.0, "part of a message's noise that writing it for a tag removes, and of its value that a wrong tag costs", "按标签定制内容的增益",
        "assumption: none in the baseline; source 003: precision is an advantage of private traffic", (0.0, 0.4), kind="doubt", who="pilot",
    )

    @property
    def touch_shares(self) -> tuple[float, ...]:
        """Plain messages that go to each tag, in the order of TAGS."""
        return tuple(getattr(self, f"{name}_touch_share") for name in TAGS)


class Calendar(Part):
    """Messages beyond the plain ones: a scripted welcome, events, one-to-one care, winning back the silent."""

    onboarding_days: tuple[Annotated[int, Field(ge=0, le=52)], ...] = given(
        (), "days after joining on which a new member gets a scripted message; day 0 is the first morning", "新成员培育日程",
        "assumption: none in the baseline; source 002: days 0, 2, 7, 15, 30", max_length=53, kind="choice",
    )
    event_every_days: int = given(
        0, "days from one event (flash sale, group buy, live class) to the next; 0 is no events", "活动间隔天数",
        "assumption: none in the baseline; source 002: a weekly rhythm", least=0, most=3650, plausible=(0, 30), kind="choice",
    )
    event_value_share: float = chance(0.6, "value of an event to who sees it; the rest is noise", "活动的价值", "assumption", (0.4, 0.9), kind="doubt")
    event_tie_share: float = chance(0.03, "part of the missing tie that a seen event builds", "活动增进关系的比例", "assumption", (0.0, 0.1), kind="doubt")
    event_order_chance: float = chance(
        0.04, "extra order after a seen event, for a rested member with a full tie", "看到活动后的额外下单率", "assumption", (0.0, 0.1),
        kind="doubt", who="pilot",
    )
    event_cny: float = given(200.0, "what an event costs to hold", "单场活动成本", "assumption", least=0, most=1e9, plausible=(0.0, 2000.0), kind="fact")
    care_contacts_per_day: float = given(
        0.0, "members who are cared for one to one each day, in turn", "每日一对一关怀人数", "assumption: none in the baseline",
        least=0, most=1e9, plausible=(0.0, 500.0), kind="choice",
    )
    care_value_share: float = chance(0.9, "value of care", "关怀的价值", "assumption", (0.7, 1.0), kind="doubt")
    care_tie_share: float = chance(0.15, "part of the missing tie that care builds", "关怀增进关系的比例", "assumption", (0.05, 0.3), kind="doubt")
    care_cny: float = given(1.5, "staff cost of one contact: some minutes", "单次关怀人工成本", "assumption: 40 yuan an hour", least=0,
                            most=1e6, plausible=(0.5, 10.0), kind="fact")
    win_back_contacts_per_day: float = given(
        0.0, "inactive members who are reached again through the public side each day, in turn", "每日召回沉默成员人数",
        "assumption: none in the baseline; source 004: platforms let traffic go private and come back", least=0, most=1e9,
        plausible=(0.0, 500.0), kind="choice",
    )
    win_back_cny: float = given(0.4, "price of one such contact, cheaper than a click", "单次召回成本", "assumption", least=0, most=1e6,
                                plausible=(0.1, 2.0), kind="fact")
    win_back_value_share: float = chance(0.6, "value of such a contact", "召回触达的价值", "assumption", (0.3, 0.8), kind="doubt", who="pilot")


class Content(Part):
    """Natural traffic: content that is found, a stock that decays, and members who post."""

    seeding_cny_per_day: float = given(
        0.0, "spent on content that people find (notes, videos, key opinion customers)", "每日种草投入", "assumption: none in the baseline",
        least=0, most=1e9, plausible=(0.0, 500.0), kind="choice",
    )
    visits_per_cny: float = given(
        0.5, "visits over its life that a yuan of content brings", "每元种草带来的访问数", "assumption: as a click of 2 yuan", least=0, most=1e6,
        plausible=(0.1, 2.0), kind="doubt", who="pilot",
    )
    half_life_days: float = given(60.0, "days in which the pull of content halves", "种草效果半衰期", "assumption", least=1, most=10_000,
                                  plausible=(14.0, 180.0), kind="doubt", who="log")
    post_visits_per_day: float = given(
        0.0, "visits a day that one active member's posts bring", "每名活跃成员晒单带来的日访问数", "assumption: none in the baseline",
        least=0, most=1000, plausible=(0.0, 0.01), kind="doubt", who="log",
    )


class PlatformEvent(Part):
    """A dated act of the platform."""

    day: int = given(..., "counted day on which it happens", "发生日（计入期）", "scenario", least=0, most=3650, kind="doubt")
    lost_accounts_share: float = given(..., "accounts that are taken away, with their members", "被封账号占比", "scenario", least=0, most=1, kind="doubt")
    reach_cut_days: int = given(
        0, "days for which it cuts the brand's reach, that day included, as a sanction does", "触达被削减的天数（含当日）",
        "assumption: no cut", least=0, most=3650, kind="doubt",
    )


class Platform(Part):
    """Whose house it is: accounts, operators, bans, sanctions, its share of private sales."""

    account_members_count: int = given(
        5000, "members whom one account holds", "单账号容量", "source 004: 5,000 friends an account", least=1, most=10_000_000, plausible=(5000, 10_000),
        kind="fact",
    )
    account_cny_per_month: float = given(
        0.0, "cost of an account and its tools", "每账号每月成本（含工具席位）", "assumption: none in the baseline", least=0, most=1e6, plausible=(0.0, 500.0),
        kind="fact",
    )
    operator_members_count: int = given(
        1, "members whom one operator tends; operators are hired whole", "每名运营服务的成员数",
        "assumption: 1 lets staff cost grow smoothly; one operator tends 5,000", least=1, most=10_000_000, plausible=(1, 5000), kind="fact",
    )
    automation_share: float = chance(
        0.0, "staff cost that software saves", "自动化节省的人力比例", "assumption: none in the baseline", (0.0, 0.6), kind="choice",
    )
    bans_per_year: float = given(
        0.0, "how often a fully automated account is taken away; in proportion to automation", "全自动账号每年被封次数",
        "assumption: none in the baseline", least=0, most=365, plausible=(0.0, 4.0), kind="doubt",
    )
    recovered_share: float = chance(0.3, "members of a lost account who can be won again", "封号后可找回成员比例", "assumption", (0.1, 0.6), kind="doubt")
    events: tuple[PlatformEvent, ...] = given((), "dated acts of the platform", "平台事件", "assumption: none in the baseline", max_length=50, kind="doubt")
    commission_share: float = chance(
        0.0, "share of private sales that the platform takes", "平台对私域成交的抽成", "assumption: none in the baseline", (0.0, 0.1), kind="fact",
    )
    sanction_chance_per_month: float = chance(
        0.0, "chance a month to be sanctioned for induced sharing or for rewards beyond two tiers", "诱导分享或超两级分佣被处罚的月概率",
        "assumption: none in the baseline; rule of 2019-05-13", (0.0, 0.5), kind="doubt",
    )
    reach_cut_share: float = chance(
        0.5, "reach that the first sanction takes for a month; further ones take a tenth of the accounts too", "处罚期触达削减比例",
        "assumption", (0.2, 0.9), kind="doubt",
    )


class WordOfMouth(Part):
    """Members who tell others; invitees come without an advertisement."""

    invitations_level: float = given(
        0.3, "invitations per order of a fully engaged member with average habits", "每单邀请强度",
        "calibrated to: realised R0 near 0.10, because real cascades are shallow", least=0, most=100, plausible=(0.0, 1.0), kind="doubt", who="pilot",
    )
    inviter_gamma_shape: float = given(
        0.05, "shape of the Gamma distribution of the habit to invite (mean 1): few invite most", "邀请倾向的伽马形状参数",
        "calibrated to: of forty first fans, about half stay quiet and a few grow famous (source 000)",
        least=0.02, most=1000, plausible=(0.03, 0.5), kind="doubt", who="log",
    )
    invitee_order_chance: float = chance(
        0.3, "an invitee who is new orders the next day", "被邀请者首单转化率", "assumption", (0.1, 0.5), kind="doubt", who="pilot",
    )
    neighbours_count: int = given(
        150, "people whom one person can invite", "可邀请的邻居数", "assumption: Dunbar's number", least=2, most=10_000,
        plausible=(50, 500), kind="doubt",
    )
    rewired_share: float = chance(
        0.9, "neighbours who live anywhere instead of next door", "随机连接占比",
        "assumption: on a tight ring cascades stifle themselves", (0.1, 1.0), kind="doubt",
    )
    reward_cny: float = given(
        0.0, "reward for who brought a new buyer; induces invitations", "推荐奖励", "assumption: none in the baseline; 10 yuan for beauty",
        least=0, most=1_000_000, plausible=(0.0, 30.0), kind="choice",
    )
    reward_tiers_count: int = given(
        1, "how many generations above a new buyer are rewarded; more than two are against the rules", "分佣层级",
        "source 004: no more than two tiers", least=1, most=3, kind="choice",
    )
    next_tier_share: float = chance(0.3, "reward of each further tier, relative to the one below", "上一级奖励比例", "assumption", (0.1, 0.5), kind="choice")
    induced_factor: float = given(
        3.0, "most by which rewards multiply invitations, less one", "奖励对邀请的最大增幅", "assumption", least=0, most=100, plausible=(1.0, 6.0),
        kind="doubt", who="pilot",
    )
    half_reward_cny: float = given(10.0, "reward that brings half of that", "达到一半增幅的奖励金额", "assumption", least=0.01, most=1_000_000,
                                   plausible=(5.0, 50.0), kind="doubt", who="pilot")
    referred_exit_factor: float = given(
        0.82, "exit rate of referred customers, relative to others", "被推荐顾客的流失率系数",
        "published: Schmitt, Skiera & Van den Bulte 2011", least=0, most=10, plausible=(0.7, 1.0), kind="doubt", who="log",
    )
    referred_need_factor: float = given(
        1.18, "need rate of referred customers, relative to others", "被推荐顾客的需求率系数",
        "calibrated to: referred customers are worth about 16 % more (Schmitt et al. 2011)", least=0, most=10,
        plausible=(1.0, 1.3), kind="doubt", who="log",
    )


class Switches(Part):
    """Mechanisms that can be turned off, to see what each does."""

    price_growth: bool = given(True, "rivals grow in number, value and budgets, until the last counted day", "竞价上涨", "assumption", kind="device")
    attention_growth: bool = given(True, "the clicks that the square gives grow or shrink, until the last counted day", "流量供给变化", "assumption", kind="device")
    rival_entry: bool = given(True, "rivals come while it pays, and go when it does not", "对手进出", "assumption", kind="device")
    rival_reinvestment: bool = given(True, "rivals put what they earn back into their budgets", "对手利润再投入", "assumption", kind="device")
    rival_pools: bool = given(True, "rivals build private pools of their own and bid accordingly", "对手建私域", "assumption", kind="device")
    festivals: bool = given(True, "festivals take place", "购物节", "assumption", kind="device")
    lifetime_value_bidding: bool = given(True, "lifetime_value bids count later margins", "终身价值出价", "assumption", kind="device")
    pool_capture: bool = given(True, "the pool catches members' needs", "私域承接需求", "assumption", kind="device")
    touch_effects: bool = given(True, "seen messages do something", "触达效果", "assumption", kind="device")
    forgetting: bool = given(True, "engagement decays", "遗忘", "assumption", kind="device")
    liveliness: bool = given(True, "a quiet pool forgets faster", "池子活力", "assumption", kind="device")
    fatigue: bool = given(True, "messages tire", "疲劳", "assumption", kind="device")
    silent_exit: bool = given(True, "customers leave for good without a word", "静默流失", "assumption", kind="device")
    referral: bool = given(True, "members invite others", "转介绍", "assumption", kind="device")
    buy_back: bool = given(True, "needs can be bought back by a paid re-contact", "付费召回", "assumption", kind="device")
    self_selection: bool = given(True, "frequent buyers join more readily", "自选择", "assumption", kind="device")
    onboarding: bool = given(True, "new members get a scripted welcome", "新成员培育", "assumption", kind="device")
    events: bool = given(True, "events are held", "活动", "assumption", kind="device")
    care: bool = given(True, "members are cared for one to one", "一对一关怀", "assumption", kind="device")
    win_back: bool = given(True, "inactive members are reached again through the public side", "沉默召回", "assumption", kind="device")
    content_seeding: bool = given(True, "content brings natural traffic", "内容种草", "assumption", kind="device")
    rewards: bool = given(True, "referrals are rewarded", "推荐奖励", "assumption", kind="device")
    coupons: bool = given(True, "newcomers get a coupon", "新客券", "assumption", kind="device")
    channels: bool = given(True, "the pool has further channels", "多渠道", "assumption", kind="device")
    group_life: bool = given(True, "groups grow old, are folded, cleared of lurkers, dissolved and opened anew", "群的生命周期", "assumption", kind="device")
    entrances: bool = given(True, "newcomers may meet other entrances than the invitation in the parcel", "多种入口", "assumption", kind="device")
    cart_messages: bool = given(True, "who leaves a cart behind gets a message", "弃购短信", "assumption", kind="device")
    order_of_steps: bool = given(True, "newcomers may be asked into a group before the account", "入池步骤顺序", "assumption", kind="device")
    points: bool = given(True, "members earn points and spend them", "会员积分", "assumption", kind="device")
    tags: bool = given(True, "messages go by tags", "生命周期标签", "assumption", kind="device")
    lookalikes: bool = given(True, "what a pool teaches improves public targeting", "私域数据反哺投放", "assumption", kind="device")
    quality_erosion: bool = given(True, "advertisements that eat the margin wear down quality", "广告侵蚀品质", "assumption", kind="device")
    platform_rules: bool = given(True, "the platform takes accounts, reach and a commission", "平台规则", "assumption", kind="device")


DEVICE: dict[str, Any] = {"kind": "device"}
"""What a scenario says about itself is no assumption about the world."""

Title = Annotated[str, Field(min_length=1, max_length=300)]


class Expectation(Part):
    """What is expected of a scenario, so that it can be tested: a metric of a strategy, against another strategy or world."""

    strategy: Word = given("hybrid", "the strategy that is looked at", "策略", "scenario", kind="device")
    metric: Word = given("profit_cny", "the metric that is looked at", "指标", "scenario", kind="device")
    direction: Literal["higher", "lower", "same"] = given("higher", "what it is", "预期方向", "scenario", kind="device")
    than: tuple[Setting, ...] = given(
        ..., "than in this other world, as key=value; strategy=NAME is another strategy", "对照（键=值）", "scenario", max_length=20, kind="device",
    )
    unless: tuple[Setting, ...] = given(
        ..., "changes of both worlds under which it no longer holds, as key=value", "去掉哪个机制后不再成立（键=值）", "scenario",
        min_length=1, max_length=20, kind="device",
    )


EVIDENCE = (
    Evidence(
        metric="repurchase_share", strategy="public_only", low=0.2, high=0.45, informs=("market.need_", "market.exit_"),
        source="Metrilo: 28 % of customers order again on average, beauty 26 %, pets 31.5 %; a vendor's own clients, so 20 to 45 %",
    ),
    Evidence(
        metric="members_own_effect", strategy="hybrid", against="public_only", low=1.15, high=1.35,
        informs=("pool.capture_level", "pool.exit_reduction_share"),
        source="published: a community lifts members' revenue by about 1.235, so repeat orders x 1.15 to 1.35",
    ),
    Evidence(
        metric="monthly_loss_share", strategy="hybrid", low=0.0126, high=0.098,
        informs=("pool.base_leave_chance_per_month", "pool.leave_per_seen_chance"),
        source="seven messages a month; of a message sent, 0.18 % leave by e-mail (BS&Co 2026) and up to 1.4 % by SMS (Klaviyo 2024, Tatango)",
    ),
    Evidence(
        metric="engaged_without_inflow_share", strategy="hybrid", high=0.5,
        informs=("pool.quiet_forgetting_factor", "pool.liveliness_", "pool.engagement_half_life_days"),
        source="source 004: a pool without inflow halves its activity within two quarters",
    ),
)
"""What is known of pools and of repeat orders whatever a brand's own numbers are; it holds until a reader knows these."""


class Scenario(Part):
    """One complete set of assumptions, frozen before day one."""

    __iter__ = None  # type: ignore[assignment]  # one value: mesa.batch_run would sweep over its parts

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9_]*$")] = Field("unnamed", json_schema_extra=DEVICE)
    question: Title = Field("What pays: renting attention, owning it, or both?", description="the question it asks", json_schema_extra=DEVICE)
    question_zh: Title = Field("租流量、养私域，还是两者结合，哪个更划算？", description="the question in Chinese", json_schema_extra=DEVICE)
    source: Title = Field("assumption", description="where the scenario as a whole comes from", json_schema_extra=DEVICE)
    expect: tuple[Expectation, ...] = given((), "what is expected of it, and is tested", "情景的预期（会被检验）", "scenario", kind="device", max_length=10)
    clock: Clock = Clock()
    market: Market = Market()
    visitors: Visitors = Visitors()
    public: Public = Public()
    brand: Brand = Brand()
    door: Door = Door()
    pool: Pool = Pool()
    word_of_mouth: WordOfMouth = WordOfMouth()
    tags: Tags = Tags()
    calendar: Calendar = Calendar()
    content: Content = Content()
    platform: Platform = Platform()
    switches: Switches = Switches()
    prior: PriorGroup = PriorGroup()
    evidence: tuple[Evidence, ...] = given(
        EVIDENCE, "what a possible world must show", "可能世界须符合的证据", "published and counted elsewhere, each with its source", kind="device", max_length=40,
    )

    @property
    def uses_tags(self) -> bool:
        """Whether a tag makes any difference to a message."""
        tags = self.tags
        by_tag = min(tags.touch_shares) < 1 or tags.relevance_gain_share > 0 or not set(TAGS) <= set(tags.coupons_for)
        return self.switches.tags and by_tag

    @property
    def further_channels(self) -> tuple[Channel, ...]:
        """The channels beside the pool's own that messages go out on."""
        return self.pool.channels if self.switches.channels else ()

    @property
    def steps_into_a_channel(self) -> bool:
        """Whether newcomers are asked into the first further channel before the pool's own account."""
        return self.switches.order_of_steps and self.door.first_step == "channel" and bool(self.further_channels)
