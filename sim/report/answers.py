"""Any answer as a picture or as a table: one door for the command line, the app and notebooks."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from sim.inference.comparison import Comparison
from sim.questions.breakeven.answer import BreakEven, Frontier
from sim.questions.decide.answer import Verdict
from sim.questions.optimise.answer import Optimum
from sim.questions.sensitivity.answer import Indices, Tornado
from sim.questions.waterfall.answer import Waterfall
from sim.report import answer_tables, charts, tables
from sim.report.breakeven_charts import breakeven_figure, frontier_figure
from sim.report.decide_charts import decide_figure
from sim.report.decide_tables import decide_table
from sim.report.optimum_charts import optimum_figure
from sim.report.sensitivity_charts import indices_figure, tornado_figure
from sim.report.waterfall_charts import waterfall_figure
from sim.results.result import Result
from sim.text.phrases import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@singledispatch
def figure(answer: Any, language: Language = "en") -> Figure:
    """The picture of a run, a comparison or any experiment's answer; raises TypeError for anything else."""
    raise TypeError(f"there is no picture of a {type(answer).__name__} in {language}")


figure.register(Result, lambda answer, language="en": charts.run_figure(answer, language))
figure.register(Comparison, lambda answer, language="en": charts.comparison_figure(answer, language))
figure.register(BreakEven, lambda answer, language="en": breakeven_figure(answer, language))
figure.register(Frontier, lambda answer, language="en": frontier_figure(answer, language))
figure.register(Tornado, lambda answer, language="en": tornado_figure(answer, language))
figure.register(Indices, lambda answer, language="en": indices_figure(answer, language))
figure.register(Waterfall, lambda answer, language="en": waterfall_figure(answer, language))
figure.register(Verdict, lambda answer, language="en": decide_figure(answer, language))
figure.register(Optimum, lambda answer, language="en": optimum_figure(answer, language))


@singledispatch
def table(answer: Any, language: Language = "en") -> str:
    """The table of a run, a comparison or any experiment's answer; raises TypeError for anything else."""
    raise TypeError(f"there is no table of a {type(answer).__name__} in {language}")


table.register(Result, lambda answer, language="en": tables.run_table(answer, language))
table.register(Comparison, lambda answer, language="en": tables.comparison_table(answer, language))
table.register(BreakEven, lambda answer, language="en": answer_tables.breakeven_table(answer, language))
table.register(Frontier, lambda answer, language="en": answer_tables.frontier_table(answer, language))
table.register(Tornado, lambda answer, language="en": answer_tables.tornado_table(answer, language))
table.register(Indices, lambda answer, language="en": answer_tables.indices_table(answer, language))
table.register(Waterfall, lambda answer, language="en": answer_tables.waterfall_table(answer, language))
table.register(Verdict, lambda answer, language="en": decide_table(answer, language))
table.register(Optimum, lambda answer, language="en": answer_tables.optimum_table(answer, language))
