"""What can be wrong with what a scenario says about its own doubt: English as the program says it, and Chinese."""

from __future__ import annotations

PRIORS: dict[str, str] = {
    "{key} is {name}, but there is no such parameter; did you mean {near}?": "{key} 写的是 {name}，没有这个参数；是否指 {near}？",
    "{key} is {name}, but there is no such parameter; `siyu explain baseline` lists all that there are": "{key} 写的是 {name}，没有这个参数；`siyu explain baseline` 会列出全部参数",
    "{key} is {name}, but that is a choice of the brand and never drawn; set its value instead": "{key} 写的是 {name}，这由品牌自己决定，从不抽取；请直接写它的取值",
    "{key} is {name}, but that is a device of the model and never drawn; set its value instead": "{key} 写的是 {name}，这是模型约定，从不抽取；请直接写它的取值",
    "{key} is {name}, but that is no number; name a number": "{key} 写的是 {name}，它不是数；请写一个数值参数",
    "{key} has no {again}; write low and high, between which nine of ten worlds lie": "{key} 缺少 {again}；请写 low 与 high，九成可能世界落在其间",
    "{key} goes from {low} to {high}; the first must be the smaller one": "{key} 从 {low} 到 {high}；前一个须较小",
    "{key} is {low}, but {again} may not be that; {remedy}": "{key} 的值是 {low}，而 {again} 不可取此值；{remedy}",
    "{key} is lognormal, but its low is {low}; write a low above 0, or another shape": "{key} 是对数正态（lognormal），而 low 为 {low}；请写大于 0 的 low，或换一种形状",
    "{key} is logit_normal, but goes from {low} to {high}; write ends between 0 and 1": "{key} 是对数几率正态（logit_normal），而范围从 {low} 到 {high}；两端请写在 0 与 1 之间",
    "{key} is {again}, which has no mode; take the mode out, or write pert": "{key} 是 {again}，它没有 mode；请去掉 mode，或写 pert",
    "{key} is {mode}, but lies outside {low} to {high}; write one within": "{key} 的值是 {mode}，不在 {low} 至 {high} 之间；请写在其间",
    "{key} has {count} values, but there are {width} keys; write one value for each": "{key} 有 {count} 个值，而参数有 {width} 个；请逐个写出",
    "{key} is {name}, which has a range already; keep one of the two": "{key} 写的是 {name}，它已有范围；请只留一处",
    "{key} has chances that add up to {sum}; make them add up to 1 or less": "{key} 的可能性合计 {sum}；合计不可超过 1",
    "{key} has neither low nor high; write at least one of them": "{key} 没有 low 也没有 high；请至少写一个",
    "{key} is {name}, but there is no such metric; did you mean {near}?": "{key} 写的是 {name}，没有这个指标；是否指 {near}？",
    "{key} is {name}, but there is no such metric; write one such as {again}": "{key} 写的是 {name}，没有这个指标；请写如 {again}",
    "{key} compares two strategies, but says only one; add `{again}`": "{key} 比较两种策略，却只写了一种；请加上 `{again}`",
    "it holds no draws; write the keys in the first line and a draw in each that follows": "没有抽取值；请在第一行写参数名，其后每行写一次抽取",
    "there is no such file; check its name": "没有这个文件；请核对文件名",
}  # fmt: skip
