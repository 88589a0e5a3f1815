"""Words of attention and the pool."""

from __future__ import annotations

from sim.report.glossary.term import Term

POOL_TERMS: tuple[Term, ...] = (
    Term(
        "private domain, private traffic", "私域", "the name Siyu",
        "attention that a brand owns: it can write to these people again without paying for each contact",
        "品牌自己拥有的注意力：再次联系这些人无需每次付费",
    ),
    Term(
        "public domain, public traffic", "公域", "public",
        "attention that a brand rents per use on other firms' platforms (search, feeds, marketplaces), mostly in "
        "auctions",
        "在他人平台（搜索、信息流、电商平台）上按次租用的注意力，多在竞价中购买",
    ),
    Term(
        "traffic", "流量", "",
        "people's attention counted: visits or clicks a day",
        "用数量计的注意力：每天的访问或点击",
    ),
    Term(
        "platform", "平台", "platform",
        "the firm on whose ground a brand sells or keeps its pool: it auctions clicks, sets rules, may show "
        "messages to fewer members or close accounts",
        "品牌售货或经营私域所依托的企业：拍卖点击、制定规则，可减少信息展示或封号",
    ),
    Term(
        "pool, private pool", "私域池", "pool",
        "everybody who agreed to hear from the brand directly and has neither left nor been removed; who muted "
        "it, or exited without a word, still counts",
        "同意直接接收品牌信息、且未退出也未被清理的所有人；免打扰者与已静默流失者仍计在内",
    ),
    Term(
        "member", "成员", "members",
        "a person in the pool: a customer who joined with a first order, or one who starts in it",
        "私域池里的人：首单时加入的顾客，或一开始就在池中的顾客",
    ),
    Term(
        "join", "入池", "joins",
        "accept the invitation to the pool, which a buyer meets with the first order",
        "买家在首单时遇到入池邀请并接受",
    ),
    Term(
        "join share", "入池率", "join_share",
        "people who joined over all new customers of the counted days",
        "计入期内入池人数除以全部新客人数",
    ),
    Term(
        "invitation (to the pool)", "入池邀请", "door",
        "what asks a buyer to join: a card in the parcel, a code at the counter; the brand sends it, not a friend",
        "请买家加入的方式：包裹卡、柜台二维码等；由品牌发出，不是好友邀请",
    ),
    Term(
        "entrance", "入口", "entrances",
        "a place other than the parcel, such as a shop counter, where a buyer with a first order is invited to "
        "join",
        "包裹卡之外邀请首单买家入池的场合，如门店柜台",
    ),
    Term(
        "gift for joining", "入池礼", "gift_cny, join_gifts",
        "what the brand gives whoever joins, in yuan; booked as a marketing cost",
        "品牌送给入池者的礼品（元），记为营销费用",
    ),
    Term(
        "self-selection", "自选择", "self_selection_share",
        "people who need such goods more often join more readily, so members would buy more even if the pool did "
        "nothing; 0 is not at all, 1 fully",
        "需求更频繁的人更愿加入，因此即使私域毫无作用，成员也买得更多；0 为没有，1 为最强",
    ),
    Term(
        "channel", "渠道", "further_channels",
        "one of several ways to the same members: account, group, mini-program, text message; most cost nothing "
        "for a message, text messages do",
        "通向同一批成员的多种途径之一：账号、社群、小程序、短信；多数发信息不收费，短信收费",
    ),
    Term(
        "tag", "标签", "tags",
        "what the brand notes about a member from what it sees (new, active, due to order again, loyal, not "
        "heard from lately), so as to write to some only",
        "品牌据所见对成员的标注（新、活跃、该复购、忠诚、近来无声），以便只联系其中一部分",
    ),
    Term(
        "message, touch", "触达", "touches_per_month",
        "one message sent to members, whether or not they see it",
        "向成员发送的一条信息，不论对方是否看到",
    ),
    Term(
        "offer", "促销", "offer_share",
        "a message with something to sell, usually at a cut price; the share is of all messages",
        "带货的触达，通常有优惠；比例是指占全部触达的比例",
    ),
    Term(
        "content", "内容", "content_value_share",
        "what sells nothing (advice, news, fun), sent to members or shown in public; its value, 0 to 1, is how "
        "much of it is worth a reader's time, and the rest is noise",
        "不带货的内容（建议、资讯、娱乐），发给成员或公开发布；价值（0 至 1）指其中值得读者花时间的部分，其余是噪音",
    ),
    Term(
        "price cut", "优惠", "discounts",
        "what offers, coupons and spent points take off the list price",
        "促销、优惠券与积分从标价中减去的金额",
    ),
    Term(
        "points", "积分", "points",
        "what members earn on orders and may pay with later; the brand owes them",
        "成员下单所得、日后可抵现的积分；是品牌的负债",
    ),
    Term(
        "engagement", "活跃度", "start_engagement_level",
        "how much a member has the brand in mind today, 0 to 1: a seen message or an order raises it, every "
        "quiet day lowers it",
        "成员今天心里有多少这个品牌，0 至 1：看到信息或下单使其上升，无互动的日子使其下降",
    ),
    Term(
        "active member", "活跃成员", "pool_active",
        "a member who saw a message or ordered in the last 30 days",
        "近 30 天看过信息或下过单的成员",
    ),
    Term(
        "relationship, tie", "关系强度", "start_tie_level",
        "how much a member likes and trusts the brand, 0 to 1: good content builds it slowly, offers wear it; a "
        "strong one slows forgetting",
        "成员对品牌的喜爱与信任，0 至 1：好内容慢慢增进，促销使其磨损；关系强则遗忘慢",
    ),
    Term(
        "weak tie", "弱关系", "weak_ties",
        "a relationship below 0.2; the number of such members, those who exited left out",
        "关系强度低于 0.2；此类成员的人数，不含已静默流失者",
    ),
    Term(
        "fatigue", "疲劳", "fatigue_half_life_days",
        "weariness from seen messages that were not worth their time; it blunts further messages, drives members "
        "out, and halves in so many days of rest",
        "看到不值得看的信息而积累的厌倦：削弱后续触达、促使退出；休息若干天后减半",
    ),
    Term(
        "mute", "免打扰", "pool_muted",
        "stay a member but hardly see messages any more",
        "留在池中但几乎不再看到信息",
    ),
    Term(
        "leave", "退出", "left",
        "a member quits the pool, which the brand can see",
        "成员主动离开私域池，品牌看得到",
    ),
    Term(
        "remove", "清理", "remove_after_days",
        "the brand takes a member out who has neither seen a message nor ordered for so many days",
        "成员若干天既未看信息也未下单，品牌将其移出",
    ),
    Term(
        "silent exit, churn", "静默流失", "silent_exit",
        "a customer, member or not, stops needing the brand for good and tells nobody; the brand cannot see it",
        "顾客（无论是否成员）从此不再需要该品牌且不告知任何人；品牌看不到",
    ),
    Term(
        "forgetting", "遗忘", "forgetting",
        "engagement fades on days without contact",
        "没有联系的日子里活跃度消退",
    ),
    Term(
        "half-life", "半衰期", "engagement_half_life_days",
        "days in which a level, here engagement or fatigue, falls to half if nothing renews it",
        "活跃度或疲劳在无补充时减到一半所需的天数",
    ),
    Term(
        "liveliness", "池子活力", "liveliness",
        "how much goes on in a pool, 0 to 1, from its recent joins and seen messages per member; the quieter the "
        "pool, the faster everybody forgets",
        "池子近期的热闹程度，0 至 1，由人均新加入与看到的信息决定；越冷清，大家遗忘越快",
    ),
    Term(
        "dead pool", "死水池", "quiet_forgetting_factor",
        "a pool in which nobody joins and hardly anybody sees a message: members forget the brand several times "
        "as fast",
        "无人加入、几乎无人看信息的池子：成员遗忘品牌的速度快数倍",
    ),
)
