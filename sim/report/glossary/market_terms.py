"""Words of customers, their orders and the auctions."""

from __future__ import annotations

from sim.report.glossary.term import Term

MARKET_TERMS: tuple[Term, ...] = (
    Term(
        "need", "需求", "need_factor",
        "a customer wants goods of the kind that the brand sells today, wherever it will buy them",
        "顾客今天想买品牌所售的这类商品，不论最后在哪里买",
    ),
    Term(
        "new customer", "新客", "new_customers",
        "a person at the first order ever with the brand, however it came",
        "第一次在该品牌下单的人，不论从何而来",
    ),
    Term(
        "own customer", "老客", "returning_order_chance",
        "a person who has ordered from the brand before",
        "曾在该品牌下过单的人",
    ),
    Term(
        "acquisition", "拉新", "ads_new",
        "winning new customers with paid clicks; free visitors and referred friends come besides",
        "用付费点击争取新客；自然到访与好友推荐另计",
    ),
    Term(
        "visitor", "自来访客", "visitors",
        "somebody who comes without a paid click: a passer-by, or who found the brand's content",
        "不经付费点击而来的人：路过者，或看到品牌内容者",
    ),
    Term(
        "conversion", "转化率", "first_order_chance",
        "of people who click and are no customers yet, the share who order",
        "点击者中尚非顾客的人里下单的比例",
    ),
    Term(
        "repurchase", "复购", "repurchase_share",
        "an order after the first; the share is of customers with a second order within 365 days",
        "首单之后的订单；复购率是 365 天内下过第二单的顾客比例",
    ),
    Term(
        "capture", "承接", "pool_capture",
        "a member with a need turns to the pool, and the order costs no advertising; likelier the higher the "
        "engagement",
        "有需求的成员转向私域下单，无需广告费；活跃度越高越可能",
    ),
    Term(
        "buy back, paid re-contact", "付费召回", "buy_back, ads_recontact",
        "paying for advertisements so that an own customer with a need orders here and not elsewhere",
        "付广告费，使有需求的老客在此下单而不去别处",
    ),
    Term(
        "competitor", "竞争对手", "needs_lost",
        "any other seller; gets every need of an own customer that the brand does not win, counted as needs lost",
        "其他任何卖家；品牌未争到的老客需求归其所有，计为流失的需求",
    ),
    Term(
        "referral", "转介绍", "referral",
        "a member tells acquaintances, who may then place a first order",
        "成员告诉熟人，熟人可能因此首次下单",
    ),
    Term(
        "invitee", "被邀请者", "invitee_order_chance",
        "an acquaintance whom a member told",
        "被成员告知的熟人",
    ),
    Term(
        "reward", "转介绍奖励", "reward_cny, referral_rewards",
        "what a member gets for bringing a buyer, in yuan",
        "成员带来一位买家所得的奖励（元）",
    ),
    Term(
        "R0", "转介绍系数 R0", "r0",
        "new buyers whom one joiner brings in personally, on average; if these joined and told others in turn, "
        "above 1 growth would feed itself, below 1 it dies out",
        "每名入池者亲自带来的新买家的平均数；若他们又入池并告诉他人，大于 1 则自行增长，小于 1 则逐渐熄灭",
    ),
    Term(
        "look-alikes", "相似人群", "lookalike_lift_share",
        "people whom a platform finds because they resemble the pool's members; their clicks suit the brand "
        "better",
        "平台按成员画像找到的相似的人；其点击更适合品牌",
    ),
    Term(
        "quality", "品质", "quality_loss_share",
        "how well the goods meet a need; falls where advertising takes so much of the margin that the brand "
        "saves on the goods",
        "商品满足需求的程度；广告费占去太多毛利、品牌在商品上节省时下降",
    ),
    Term(
        "auction", "竞价", "public",
        "how a platform sells places on a page: whoever offers more for a click from this person stands higher",
        "平台出售页面位置的方式：对这位访客的点击出价更高者排得更前",
    ),
    Term(
        "click price", "点击价", "click_price_index",
        "yuan for one paid click; the index is the mean of the last 30 counted days over that of the first 30",
        "一次付费点击的价格（元）；指数为计入期最后 30 天均价除以最初 30 天均价",
    ),
    Term(
        "bid", "出价", "bidding",
        "the most that an advertiser would pay for a click",
        "广告主愿为一次点击付的最高价",
    ),
    Term(
        "reserve price", "底价", "reserve_factor",
        "the least that a click costs, relative to the start click price",
        "一次点击的最低价，相对于起始点击价",
    ),
    Term(
        "slot", "广告位", "slot_click_shares",
        "a place for an advertisement on a page; lower places get fewer clicks",
        "页面上的一个广告位置；越靠后点击越少",
    ),
    Term(
        "generalised second price", "广义第二价格", "second_price",
        "each place on the page costs per click just what it takes to stay above the next advertiser below, not "
        "the own bid",
        "每个广告位的每次点击只付刚好压过下一名所需的价格，而非自己的出价",
    ),
    Term(
        "rival", "竞价对手", "rivals",
        "another advertiser who bids for the same people, whatever it sells",
        "为同一批人出价的其他广告主，不论卖什么",
    ),
    Term(
        "entry of rivals", "对手进出", "rival_entry",
        "more advertisers bid while clicks earn more than they cost, fewer when they do not",
        "点击的收益高于成本时有更多广告主进入，反之退出",
    ),
    Term(
        "rivals with pools", "对手建私域", "rival_pools",
        "advertisers who own pools expect later orders from each new customer, so they can pay more for a click",
        "自有私域的广告主预期新客日后复购，因此能为点击付更多",
    ),
    Term(
        "reinvestment", "对手利润再投入", "rival_reinvestment",
        "rivals put part of their profit back into advertising, so that clicks get dearer",
        "竞价对手把部分利润再投入广告，使点击更贵",
    ),
    Term(
        "attention on offer", "流量供给变化", "attention_growth",
        "how the number of clicks for sale each day on the public side changes over the years",
        "公域每天可购点击数量的逐年变化",
    ),
    Term(
        "festival", "购物节", "festivals",
        "days of the calendar on which people need more and everybody bids more: Double 11, 618",
        "需求上升且人人提高出价的日子：双十一、618",
    ),
)
