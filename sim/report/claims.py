"""What must not be claimed with the model, why, and what to say instead: the table of docs/explanation/limits.md."""

from __future__ import annotations

from typing import NamedTuple

from sim.text.phrases import Language


class Claim(NamedTuple):
    """A sentence that the model does not support, in both languages."""

    never_en: str
    because_en: str
    instead_en: str
    never_zh: str
    because_zh: str
    instead_zh: str

    def told(self, language: Language) -> tuple[str, str, str]:
        """What not to say, why, and what to say instead."""
        if language == "zh":
            return self.never_zh, self.because_zh, self.instead_zh
        return self.never_en, self.because_en, self.instead_en


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "Siyu forecasts our sales.",
        "It compares strategies under stated assumptions, many of them assumed and not measured.",
        "Under these assumptions hybrid earns so much more than public only.",
        "本模型能预测我们的销售额。",
        "它在写明的假设下比较策略，其中许多假设未经实测。",
        "在这些假设下，公私域结合比只做公域多赚这么多。",
    ),
    Claim(
        "It is 95 % certain that the pool pays.",
        "An interval holds the luck of futures and nothing else. It would be as narrow if every assumption were wrong.",
        "Under these assumptions, luck alone does not turn the answer; sensitivity analysis says which assumptions do.",
        "有 95% 的把握私域划算。",
        "区间只含各未来的运气；即使全部假设都错，区间也一样窄。",
        "在这些假设下，仅凭运气不会改变结论；敏感性分析会指出哪些假设会。",
    ),
    Claim(
        "Joiners buy 2.2 times as much, so the pool more than doubles what people buy.",
        "Frequent buyers join more readily. In the scenario in which a pool does nothing at all, joiners order 2.7 "
        "times as often as others.",
        "The pool's own effect is the difference to the same people in a world without it.",
        "入池者的购买是他人的 2.2 倍，所以私域让购买翻了一倍多。",
        "常买的人更愿意入池。在私域毫无作用的情景里，入池者下单也是他人的 2.7 倍。",
        "私域自身的作用，是同一批人在没有私域的世界里的差别。",
    ),
    Claim(
        "Siyu proves that liveliness keeps pools alive.",
        "That parameter was fitted to the pattern that it then shows. What was fitted is no test.",
        "The mechanism can produce the pattern.",
        "本模型证明了活跃氛围能让池子存活。",
        "该参数正是按它所呈现的规律拟合的；拟合过的不算检验。",
        "这种机制可以产生这样的规律。",
    ),
    Claim(
        "The causes of Alibaba's acquisition cost were these.",
        "Other mixtures of causes end at the same prices. The scenario reproduces and does not identify.",
        "These causes suffice.",
        "阿里巴巴获客成本上升的原因就是这些。",
        "其他原因的组合也能得到同样的价格；情景能重现，但不能识别原因。",
        "这些原因足以解释。",
    ),
    Claim(
        "Seven messages are best.",
        "The curve was fitted to one study of e-mails, for beauty.",
        '"Our own test says so", or "in this scenario".',
        "每月触达七次最好。",
        "该曲线按一项美妆邮件研究拟合。",
        "“我们自己的测试如此”，或“在这个情景里如此”。",
    ),
    Claim(
        "A price of 10 yuan for our goods would earn more.",
        "Demand does not answer the list price in this model.",
        "Nothing; it cannot be asked.",
        "把商品定价为 10 元会赚得更多。",
        "在本模型里，需求不随标价变化。",
        "什么也不说；这个问题无法用它来问。",
    ),
    Claim(
        "This is how our customers will feel.",
        "Engagement, fatigue and ties are numbers between 0 and 1 (or a little above) that make orders come out right. "
        "Nobody has measured them.",
        "In the model, fatigue stands for worthless messages of late.",
        "我们的顾客会有这样的感受。",
        "活跃度、疲劳与关系强度是 0 至 1 之间（或略高）的数，为的是让订单对得上；没有人测量过它们。",
        "在模型里，疲劳代表近期无价值的触达。",
    ),
)
"""The sentences, in the order of the page."""
