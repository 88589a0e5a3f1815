"""What the Model page says."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "heading": {"en": "What is assumed, what words mean, what must not be claimed", "zh": "假设了什么，词是什么意思，哪些话不能说"},
    "intro": {
        "en": "Every number below is an assumption that you can change: in a scenario file, on the command line, or with a slider on the first page.",
        "zh": "下列每个数都是可以更改的假设：在情景文件里、在命令行中，或用首页的滑块。",
    },
    "assumptions": {"en": "Assumptions", "zh": "假设"},
    "glossary": {"en": "Glossary", "zh": "术语表"},
    "limits": {"en": "What must not be claimed", "zh": "哪些话不能说"},
    "only_differences": {"en": "Only what differs from the baseline", "zh": "只看与基准情景不同的项"},
    "no_differences": {"en": "This scenario is the baseline: nothing differs.", "zh": "本情景即基准情景：没有不同的项。"},
    "find": {"en": "Find words", "zh": "查找"},
    "nothing_found": {"en": "Nothing has that word in it; try a shorter one.", "zh": "没有找到；请换一个更短的词。"},
    "group": {"en": "{group} ({count})", "zh": "{group}（{count} 项）"},
    "meaning": {"en": "meaning", "zh": "含义"},
    "value": {"en": "value", "zh": "取值"},
    "unit": {"en": "unit", "zh": "单位"},
    "usual": {"en": "baseline", "zh": "基准"},
    "source": {"en": "source", "zh": "来源"},
    "key": {"en": "in a scenario file", "zh": "情景文件中的参数名"},
    "sources_note": {
        "en": "Sources begin with how the number was found: published, calibrated to a pattern, from the source articles, or assumed.",
        "zh": "来源开头标明数从何来：公开发表、按规律校准、源文章，或假设；其后为英文出处原文。",
    },
    "calibrated": {"en": "calibrated", "zh": "校准"},
    "published": {"en": "published", "zh": "公开发表"},
    "source articles": {"en": "source articles", "zh": "源文章"},
    "assumption": {"en": "assumption", "zh": "假设"},
    "other": {"en": "scenario", "zh": "情景"},
    "on": {"en": "on", "zh": "开"},
    "off": {"en": "off", "zh": "关"},
    "none": {"en": "none", "zh": "无"},
    "items": {"en": "{count} items", "zh": "{count} 项"},
    "top": {"en": "Scenario", "zh": "情景"},
    "clock": {"en": "Time", "zh": "时间"},
    "market": {"en": "People and orders", "zh": "人群与订单"},
    "visitors": {"en": "Visitors without advertisements", "zh": "自来访客"},
    "public": {"en": "The public square", "zh": "公域竞价"},
    "brand": {"en": "The brand's decisions", "zh": "品牌决策"},
    "door": {"en": "The door of the pool", "zh": "入池"},
    "pool": {"en": "The pool", "zh": "私域池"},
    "word_of_mouth": {"en": "Word of mouth", "zh": "口碑与转介绍"},
    "tags": {"en": "Tags of members", "zh": "成员标签"},
    "calendar": {"en": "Events and care", "zh": "活动与关怀"},
    "content": {"en": "Content", "zh": "内容"},
    "platform": {"en": "The platform's rules", "zh": "平台规则"},
    "switches": {"en": "Mechanisms (switches)", "zh": "机制开关"},
    "expect": {"en": "What the scenario expects", "zh": "情景的预期"},
    "term": {"en": "word", "zh": "术语"},
    "english": {"en": "in English", "zh": "英文"},
    "where": {"en": "in Siyu", "zh": "在模型中"},
    "never": {"en": "do not say", "zh": "不要说"},
    "because": {"en": "because", "zh": "因为"},
    "instead": {"en": "say instead", "zh": "可以说"},
    "limits_intro": {
        "en": "A model that is used beyond what it was built for harms more than none.",
        "zh": "模型用在其本来用途之外，比没有模型更有害。",
    },
    "yaml": {"en": "Scenario with every source (YAML)", "zh": "含全部来源的情景文件（YAML）"},
}

say = speaker(TEXTS)
