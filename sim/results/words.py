"""One run in a sentence."""

from __future__ import annotations

from sim.results.metrics import all_of
from sim.results.result import Result
from sim.text.phrases import Language, amount, ratio, strategy_name


def run_sentence(result: Result, language: Language) -> str:
    """One run in a sentence, with the warning that one future is not an answer."""
    found = all_of(result)
    name, profit, roi, payback = (
        strategy_name(result.strategy, language),
        *(found[metric] for metric in ("profit_cny", "roi", "payback_day")),
    )
    if language == "zh":
        back = "没有回本" if payback is None else f"第 {payback:.0f} 天回本"
        roi_text = "无定义" if roi is None else ratio(roi)
        earned = amount(profit or 0, language)
        return f"{name}（种子 {result.seed}）：净利润 {earned}，投产比 ROI {roi_text}，{back}；单个未来不能说明确定性。"
    back = "does not pay back" if payback is None else f"pays back on day {payback:.0f}"
    roi_text = "ROI undefined" if roi is None else f"ROI {ratio(roi)}"
    earned = amount(profit or 0, language)
    return (
        f"{name}, seed {result.seed}: net profit {earned}, {roi_text}, {back}; one future says nothing about certainty."
    )
