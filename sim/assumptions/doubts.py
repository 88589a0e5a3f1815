"""What a scenario says about its own doubt: which numbers are known, how far others may be off, what draws must meet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.assumptions.fields import Part, Who, given

Text = Annotated[str, Field(min_length=1, max_length=300)]
Word = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]
Key = Annotated[str, Field(min_length=3, max_length=120, pattern=r"^[a-z0-9_.]+$")]
Setting = Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[a-z0-9_.]+=.+$")]

Shape = Literal["uniform", "pert", "lognormal", "logit_normal", "point"]


class PriorRange(Part):
    """How far one number may be off: low and high hold nine of ten worlds."""

    key: Key = given(..., "the number, such as market.order_value_cny", "参数", "scenario", kind="device")
    low: float | None = given(None, "below it lies the lowest twentieth of worlds, or less", "下端：九成世界的下限", "scenario", kind="device")
    high: float | None = given(None, "above it lies the highest twentieth, or less", "上端：九成世界的上限", "scenario", kind="device")
    shape: Shape | None = given(
        None, "how worlds lie between; if not stated, uniform under a plausible prior and pert under a central one",
        "分布形状；不写则随先验：合理先验为均匀，居中先验为 PERT", "scenario", kind="device",
    )
    mode: float | None = given(None, "where a pert has its peak; if not stated, at the scenario's value", "峰值（PERT）；不写则为情景取值", "scenario", kind="device")
    source: Text = given("assumption", "where the range comes from", "来源", "scenario", kind="device")


class PriorTable(Part):
    """Several numbers drawn together: rows of values, each as likely as the next, such as a posterior's draws."""

    name: Word = given(..., "what the table is called", "名称", "scenario", kind="device")
    keys: tuple[Key, ...] = given(..., "the numbers, one a column", "参数（逐列）", "scenario", kind="device", min_length=1, max_length=60)
    rows: tuple[tuple[float, ...], ...] = given(
        ..., "the values, one row a draw", "取值（逐行，每行一次抽取）", "scenario", kind="device", min_length=1, max_length=10_000,
    )
    source: Text = given("assumption", "where the rows come from", "来源", "scenario", kind="device")


class Alternative(Part):
    """One way in which the world may work."""

    chance: float = given(..., "how likely it is", "可能性", "scenario", kind="device", above=0, most=1)
    changes: tuple[Setting, ...] = given(
        ..., "what it changes in the scenario, as key=value", "对情景的改动（键=值）", "scenario", kind="device", min_length=1, max_length=20,
    )


class Structure(Part):
    """Where studies disagree about how the world works: alternatives, each with its chance; what is left to 1 is the
    scenario as it stands."""

    name: Word = given(..., "what is disputed", "名称", "scenario", kind="device")
    alternatives: tuple[Alternative, ...] = given(..., "the alternatives", "备选结构", "scenario", kind="device", min_length=1, max_length=8)
    who: Who = given("nobody", "who can find out which of them is right: accounting, log, pilot or nobody", "谁能查明：财务、日志、试点或无人", "scenario", kind="device")
    source: Text = given("assumption", "who disagrees", "来源", "scenario", kind="device")


DISPUTED = (
    Structure(
        name="messages", who="pilot",
        alternatives=(Alternative(chance=0.5, changes=("switches.fatigue=false",)),),
        source="profit against messages has a peak (Zhang, Kumar & Cosguner 2017) or saturates (MineThatData 2018); even chances are an assumption",
    ),
    Structure(
        name="loyalty", who="nobody",
        alternatives=(Alternative(chance=0.5, changes=("pool.exit_reduction_share=0",)),),
        source="a pool makes people stay (Gopalakrishnan and others 2021), or only come more often; even chances are an assumption",
    ),
)
"""What studies disagree about."""


class PriorGroup(Part):
    """What is known, and how far the rest may be off. Without a word here, a number that a file states is known, and
    every other fact and doubt may lie anywhere in its documented range."""

    known: tuple[Key, ...] = given(
        (), "facts and doubts whose value stands although it is the default; a file that says nothing knows all that it states",
        "已知的参数（取值恰为默认值也不再抽取）；文件未写此项时，其所写参数均视为已知", "scenario", kind="device", max_length=300,
    )
    ranges: tuple[PriorRange, ...] = given((), "numbers that may be off, each with its range", "各参数的范围", "scenario", kind="device", max_length=300)
    tables: tuple[PriorTable, ...] = given((), "numbers that are drawn together", "联合抽取表", "scenario", kind="device", max_length=20)
    structures: tuple[Structure, ...] = given(DISPUTED, "how the world may work instead", "备选结构", "scenario", kind="device", max_length=12)


class Evidence(Part):
    """What a possible world must show: a metric of a strategy between two numbers. Worlds that miss it are refused."""

    metric: Word = given(..., "the metric that is looked at", "指标", "scenario", kind="device")
    strategy: Word = given("hybrid", "the strategy that is lived", "策略", "scenario", kind="device")
    against: Word | None = given(
        None, "the strategy that a metric of two runs compares with", "对照策略（两次运行的指标）", "scenario", kind="device",
    )
    than: tuple[Setting, ...] = given(
        (), "if stated, the metric over the same in this other world, as key=value", "若写，则为与另一世界之比（键=值）", "scenario", kind="device",
        max_length=20,
    )
    low: float | None = given(None, "the least that can be", "下限", "scenario", kind="device")
    high: float | None = given(None, "the most that can be", "上限", "scenario", kind="device")
    informs: tuple[Key, ...] = given(
        (), "how the keys begin of the numbers that it tells of; where a reader knows one of them it is no longer asked for",
        "所涉参数的开头；其中任一已知则不再使用此证据", "scenario", kind="device", max_length=20,
    )
    source: Text = given("assumption", "where it comes from", "来源", "scenario", kind="device")
