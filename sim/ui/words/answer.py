"""What the Answer page says."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "answer": {"en": "Answer", "zh": "答案"},
    "preview": {"en": "≈ preview", "zh": "≈ 预览"},
    "previewing": {"en": "Living through one future for a preview…", "zh": "正在推演 1 个未来，先给出预览……"},
    "brands": {"en": "Kinds of brand", "zh": "品牌类型"},
    "brand_baseline": {"en": "Beauty", "zh": "美妆"},
    "brand_daily_breakfast": {"en": "Breakfast", "zh": "早餐"},
    "brand_fresh_food": {"en": "Fresh food", "zh": "生鲜"},
    "brand_kitchen_appliance": {"en": "Small appliances", "zh": "小家电"},
    "brand_luxury": {"en": "Luxury", "zh": "奢侈品"},
    "brand_car": {"en": "Cars", "zh": "汽车"},
    "brand_b2b_care": {"en": "B2B", "zh": "B2B 企业服务"},
    "more": {"en": "More assumptions to move", "zh": "更多可调假设"},
    "more_moved": {"en": "More assumptions to move ({moved} moved)", "zh": "更多可调假设（已调 {moved} 项）"},
    "reset": {"en": "Back to the scenario's own values", "zh": "恢复情景自身取值"},
    "futures_heading": {"en": "In how many futures?", "zh": "在多少个未来里胜出？"},
    "futures_note": {
        "en": "one dot a future; right of the line {better} earns more than {than}",
        "zh": "每点一个未来；线右侧{better}的净利润高于{than}",
    },
    "futures_alt": {
        "en": "One dot for each future: {better} earns more than {than} in {futures}.",
        "zh": "每点一个未来：{better}在 {futures}里净利润高于{than}。",
    },
    "futures_method": {
        "en": "Each future is one seed, lived once under every strategy with the same luck; the dot is the difference in "
        "net profit, stacked where differences are near.",
        "zh": "每个未来对应一个随机种子，各策略在其中运气相同；点为净利润之差，相近者叠放。",
    },
    "one_gap": {"en": "future {seed}: {gap}", "zh": "未来 {seed}：{gap}"},
    "gap_axis": {"en": "net profit, {one} less {other} ({unit})", "zh": "净利润，{one}减{other}（{unit}）"},
    "future": {"en": "future (seed)", "zh": "未来（种子）"},
    "gap_yuan": {"en": "difference in net profit (yuan)", "zh": "净利润之差（元）"},
    "roi_method": {
        "en": "ROI is net profit over marketing cost, run-out included, as a ratio of sums over futures; the interval "
        "holds 95% and comes from drawing whole futures anew (bootstrap).",
        "zh": "投产比 ROI = 净利润 ÷ 营销费用（含观察期），为各未来求和之比；95% 区间由整未来重抽样（bootstrap）得出。",
    },
    "cash_method": {
        "en": "Contribution less marketing, summed from the first counted day; the line is the median future, the bands "
        "hold 50% and 90% of futures, the ring is the median payback day.",
        "zh": "自计入首日起累计的贡献利润减营销费用；线为未来的中位数，色带为 50% 与 90% 的未来，圆圈为回本日中位数。",
    },
    "waterfall_heading": {"en": "Where the difference comes from", "zh": "差额来自哪些账目"},
    "waterfall_note": {
        "en": "by ledger account; bars add up exactly; line: 95% interval",
        "zh": "按账目分解；各条之和与差额分毫不差；细线：95% 区间",
    },
    "waterfall_alt": {"en": "Waterfall by account. {sentence}", "zh": "按账目的瀑布图。{sentence}"},
    "waterfall_method": {
        "en": "The books of both strategies, account by account, a future on average; in whole micro-yuan, so that the "
        "bars add up to the difference exactly.",
        "zh": "两种策略的账簿逐账相减，取各未来的平均；以微元整数计，各条之和与差额分毫不差。",
    },
    "part": {"en": "part", "zh": "分项"},
    "part_yuan": {"en": "yuan a future", "zh": "元（每个未来）"},
    "low": {"en": "low (95%)", "zh": "下限（95%）"},
    "high": {"en": "high (95%)", "zh": "上限（95%）"},
    "total": {"en": "difference", "zh": "差额"},
    "day": {"en": "day", "zh": "第几天"},
    "quantile": {"en": "{name}, {share} (yuan)", "zh": "{name}，{share}（元）"},
    "why_heading": {"en": "Why, by mechanism", "zh": "原因：按机制分解"},
    "why_chart": {"en": "What each mechanism adds", "zh": "各机制的贡献"},
    "why_ask": {"en": "Split the difference by mechanism", "zh": "按机制分解差额"},
    "why_help": {
        "en": "Lives the futures again with mechanisms switched on in many orders; takes a minute or more.",
        "zh": "按多种次序逐一开启各机制，重新推演；需一分钟以上。",
    },
    "why_note": {
        "en": "Shapley values of the mechanisms; bars add up exactly; line: 95% interval",
        "zh": "各机制的 Shapley 值；各条之和与差额分毫不差；细线：95% 区间",
    },
    "why_method": {
        "en": "Every mechanism is switched on in {orders} orders, each in {futures} futures with the same luck; a bar is "
        "the mean of what it adds (Shapley value).",
        "zh": "各机制按 {orders} 种次序开启，每种次序推演 {futures} 个未来、运气相同；每条为其平均贡献（Shapley 值）。",
    },
    "flip_heading": {"en": "What would change the answer", "zh": "什么会改变结论"},
    "flip_ask": {"en": "Find the values at which the winner changes", "zh": "求结论反转的临界值"},
    "flip_help": {
        "en": "Searches each of the five sliders over its plausible range; takes a minute or more.",
        "zh": "在五个滑块的合理范围内逐一搜索；需一分钟以上。",
    },
    "flip_set": {"en": "Set {label} to {value}", "zh": "将“{label}”设为 {value}"},
    "take_with_you": {"en": "Take it with you", "zh": "带走结果"},
    "yaml": {"en": "Scenario (YAML)", "zh": "情景文件（YAML）"},
    "numbers": {"en": "Numbers (CSV)", "zh": "数字（CSV）"},
    "pdf": {"en": "One-page brief (PDF)", "zh": "一页简报（PDF）"},
    "png": {"en": "One-page brief (PNG)", "zh": "一页简报（PNG）"},
    "strategy": {"en": "strategy", "zh": "策略"},
    "mean": {"en": "mean", "zh": "均值"},
    "definition": {"en": "definition", "zh": "定义"},
    "unit": {"en": "unit", "zh": "单位"},
    "refining": {
        "en": "≈ {lived} of {futures} futures so far; the rest is being lived through…",
        "zh": "≈ 目前 {lived} 个未来，共 {futures} 个；其余正在推演……",
    },
    "compiling": {
        "en": "Compiling the model; this happens once and takes about 30 seconds…",
        "zh": "正在编译模型；只需一次，约 30 秒……",
    },
    "starting": {"en": "Starting the model; this takes a few seconds…", "zh": "正在启动模型，需要几秒钟……"},
    "sure": {
        "en": "{futures} futures, each lived under every strategy with the same luck; intervals hold 95%.",
        "zh": "{futures} 个未来，每个未来中各策略运气相同；区间为 95%。",
    },
    "roi_heading": {"en": "What a yuan of marketing earns", "zh": "每一元营销费用赚回多少"},
    "cash_heading": {"en": "When the money comes back", "zh": "钱什么时候回来"},
    "roi_alt": {"en": "ROI of each strategy: {numbers}.", "zh": "各策略的投产比 ROI：{numbers}。"},
    "cash_alt": {
        "en": "Median cumulative cash of each strategy after {days} days: {numbers}.",
        "zh": "各策略在 {days} 天后的累计现金中位数：{numbers}。",
    },
    "each": {"en": "{name} {value}", "zh": "{name} {value}"},
    "separator": {"en": "; ", "zh": "；"},
    "undefined": {"en": "undefined", "zh": "无定义"},
    "no_marketing": {"en": "undefined: nothing was spent", "zh": "无定义：没有营销费用"},
    "one_future": {"en": "future {seed}: %{{x:.3f}}", "zh": "未来 {seed}：%{{x:.3f}}"},
    "median": {"en": "{name}: %{{y:,.3~g}} {unit}", "zh": "{name}：%{{y:,.3~g}} {unit}"},
    "on_day": {"en": "day %{{x}}", "zh": "第 %{{x}} 天"},
    "payback": {"en": "{name}: median payback on day %{{x:.0f}}", "zh": "{name}：回本日中位数为第 %{{x:.0f}} 天"},
    "table": {"en": "The numbers: mean and 95% interval", "zh": "数字：均值与 95% 区间"},
    "metric": {"en": "metric", "zh": "指标"},
    "metric_unit": {"en": "{metric} ({unit})", "zh": "{metric}（{unit}）"},
    "interval": {"en": "{low} to {high}", "zh": "{low} 至 {high}"},
    "reached": {"en": "reached in {futures}", "zh": "见于 {futures}"},
    "trust_heading": {"en": "How far to trust this", "zh": "可信到什么程度"},
    "trust": {
        "en": "Scenario `{scenario}`; seeds 1 to {futures}; {days} days counted and {run_out} more watched without new "
        "customers; took {seconds} s; fingerprint of all assumptions `{fingerprint}`. "
        "{origin} A model and not a forecast.",
        "zh": "情景 `{scenario}`；随机种子 1 至 {futures}；计入 {days} 天，其后停止拉新再观察 {run_out} 天；"
        "用时 {seconds} 秒；全部假设的指纹 `{fingerprint}`。{origin}这是模型，不是预测。",
    },
    "origin_shipped": {
        "en": "Not calibrated: the numbers are those that the scenario assumes.",
        "zh": "未经校准：各数取自情景的假设。",
    },
    "origin_uploaded": {
        "en": "Not calibrated here: the numbers are those of the uploaded file.",
        "zh": "未在此校准：各数取自上传的情景文件。",
    },
    "origin_calibrated": {"en": "Calibrated to your order log.", "zh": "已用您的订单数据校准。"},
    "link": {
        "en": "This link gives the same answer; it holds scenario, sliders and language.",
        "zh": "此链接给出同样的结论；其中含情景、滑块与语言。",
    },
    "link_own": {
        "en": "This link gives the same answer while this server holds your scenario; download the scenario to keep it.",
        "zh": "在服务器保存您的情景期间，此链接给出同样的结论；如需长期保存，请下载情景文件。",
    },
    "copy_link": {"en": "Copy link", "zh": "复制链接"},
    "command": {"en": "The same on the command line:", "zh": "命令行得到同样的结果："},
    "copy_command": {"en": "Copy command", "zh": "复制命令"},
    "copied": {"en": "Copied", "zh": "已复制"},
}

say = speaker(TEXTS)
