"""The gallery's twelve questions, each answered by one figure that is made from a scenario that ships."""

from __future__ import annotations

from figures import causes, customers, pools, who_pays
from figures.asking import Finding, Question, Size, Texts

__all__ = ["QUESTIONS", "Finding", "Question", "Size", "Texts"]

_ASSUMED = " ".join(f"--vary {key}" for key in causes.ASSUMPTIONS)

QUESTIONS: dict[str, Question] = {
    "who_wins": Question(
        {"en": "At which click price and purchase frequency does a pool pay better than renting?",
         "zh": "点击价与购买频率各是多少时，养私域比租流量划算？"},
        "baseline", Size(4, 6), who_pays.who_wins,
        "siyu breakeven baseline --vary public.start_click_price_cny=0.5..5 --and market.need_factor=0.5..6 "
        "--kind equal-envelope --points 6 --seeds 4",
    ),
    "j_curve": Question(
        {"en": "How deep does a brand dig before a pool pays back, and for how long?",
         "zh": "私域回本之前要先亏多深、多久？"},
        "baseline", Size(20), who_pays.j_curve, "siyu compare baseline --strategies private_pool,hybrid --seeds 20",
    ),
    "inverted_u": Question(
        {"en": "How many messages a month are too many?", "zh": "每月发多少条消息算太多？"},
        "baseline", Size(8, 11), who_pays.inverted_u,
        "siyu optimize baseline --strategy hybrid --vary brand.touches_per_month=0..30",
    ),
    "dead_pool": Question(
        {"en": "What becomes of a pool that nobody feeds?", "zh": "没有活水的池子会怎样？"},
        "pool_without_inflow", Size(8), pools.dead_pool,
        "siyu run pool_without_inflow --strategy private_pool --chart silence.png",
    ),
    "price_by_cause": Question(
        {"en": "Why did a new customer become three times as dear?", "zh": "新客成本为什么涨到三倍？"},
        "alibaba_2015_2019", Size(8), causes.price_by_cause,
        "siyu price-causes alibaba_2015_2019 --window-days 365",
    ),
    "cascade_sizes": Question(
        {"en": "Does it go viral? How far do forty first fans carry?", "zh": "会裂变吗？四十个种子粉丝能走多远？"},
        "forty_first_fans", Size(100), customers.cascade_sizes,
        "siyu run forty_first_fans --strategy private_pool --seed 7",
    ),
    "cohort_triangle": Question(
        {"en": "Who comes back, and do later cohorts come back less?", "zh": "谁会复购？后来的客户复购更少吗？"},
        "baseline", Size(4), customers.cohort_triangle,
        "siyu export baseline --as orders --strategy hybrid --set clock.run_out_days=0 --out orders.csv",
    ),
    "account_steps": Question(
        {"en": "What does it cost that operators are hired whole?", "zh": "运营必须整个雇，要多花多少？"},
        "whole_operators", Size(4), pools.account_steps,
        "siyu run whole_operators --strategy private_pool --set brand.budget_cny_per_day=8000 "
        "--set public.clicks_offered_per_day=80000 --set market.people=1600000 --chart steps.png",
    ),
    "event_study": Question(
        {"en": "Whose land is it? What do a platform's purges take from a pool?",
         "zh": "地是谁的？平台清理一次，池子损失多少？"},
        "crackdowns_2019_2020", Size(12), pools.event_study, "siyu expect crackdowns_2019_2020",
    ),
    "why_they_differ": Question(
        {"en": "By which mechanisms does a pool beside advertisements earn more?",
         "zh": "公私域结合多赚的钱，来自哪些机制？"},
        "baseline", Size(6, 5), causes.why_they_differ,
        f"siyu waterfall baseline --strategies hybrid,public_only --mechanisms {','.join(causes.MECHANISMS)} --exact --seeds 6",
    ),
    "tornado": Question(
        {"en": "Which assumption would flip the answer?", "zh": "哪条假设会翻转结论？"},
        "baseline", Size(6, 10), causes.tornado,
        f"siyu sensitivity baseline --strategies hybrid,public_only --seeds 6 {_ASSUMED}",
    ),
    "everyones_pool": Question(
        {"en": "What is left of the advantage once everybody has a pool?", "zh": "人人都有私域之后，优势还剩多少？"},
        "rivals_build_pools", Size(8, 5), who_pays.everyones_pool,
        "siyu compare rivals_build_pools --set public.pool_innovation_share_per_year=3",
    ),
}  # fmt: skip
