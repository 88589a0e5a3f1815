"""Words of the page of jobs and stored batches."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "jobs_heading": {"en": "Jobs", "zh": "任务"},
    "counts": {
        "en": "{running} running and {waiting} waiting on this server, {limit} at once at most.",
        "zh": "本服务器上 {running} 个运行中，{waiting} 个排队，最多同时运行 {limit} 个。",
    },
    "no_jobs": {
        "en": "You have no jobs. Ask for one on the pages Answer, What if or My data, or below.",
        "zh": "您还没有任务。可在“结论”“假如”“我的数据”页或下方提交。",
    },
    "flips": {"en": "Flip value", "zh": "临界值"},
    "waterfall": {"en": "Why, by mechanism", "zh": "按机制拆解原因"},
    "price_causes": {"en": "Why the click price moved", "zh": "点击价为何变化"},
    "tornado": {"en": "Which assumptions matter", "zh": "哪些假设影响最大"},
    "frontier": {"en": "Who wins where", "zh": "谁在哪里赢"},
    "rules": {"en": "In which worlds", "zh": "在什么样的世界里"},
    "compare": {"en": "Comparison in {n} futures", "zh": "{n} 个未来的对比"},
    "batch": {"en": "Batch", "zh": "批量运行"},
    "fit": {"en": "Fit of an order log", "zh": "订单日志拟合"},
    "look_over": {"en": "Look at a file", "zh": "查看文件"},
    "sum_up": {"en": "Summary of a batch", "zh": "批量汇总"},
    "done": {"en": "done in {seconds}", "zh": "已完成，用时 {seconds}"},
    "failed": {"en": "failed", "zh": "失败"},
    "stopped": {"en": "stopped", "zh": "已停止"},
    "get": {"en": "Answer (JSON)", "zh": "结果（JSON）"},
    "forget": {"en": "Remove", "zh": "删除"},
    "more_heading": {"en": "More futures of the scenario in use", "zh": "为当前情景推演更多未来"},
    "more": {"en": "Live {n} futures", "zh": "推演 {n} 个未来"},
    "how_many": {"en": "Futures", "zh": "未来数"},
    "vary_heading": {"en": "A batch: one assumption over its range", "zh": "批量运行：让一条假设走遍其范围"},
    "vary_which": {"en": "Assumption", "zh": "假设"},
    "vary": {"en": "Live {values} values in {n} futures", "zh": "{values} 个取值，各推演 {n} 个未来"},
    "batches_heading": {"en": "Stored batches", "zh": "已存的批量运行"},
    "no_batches": {
        "en": "No batch is stored here. Make one with `siyu batch DESIGN.yaml`, and serve the app with "
        "`siyu app --runs DIR`.",
        "zh": "这里没有批量运行。请用 `siyu batch 设计.yaml` 生成，并以 `siyu app --runs 文件夹` 启动应用。",
    },
    "choose": {"en": "Batches (up to {most} at once)", "zh": "批量运行（最多同时 {most} 个）"},
    "summing": {"en": "Sum up {name}", "zh": "汇总 {name}"},
    "about": {
        "en": "**{name}**: {done} of {runs} runs. {question}",
        "zh": "**{name}**：{runs} 次运行中的 {done} 次。{question}",
    },
    "about_unfinished": {
        "en": "**{name}**: unfinished, {done} of {runs} runs are there. {question}",
        "zh": "**{name}**：尚未跑完，{runs} 次运行中已有 {done} 次。{question}",
    },
    "colon": {"en": ": ", "zh": "："},
    "strategies": {"en": "Strategies", "zh": "策略"},
    "scenarios": {"en": "Scenarios", "zh": "情景"},
    "metric": {"en": "Metric", "zh": "指标"},
    "against": {"en": "First chart: against", "zh": "上图横轴"},
    "dots_against": {"en": "Second chart: against", "zh": "下图横轴"},
    "overlay_heading": {
        "en": "{metric}: mean and 95% interval of each group of runs",
        "zh": "{metric}：各组运行的均值与 95% 区间",
    },
    "scatter_heading": {"en": "Every run: {metric} against {other}", "zh": "每次运行：{metric}与{other}"},
    "overlay_alt": {"en": "{metric} of {groups} groups of runs.", "zh": "{groups} 组运行的{metric}。"},
    "scatter_alt": {"en": "{runs} runs, {metric} against {other}.", "zh": "{runs} 次运行，{metric}与{other}。"},
    "scenario": {"en": "scenario", "zh": "情景"},
    "table": {"en": "Summary (CSV)", "zh": "汇总（CSV）"},
    "all_runs": {"en": "Runs (CSV)", "zh": "逐次运行（CSV）"},
    "one_heading": {"en": "One run, to be lived again", "zh": "重现某一次运行"},
    "one": {"en": "Run", "zh": "运行编号"},
    "yaml": {"en": "Its scenario (YAML)", "zh": "该次运行的情景（YAML）"},
    "again": {"en": "The same numbers:", "zh": "得到相同的数字："},
    "dot": {"en": "{name}, run %{{customdata}}", "zh": "{name}，第 %{{customdata}} 次"},
}

say = speaker(TEXTS)
