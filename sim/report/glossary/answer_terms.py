"""Words of money, time and answers."""

from __future__ import annotations

from sim.report.glossary.term import Term

ANSWER_TERMS: tuple[Term, ...] = (
    Term(
        "budget, envelope", "预算", "budget_cny_per_day",
        "yuan a day for all marketing (advertisements, staff, gifts), the same under every strategy; what is "
        "left over is kept for later days",
        "每天用于全部营销（广告、人工、礼品）的金额，各策略相同；未用完的留到以后",
    ),
    Term(
        "service cost", "服务成本", "service_cny_per_month",
        "what tending one member costs a month, staff above all",
        "维护一名成员每月的成本，主要是人工",
    ),
    Term(
        "list price", "标价", "order_value_cny",
        "the price of an order before any cut",
        "一单优惠之前的价格",
    ),
    Term(
        "order value", "客单价", "order_value_cny",
        "mean yuan of one order at list price",
        "一单的平均金额（按标价）",
    ),
    Term(
        "revenue", "销售额", "revenue_cny",
        "all orders at list price, before price cuts",
        "全部订单按标价计的金额，未扣优惠",
    ),
    Term(
        "cost of goods", "商品成本", "cost_of_goods",
        "what the goods cost, packing and delivery included; not the platform's commission, refunds or price "
        "cuts, which are taken off apart",
        "商品成本，含包装与配送；不含平台佣金、退款与优惠，这些另行扣除",
    ),
    Term(
        "margin", "毛利", "margin_share",
        "what is left of the list price after the cost of goods",
        "标价减去商品成本后的剩余",
    ),
    Term(
        "contribution before marketing", "营销前贡献利润", "contribution_cny",
        "revenue less price cuts, refunds, the platform's commission and cost of goods",
        "销售额减优惠、退款、平台佣金与商品成本",
    ),
    Term(
        "marketing cost", "营销费用", "marketing_cny",
        "all that is spent on winning and keeping customers: clicks, re-contacts, gifts, staff, messaging "
        "accounts, events, content, rewards",
        "为争取和留住顾客所花的一切：点击、召回、礼品、人工、账号、活动、内容、奖励",
    ),
    Term(
        "net profit", "净利润", "profit_cny",
        "contribution less marketing cost; rent, tax and the like are the same under every strategy and left out",
        "贡献利润减营销费用；房租、税等各策略相同，不计",
    ),
    Term(
        "ROI", "投产比 ROI", "roi",
        "return on investment: net profit over marketing cost (what platforms often call ROI, revenue over "
        "advertising cost, is ROAS here)",
        "投资回报：净利润除以营销费用（平台所称销售额除以广告费，这里是 ROAS）",
    ),
    Term(
        "ROAS", "广告支出回报 ROAS", "roas",
        "return on advertising spend: all revenue over the cost of clicks and re-contacts",
        "全部销售额除以广告费（拉新点击与召回）",
    ),
    Term(
        "CAC", "获客成本", "paid_cac_cny, blended_cac_cny",
        "customer acquisition cost; paid: money for clicks over the customers who came by them; blended: all "
        "marketing cost over all new customers",
        "付费口径：点击费除以广告带来的新客；综合口径：全部营销费用除以全部新客",
    ),
    Term(
        "active buyers", "活跃买家", "report_cac_cny",
        "people who ordered within one counted year, as listed companies publish them; marketing cost over the "
        "growth of this number is the CAC read from such reports",
        "一个计入年内下过单的人，上市公司会公布此数；营销费用除以其增长即财报口径获客成本",
    ),
    Term(
        "LTV", "终身价值 LTV", "ltv_365_cny",
        "lifetime value: mean contribution of a new customer in so many days from the first order, before "
        "marketing cost",
        "新客自首单起若干天内的平均贡献利润，未扣营销费用",
    ),
    Term(
        "cohort", "批次", "cohorts",
        "customers whose first order fell into the same week, followed together",
        "首单在同一周的顾客，一起追踪",
    ),
    Term(
        "cumulative cash", "累计现金", "payback_day",
        "contribution less marketing cost, added up day by day from the first counted day",
        "自第一个计入日起逐日累加的贡献利润减营销费用",
    ),
    Term(
        "payback day", "回本日", "payback_day",
        "the day from which cumulative cash is never below zero again; none if it is below at the end",
        "自该日起累计现金不再为负；期末仍为负则没有",
    ),
    Term(
        "deepest cash trough", "现金最低点", "cash_trough_cny",
        "the lowest that cumulative cash ever falls: the money that one must be able to advance",
        "累计现金到过的最低点：必须垫得起的钱",
    ),
    Term(
        "account (of the ledger)", "账户", "siyu explain",
        "a line of the brand's books, such as staff or first orders after a paid click, kept for each day",
        "品牌账本中的一行，如人工、付费首单，逐日记录",
    ),
    Term(
        "metric", "指标", "METRICS",
        "a figure computed from the books of a run, such as net profit or CAC",
        "由一次推演的账本算出的数，如净利润、获客成本",
    ),
    Term(
        "parameter, assumption", "参数", "siyu explain",
        "one number that the model is told, with unit, range and source; names ending in share or chance run "
        "from 0 to 1, a factor multiplies",
        "告诉模型的一个数，带单位、范围与来源；名称以 share、chance 结尾者为 0 至 1，factor 为倍数",
    ),
    Term(
        "scenario", "情景", "scenarios",
        "one complete set of assumptions, a file",
        "一整套假设，一个文件",
    ),
    Term(
        "baseline", "基准", "baseline",
        "the scenario from which others say only what differs",
        "其他情景只写出与它的不同之处",
    ),
    Term(
        "mechanism", "机制", "switches",
        "one cause in the model, such as fatigue or referral, that can be switched off to see what it does",
        "模型中的一个原因，如疲劳、转介绍，可以关闭以观察其作用",
    ),
    Term(
        "strategy", "策略", "policies",
        "a rule by which the brand decides each morning: whom to invite, what to send, whom to buy back",
        "品牌每天早上据以决定的规则：邀请谁、发什么、召回谁",
    ),
    Term(
        "public only", "只做公域", "public_only",
        "has no pool: buys new customers, and buys own customers back when they need something",
        "没有私域：花钱买新客，老客有需求时再花钱召回",
    ),
    Term(
        "hybrid", "公私域结合", "hybrid",
        "keeps a pool within a share of the budget, and buys back the needs that the pool does not catch",
        "用部分预算经营私域，私域未承接的需求再付费召回",
    ),
    Term(
        "private pool (strategy)", "主做私域", "private_pool",
        "the pool gets what it needs first; advertisements win new customers only, nobody is bought back",
        "先满足私域所需；广告只用于买新客，不做付费召回",
    ),
    Term(
        "warm-up", "预热", "warm_up_days",
        "first days, which are computed but not counted, so that prices and the pool settle",
        "最初的日子，推演但不计入，让价格与池子稳定下来",
    ),
    Term(
        "counted days", "计入期", "days",
        "days in which new customers are sought; figures about winning customers are read from these days alone",
        "争取新客的日子；有关获客的指标只看这些日子",
    ),
    Term(
        "run-out", "观察期", "run_out_days",
        "days afterwards in which no new customers are sought and own customers still order; profit, cash and "
        "ROI include them, so that a pool is not cut off in mid-harvest",
        "之后不再争取新客、老客仍会下单的日子；利润、现金与投产比都含这些日子，以免私域的收获被截断",
    ),
    Term(
        "run", "推演", "siyu run",
        "one strategy computed day by day through one future",
        "一种策略在一个未来中逐日算完",
    ),
    Term(
        "future", "未来", "seeds",
        "one possible course of events, fixed by one seed; every strategy lives through the same one, with the "
        "same luck, so that chance favours none",
        "一种可能的进程，由一个随机种子决定；各策略以同样的运气经历同一个未来，偶然不偏袒谁",
    ),
    Term(
        "seed", "随机种子", "seeds",
        "a number that fixes all chance; with the same scenario and strategy it gives the same run, to the last "
        "bit",
        "决定全部偶然的数字；情景与策略相同时，推演结果完全相同",
    ),
    Term(
        "interval, 95 %", "95% 区间", "low, high",
        "a range around the mean of the futures tried, made so that some 95 such ranges in 100 contain the mean "
        "of all possible futures; more futures, narrower",
        "围绕已推演未来均值的范围，这样得出的 100 个范围中约 95 个包含全部可能未来的均值；未来越多越窄",
    ),
    Term(
        "too close to call", "难分高下", "too_close",
        "no winner can be named: the 95 % interval of the difference (net profit or ROI) contains zero, or the "
        "better strategy wins in fewer than 80 % of futures",
        "不能宣布赢家：差额（净利润或投产比）的 95% 区间包含零，或较优策略在不到 80% 的未来中胜出",
    ),
    Term(
        "break-even", "打平点", "breakeven",
        "the value of a parameter at which two strategies earn the same net profit; not where profit is zero",
        "两种策略净利润相同时的参数取值；不是盈亏平衡点",
    ),
    Term(
        "equal envelope", "预算相同", "equal_envelope",
        "a break-even for which all costs of the pool come out of the same budget, so that fewer advertisements "
        "are bought",
        "私域成本从同一预算中支出、因而少买广告时的打平点",
    ),
    Term(
        "same customers", "顾客相同", "same_customers",
        "a break-even for which the pool's costs come on top of the budget instead, so that both strategies win "
        "the same customers",
        "私域成本改在预算之外另计、因而两种策略获得同样顾客时的打平点",
    ),
    Term(
        "sensitivity", "敏感度", "siyu sensitivity",
        "how much the net-profit difference between two strategies moves when one assumption moves over its "
        "plausible range; where it moves most, data are worth collecting first",
        "一个假设在合理范围内变动时，两策略净利润之差变动多少；变动最大的应先收集数据",
    ),
    Term(
        "waterfall", "瀑布图", "siyu waterfall",
        "a chart of bars that add up to a difference between two strategies, each the part of one account or "
        "mechanism",
        "各条之和等于两策略之差的图，每条是一个账户或机制的贡献",
    ),
)
