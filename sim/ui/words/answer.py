"""What the Answer page says."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "answer": {"en": "Answer", "zh": "答案"},
    "preview": {"en": "≈ preview", "zh": "≈ 预览"},
    "previewing": {
        "en": "Living through {futures} futures for a preview…",
        "zh": "正在推演 {futures} 个未来，先给出预览……",
    },
    "refining": {
        "en": "≈ preview from {preview} futures; living through {futures} for the answer…",
        "zh": "≈ 以上为 {preview} 个未来的预览；正在推演 {futures} 个未来以得出答案……",
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
        "A model and not a forecast: nothing here is calibrated to your data.",
        "zh": "情景 `{scenario}`；随机种子 1 至 {futures}；计入 {days} 天，其后停止拉新再观察 {run_out} 天；"
        "用时 {seconds} 秒；全部假设的指纹 `{fingerprint}`。这是模型，不是预测：没有用您的数据校准过。",
    },
    "link": {
        "en": "The address of this page holds scenario, sliders and language: copy it to share this answer. "
        "The same on the command line:",
        "zh": "本页网址含情景、滑块与语言：复制网址即可分享这个答案。命令行得到同样的结果：",
    },
}

say = speaker(TEXTS)
