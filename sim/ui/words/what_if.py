"""Words of the page on which assumptions are varied."""

from __future__ import annotations

from sim.ui.words import Texts, spaced_speaker

TEXTS: Texts = {
    "intro": {
        "en": "By how much {one} earns more than {other} (net profit), and what that hangs on. Each question is worked "
        "out in a process of its own, which may take minutes and can be stopped.",
        "zh": "{one}的净利润比{other}多多少，又取决于哪些假设？每个问题都在独立进程中计算，可能需要几分钟，可随时停止。",
    },
    "flip_heading": {"en": "What would flip the answer?", "zh": "什么会让结论翻转？"},
    "flip_which": {"en": "Assumption to vary", "zh": "要变动的假设"},
    "flip_ask": {"en": "Find its flip value", "zh": "求临界值"},
    "flip_help": {
        "en": "Lives {futures} futures at each of some 10 to 30 values.",
        "zh": "在 10 至 30 个取值上各推演 {futures} 个未来。",
    },
    "flip_at": {
        "en": "{label}: the answer changes at {value}{interval}. {sides}.",
        "zh": "{label}：取 {value}{interval}时结论翻转。{sides}。",
    },
    "flip_interval": {
        "en": " (too close to call between {low} and {high}, 95%)",
        "zh": "（在 {low} 与 {high} 之间难分高下，95%）",
    },
    "flip_never": {
        "en": "{label}: between {low} and {high} the answer never changes; {winner} earns more throughout.",
        "zh": "{label}：在 {low} 至 {high} 之间结论都不变，{winner}始终赚得更多。",
    },
    "flip_mostly": {
        "en": "{label}: between {low} and {high} the answer never changes; {winner} earns more wherever the winner is "
        "clear.",
        "zh": "{label}：在 {low} 至 {high} 之间结论都不变，凡能分出高下处都是{winner}赚得更多。",
    },
    "flip_close": {
        "en": "{label}: between {low} and {high} the two are too close to call throughout.",
        "zh": "{label}：在 {low} 至 {high} 之间两者始终难分高下。",
    },
    "flip_tied": {
        "en": "{label}: between {low} and {high} the two are exactly equal.",
        "zh": "{label}：在 {low} 至 {high} 之间两者完全相同。",
    },
    "flip_now": {
        "en": "Now, at {value}: {gap}{interval}, {verdict}.",
        "zh": "现在取 {value}：差额 {gap}{interval}，{verdict}。",
    },
    "clear": {"en": "a clear lead for {winner}", "zh": "{winner}明显占优"},
    "close": {"en": "too close to call", "zh": "难分高下"},
    "flip_set": {"en": "Set it to {value}", "zh": "设为 {value}"},
    "axis_gap": {"en": "{one} less {other}, net profit ({unit})", "zh": "{one}减{other}的净利润（{unit}）"},
    "better": {"en": "{name} better", "zh": "{name}占优"},
    "now": {"en": "now", "zh": "现值"},
    "tie": {"en": "flips at {value}", "zh": "{value} 处翻转"},
    "flip_alt": {"en": "Lead along one assumption. {sentence}", "zh": "差额随一条假设的变化。{sentence}"},
    "tornado_heading": {"en": "Which assumptions matter most?", "zh": "哪些假设影响最大？"},
    "tornado_of": {"en": "Which ones", "zh": "范围"},
    "main": {"en": "the {n} main ones", "zh": "主要的 {n} 条"},
    "all": {"en": "all {n}", "zh": "全部 {n} 条"},
    "tornado_ask": {"en": "Rank the assumptions", "zh": "给假设排序"},
    "tornado_help": {
        "en": "Moves each assumption to either end of its range, all else as it is: {runs} runs.",
        "zh": "逐条把假设推到范围两端，其余不变：共 {runs} 次运行。",
    },
    "tornado_flips": {
        "en": "Of {all} assumptions so many change the winner by themselves, each within its range: {n}. {names}.",
        "zh": "{all} 条假设中有 {n} 条单独变动就会换赢家：{names}。",
    },
    "tornado_none": {
        "en": "None of {all} assumptions changes the winner within its range by itself; the most weight has: {names}.",
        "zh": "{all} 条假设中没有哪一条单独变动能换赢家；影响最大的是：{names}。",
    },
    "tornado_note": {
        "en": "The {n} widest bars; *: changes the winner by itself. Dotted: as it is now; at zero both earn the same.",
        "zh": "只画最宽的 {n} 条；*：单独变动就会换赢家。虚线：现值；零处两者相等。",
    },
    "tornado_alt": {
        "en": "Lead at either end of each assumption's range. {sentence}",
        "zh": "每条假设取范围两端时的差额。{sentence}",
    },
    "at_low": {"en": "low end", "zh": "下限"},
    "at_high": {"en": "high end", "zh": "上限"},
    "map_heading": {"en": "Who wins where?", "zh": "谁在哪里赢？"},
    "map_x": {"en": "Across", "zh": "横轴"},
    "map_y": {"en": "Up", "zh": "纵轴"},
    "map_ask": {"en": "Draw the map", "zh": "画分界图"},
    "map_help": {
        "en": "Lives {futures} futures at each of 49 points: {runs} runs.",
        "zh": "在 49 个点上各推演 {futures} 个未来：共 {runs} 次运行。",
    },
    "map_said": {
        "en": "Of {all} points {one} clearly wins {first}, {other} {second}; {close} are too close to call. "
        "You are here: {x}; {y}.",
        "zh": "{all} 个点中，{one}明显占优 {first} 个，{other} {second} 个，难分高下 {close} 个。您在这里：{x}；{y}。",
    },
    "map_alt": {"en": "Map of who wins over two assumptions. {sentence}", "zh": "两条假设上谁占优的分界图。{sentence}"},
    "here": {"en": "you are here", "zh": "您在这里"},
    "border": {"en": "tie", "zh": "打平线"},
    "rules_heading": {"en": "In which worlds does the private pool win?", "zh": "在什么样的世界里私域会赢？"},
    "rules_ask": {"en": "Look for rules", "zh": "寻找规律"},
    "rules_help": {
        "en": "Draws {worlds} worlds at random from the ranges of all assumptions; rules are found in one half and "
        "judged in the other.",
        "zh": "从全部假设的范围中随机抽取 {worlds} 种情形；一半用来找规律，另一半用来检验。",
    },
    "rules_share": {
        "en": "With all {n} assumptions varying at once, {one} wins in {share} of {worlds} worlds.",
        "zh": "{n} 条假设同时变动时，{one}在 {worlds} 种情形中的 {share} 里占优。",
    },
    "rules_none": {
        "en": "No simple rule holds in worlds that it was not found in.",
        "zh": "没有哪条简单规律经得起另一半情形的检验。",
    },
    "rule_title": {"en": "{winner} wins, mostly, if", "zh": "多半{winner}赢，如果"},
    "rule_title_less": {
        "en": "{winner} wins more often than elsewhere, if", "zh": "{winner}赢的机会高于其他情形，如果",
    },
    "and": {"en": "and ", "zh": "且"},
    "at_least": {"en": "{label}: at least {value}", "zh": "{label}不低于 {value}"},
    "at_most": {"en": "{label}: at most {value}", "zh": "{label}不高于 {value}"},
    "density": {"en": "true in {share} of the {worlds} worlds there", "zh": "其中 {worlds} 种情形里有 {share} 成立"},
    "coverage": {"en": "covers {share} of all its wins", "zh": "覆盖其全部占优情形的 {share}"},
    "at": {"en": "{label} = {value}", "zh": "{label} = {value}"},
    "table": {"en": "Table (CSV)", "zh": "下载表格（CSV）"},
    "separator": {"en": "; ", "zh": "；"},
    "value": {"en": "{value}: %{{y:,.3~g}} {unit}", "zh": "{value}：%{{y:,.3~g}} {unit}"},
}

say = spaced_speaker(TEXTS)
