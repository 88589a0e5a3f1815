"""What can be wrong with a scenario: English as the program says it, and Chinese, part by part.

Such a sentence is put together: ``{key} is {value}, but {allowed}``, where {allowed} may end in a {remedy}. A gap whose
name stands in `INSIDE` is said in Chinese by the tables named there; if one of its parts is not known, nothing is said.
"""

from __future__ import annotations

from sim.ui.words.frame import UNITS

TEXT: dict[str, str] = {
    "it cannot be read ({reason}); check that you may read it": "无法读取；请检查是否有读取权限",
    "it is not UTF-8 text; save it as UTF-8 in your editor": "不是 UTF-8 文本；请在编辑器中另存为 UTF-8",
    "it holds half a letter (a lone surrogate); save it as UTF-8 in your editor": "含有半个字符（孤立代理项）；"
    "请在编辑器中另存为 UTF-8",
    "it is larger than {limit} MB; a scenario needs only a few kilobytes": "文件超过 {limit} MB；情景文件只需几 KB",
    "it has no `key: value` lines; write at least `extends: baseline.yaml`": "没有“参数名: 值”这样的行；"
    "请至少写一行 `extends: baseline.yaml`",
    "this cannot be read ({problem}); write `key: value` with spaces, not tabs, and indent what belongs together equally":
    "这里无法解读；请写成 `参数名: 值`，用空格而不用制表符，同组各行缩进一致",
    "nested more than {deepest} levels deep; no parameter stands so deep": "嵌套超过 {deepest} 层；没有这么深的参数",
    "*{name} is not read; write the value out": "不支持引用 *{name}；请直接写出它的值",
    "{mark} is not read; write the plain value alone": "不支持 {mark}；请只写值本身",
    "a second document starts here; remove the line `---` or what follows it": "这里开始了第二个文档；"
    "请删去 `---` 这一行，或删去其后的内容",
    "{key} is given a second time (first in line {line}); keep one of the two": "{key} 写了两次（第一次在第 {line} 行）；"
    "请只留一个",
    "a list or group cannot be a key; write `key: value`": "列表或一组参数不能作参数名；请写成 `参数名: 值`",
    "what is given holds half a letter (a lone surrogate); write it in plain letters": "给出的内容含有半个字符（孤立代理项）；"
    "请用普通字母",
}  # fmt: skip
"""What the text as such may not be."""

EXTENDS: dict[str, str] = {
    "there is no such file; did you mean {near}?": "没有这个文件；是否指 {near}？",
    "there is no such file; `siyu scenarios` lists those that are shipped": "没有这个文件；用 siyu scenarios 可列出自带的情景",
    "extends must name one file; write `extends: baseline.yaml`": "extends 须写一个文件名；请写 `extends: baseline.yaml`",
    "extends goes round in a circle, back to {name}; take one out": "extends 绕成一圈，又回到 {name}；请去掉一处",
    "more than {most} files extend one another; join some of them": "超过 {most} 个文件层层继承；请合并一些",
    "extends leads out of its folder to {name}; put it beside this one": "extends 指向文件夹之外的 {name}；"
    "请把它放在本文件旁边",
    "extends is {name}, but there is no such scenario here; did you mean {near}?": "extends 写的是 {name}，这里没有这个情景；"
    "是否指 {near}？",
    "extends is {name}, but there is no such scenario here; write one of those that `siyu scenarios` lists, such as "
    "{list}": "extends 写的是 {name}，这里没有这个情景；请写 `siyu scenarios` 所列之一，如 {list}",
}

PARAMETERS: dict[str, str] = {
    "there is no {key}; did you mean {near}?": "没有参数 {key}；是否指 {near}？",
    "there is no {key}; `siyu explain baseline` lists all that there are": "没有参数 {key}；`siyu explain baseline` 会列出全部参数",
    "there is no {key}; {group} is a single value": "没有参数 {key}；{group} 是单个值",
    "there is no {key}; {group} has {count} items, numbered from 0 to {last}": "没有参数 {key}；{group} 有 {count} 项，"
    "编号从 0 到 {last}",
    "there is no {key}; {group} has {count} items, so give the whole list in brackets": "没有参数 {key}；{group} 有 {count} 项，"
    "请用方括号写出整个列表",
    "{text} is no change; write --set key=value, as in clock.days=90": "{text} 不是一项改动；请写 --set 参数名=值，如 clock.days=90",
    "{text} cannot be read as a value; check its brackets and quotation marks": "{text} 无法读作一个值；请检查括号与引号",
    "there are {more} more mistakes": "另有 {more} 处错误",
    "{group} has no {key}; add `{again}:` and {remedy}": "{group} 缺少 {key}；请加上 `{again}:`，{remedy}",
    "{key} has {count} items, but {length}; add or remove some": "{key} 有 {count} 项，而{length}；请增减",
    "{key} is {value}, but {allowed}": "{key} 的值是{value}，而{allowed}",
    "{people} people could spend {much} yuan, but the books hold {most}; lower {key}, {others}": "{people} 人最多可消费 {much} 元，"
    "账本最多记到 {most} 元；请调低 {key}、{others}",
    "{much} visitors a day could come without an advertisement, but there is room for {most}; lower {key}, {others}":
    "每天不经广告的访客可达 {much} 人，最多容纳 {most} 人；请调低 {key}、{others}",
    "a click could come to cost {much} yuan, but the books hold {most}; lower {key}, {others}": "点击单价可涨到 {much} 元，"
    "账本最多记到 {most} 元；请调低 {key}、{others}",
}  # fmt: skip

ALLOWED: dict[str, str] = {
    "it is a group of parameters; write them below it, indented, or remove the line": "它是一组参数；请在其下缩进书写各参数，"
    "或删去这一行",
    "a switch is either true or false; write {switch}": "开关只能是 true 或 false；请写 {switch}",
    "it must be one of {choices}; did you mean {near}?": "它只能是 {choices} 之一；是否指 {near}？",
    "it must be one of {choices}; choose one": "它只能是 {choices} 之一；请选一个",
    'it must be a text; put it in "quotation marks"': "它应是文字；请加英文双引号",
    "it may hold only small letters, digits and _, and at most 60 of them; write one such as my_case": "它只能含小写英文字母、"
    "数字与 _，最多 60 个；请写成 my_case 的样子",
    "it {length}; write a text of that length": "它{length}；请按此长度书写",
    "it is a list; write its items in brackets, such as [1, 2], or below each other after dashes": "它是列表；"
    "请把各项写在方括号里，如 [1, 2]，或每行一项、以短横开头",
    "a {kind} lies between 0 and 1; {remedy}": "{kind}应在 0 与 1 之间；{remedy}",
    "it must be {limits}; {remedy}": "它应是{limits}；{remedy}",
}

LENGTHS: dict[str, str] = {
    "must have exactly {least} items": "必须正好 {least} 项",
    "may have from {least} to {most} items": "只可有 {least} 至 {most} 项",
    "must have at least {least} items": "至少要有 {least} 项",
    "must have exactly {least} characters": "必须正好 {least} 个字符",
    "may have from {least} to {most} characters": "只可有 {least} 至 {most} 个字符",
    "must have at least {least} characters": "至少要有 {least} 个字符",
}

LIMITS: dict[str, str] = {
    "null or {limits}": "null 或{limits}",
    "{limits} ({unit})": "{limits}（{unit}）",
    "a whole number {bounds}": "{bounds}的整数",
    "a number {bounds}": "{bounds}的数",
    "a whole number": "整数",
    "a number": "数",
}
BOUNDS: dict[str, str] = {
    "from {least} to {most}": " {least} 至 {most} ",
    "above {least} and at most {most}": "大于 {least}、不超过 {most} ",
    "from {least}": "不小于 {least} ",
    "above {least}": "大于 {least} ",
}
"""Of a number; the longer ones come first."""

REMEDIES: dict[str, str] = {
    "write {number} for {percentage} %": "{percentage}% 请写成 {number}",
    "write {number} or more": "请写 {number} 或更大的数",
    "write {number} or less": "请写 {number} 或更小的数",
    "write a number such as {number}": "请写一个数，如 {number}",
    "write a number": "请写一个数",
    "give it a name": "请起一个名字",
    "write {number}": "请写 {number}",
}

VALUES: dict[str, str] = {"empty": "空", "a group": "一组参数", "a list": "列表", "{word}": " {word}"}
KINDS: dict[str, str] = {
    "chance": "概率", "share": "比例", "shares": "比例", "chance a month": "每月概率", "share a year": "每年比例",
}  # fmt: skip
OTHERS: dict[str, str] = {"{one} or {other}": "{one} 或 {other}", "{one}": "{one}"}
MEASURES: dict[str, str] = {
    name.replace(" (", "; ").removesuffix(")"): said["zh"].replace("，", "；") for name, said in UNITS.items()
}
"""Units as they stand in a sentence's brackets."""

INSIDE: dict[str, dict[str, str]] = {
    "allowed": ALLOWED, "length": LENGTHS, "limits": LIMITS, "bounds": BOUNDS, "remedy": REMEDIES, "value": VALUES, "others": OTHERS,
    "unit": MEASURES, "kind": KINDS,
}  # fmt: skip
"""Gaps that hold a part of a sentence, and what such a part may be."""

PLACES: dict[str, str] = {
    "{file}, line {line}": "{file} 第 {line} 行", "changes": "改动", "given": "所给情景", "default": "默认值", "{file}": "{file}",
}  # fmt: skip
"""Where a value was written."""
