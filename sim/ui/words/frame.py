"""What all pages share: the head, the names of pages, links that make no sense, labels of parameters."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "title": {"en": "Siyu: rent attention, own it, or both?", "zh": "私域：租流量，养私域，还是两者都要？"},
    "name": {"en": "Siyu", "zh": "私域"},
    "language": {"en": "Language", "zh": "语言"},
    "pages": {"en": "Pages", "zh": "页面"},
    "answer": {"en": "Answer", "zh": "结论"},
    "compare": {"en": "Compare", "zh": "对比"},
    "live": {"en": "Live", "zh": "现场演示"},
    "what_if": {"en": "What if", "zh": "假如"},
    "my_data": {"en": "My data", "zh": "我的数据"},
    "runs": {"en": "Runs", "zh": "运行记录"},
    "model": {"en": "Model", "zh": "模型"},
    "question": {"en": "Question (each is a scenario)", "zh": "问题（每个问题是一个情景）"},
    "own_uploaded": {"en": "Uploaded: {question}", "zh": "上传的情景：{question}"},
    "own_calibrated": {"en": "From your data: {question}", "zh": "来自您的数据：{question}"},
    "label": {"en": "{meaning}, {unit}", "zh": "{meaning}（{unit}）"},
    "help": {
        "en": "{meaning}. This scenario: {own}. Source: {source}. In a scenario file: `{key}`.",
        "zh": "{meaning}。本情景取值：{own}。情景文件中的参数名：`{key}`。",
    },
    "behind": {"en": "Table, file, method", "zh": "表格、文件、方法"},
    "csv": {"en": "All numbers (CSV)", "zh": "全部数字（CSV）"},
    "shortened": {"en": "{shown} of {rows} rows; the file has all.", "zh": "显示 {rows} 行中的 {shown} 行；文件含全部。"},
    "not_a_number": {
        "en": "The link says `{given}`, which is not a number from {low} to {high}; {instead} is used instead.",
        "zh": "链接中的 `{given}` 不是 {low} 至 {high} 之间的数；改用 {instead}。",
    },
    "no_scenario": {
        "en": "The link says `{given}`, but there is no such scenario; the baseline is shown instead.",
        "zh": "链接中的 `{given}` 不是已有的情景；改为显示基准情景。",
    },
    "no_own_scenario": {
        "en": "The link says `{given}`: a scenario that was uploaded or calibrated, which this server no longer holds; "
        "the baseline is shown instead. Upload its file again.",
        "zh": "链接中的 `{given}` 是上传或校准所得的情景，服务器已不再保存；改为显示基准情景。请重新上传情景文件。",
    },
    "no_language": {
        "en": "The link says `{given}`, but this page speaks English (en) and Chinese (zh) only.",
        "zh": "链接中的 `{given}` 不是本页支持的语言（仅英文 en 与中文 zh）。",
    },
    "unknown": {
        "en": "The link says `{given}`, which this page does not know; it is left out.",
        "zh": "链接中的 `{given}` 不是本页认识的参数；已忽略。",
    },
    "refused": {
        "en": "These assumptions cannot be used, so the scenario's own are: {mistakes}",
        "zh": "这组假设无法使用，改用情景自身的取值：{mistakes}",
    },
}

UNITS: Texts = {
    "yuan": {"en": "yuan", "zh": "元"},
    "yuan a day": {"en": "yuan a day", "zh": "元/天"},
    "yuan a month": {"en": "yuan a month", "zh": "元/月"},
    "share a year (0.1 is 10 %)": {"en": "share a year (0.1 is 10 %)", "zh": "每年比例，0.1 即 10%"},
    "a month": {"en": "a month", "zh": "次/月"},
    "a day": {"en": "a day", "zh": "每天"},
    "a year": {"en": "a year", "zh": "每年"},
    "a yuan": {"en": "a yuan", "zh": "每元"},
    "days": {"en": "days", "zh": "天"},
    "months": {"en": "months", "zh": "月"},
    "chance a month (0 to 1)": {"en": "chance a month (0 to 1)", "zh": "每月概率，0 至 1"},
    "chance (0 to 1)": {"en": "chance (0 to 1)", "zh": "概率，0 至 1"},
    "shares (0.1 is 10 %)": {"en": "shares (0.1 is 10 %)", "zh": "比例，0.1 即 10%"},
    "share (0.1 is 10 %)": {"en": "share (0.1 is 10 %)", "zh": "比例，0.1 即 10%"},
    "factors": {"en": "factors", "zh": "倍数"},
    "factor": {"en": "factor", "zh": "倍数"},
    "level (dimensionless)": {"en": "level (dimensionless)", "zh": "水平，无量纲"},
    "shape of a distribution (dimensionless)": {
        "en": "shape of a distribution (dimensionless)",
        "zh": "分布形状，无量纲",
    },
    "count": {"en": "count", "zh": "个"},
    "people": {"en": "people", "zh": "人"},
    "exponent (dimensionless)": {"en": "exponent (dimensionless)", "zh": "指数，无量纲"},
}
"""Units of parameters, under the names that sim.assumptions.scenario gives them."""

say = speaker(TEXTS)
say_unit = speaker(UNITS)
