"""What can be wrong with an order log, and what must be told about a fit: English as the program says it, and Chinese.

Gaps such as {name} stand for what differs from case to case; both languages have the same.
"""

from __future__ import annotations

from sim.calibration.read.words import CAUTIONS

FILES: dict[str, str] = {
    "there is no such file; check its name and folder": "没有这个文件；请检查文件名与文件夹",
    "this is a folder or a device; name a file": "这是文件夹或设备；请指定文件",
    "it cannot be read ({reason}); check its permissions": "无法读取（{reason}）；请检查权限",
    "the file is empty; export the log again": "文件是空的；请重新导出订单",
    "this is an old Excel workbook (.xls); save it as .xlsx or CSV": "这是旧版 Excel 文件（.xls）；请另存为 .xlsx 或 CSV",
    "this is a packed file (gzip); unpack it first": "这是压缩文件（gzip）；请先解压",
    "this is a packed file; unpack it first": "这是压缩文件；请先解压",
    "this is a PDF; export a table instead": "这是 PDF；请导出表格",
    "this is a web page or XML and no table; export it as CSV": "这是网页或 XML，不是表格；请导出为 CSV",
    "this is JSON and no table; export it as CSV": "这是 JSON，不是表格；请导出为 CSV",
    "this Parquet file is damaged or cut short; export it again": "Parquet 文件已损坏或不完整；请重新导出",
    "this is a binary file and no table; export the log as CSV, Parquet or Excel": "这是二进制文件，不是表格；"
    "请导出为 CSV、Parquet 或 Excel",
    "line {line} is more than {limit} bytes long, which no order is; export the log again": "第 {line} 行超过 {limit} 字节，"
    "不可能是一笔订单；请重新导出",
    "line {line}, {text}, has a single column; put commas between customer, date and amount": "第 {line} 行“{text}”只有一列；"
    "请用逗号隔开顾客、日期与金额",
    "the text is in neither UTF-8 nor GB18030 (GBK); save it as UTF-8": "文字编码既不是 UTF-8 也不是 GB18030（GBK）；"
    "请另存为 UTF-8",
    "there is a line of names, but no order below it; export the log again": "只有表头，没有订单；请重新导出",
    'the rows cannot be told apart; look for a quotation mark (") that is opened and not closed': "无法分清各行；"
    "请检查是否有未闭合的引号（\"）",
    "{where}, {text}, has {cells} cells, but there are {columns} columns; quote texts that hold a comma, or repair the "
    "line": "{where}“{text}”有 {cells} 格，而表头有 {columns} 列；含逗号的文字请加引号，或修正该行",
    "the workbook has no filled sheet; export the log again": "工作簿没有内容；请重新导出",
    "sheet {sheet} has a row of names, but no order below it; export it again": "工作表 {sheet} 只有表头，没有订单；请重新导出",
    "this is no Excel workbook, or a damaged one; save it again as .xlsx or CSV": "不是 Excel 工作簿，或已损坏；"
    "请重新存为 .xlsx 或 CSV",
    "row {row} of sheet {sheet} holds the formula {text} without its value; paste values, or open and save it in Excel "
    "once": "工作表 {sheet} 第 {row} 行是公式 {text}，没有数值；请粘贴为数值，或用 Excel 打开并保存一次",
    "the file unpacks to {size}, which no order log needs; export customer, date and amount only": "文件解压后有 {size}，"
    "订单日志不需要这么大；请只导出顾客、日期与金额",
    "a sheet has more cells than an order log needs; export customer, date and amount only": "工作表的单元格多得"
    "超出订单日志所需；请只导出顾客、日期与金额",
    "the text is in neither UTF-8 nor GB18030 (GBK); save it as UTF-8, or say --encoding": "文字编码既不是 UTF-8 也不是 GB18030（GBK）；"
    "请另存为 UTF-8",
    "the text is no {encoding} throughout; save it as UTF-8": "文字不全是 {encoding} 编码；请另存为 UTF-8",
    "this file is damaged or cut short; export it again": "文件已损坏或不完整；请重新导出",
    "the column {text} holds {type}, and no texts, numbers or dates; export it plainly": "“{text}”列的内容是 {type}，"
    "不是文字、数或日期；请导出为普通列",
    "the column {text} holds {type} that cannot be read; export it again": "“{text}”列的内容 {type} 无法读取；请重新导出",
    "a column holds {type} and no texts; export it plainly": "有一列的内容是 {type}，不是文字；请导出为普通列",
    "the dates are {type}, which cannot be read; write them as in 2026-03-01": "日期是 {type}，无法读取；请写成 2026-03-01 的样子",
    "--sheet is {text}, but there is no such sheet; did you mean {near}?": "没有工作表“{text}”；是否指 {near}？",
    "--sheet is {text}, but there is no such sheet; there are {near}": "没有工作表“{text}”；现有：{near}",
    "--encoding is {text}, which is none; write utf-8, gb18030, big5, cp1252 or utf-16": "编码“{text}”不存在；请写 utf-8、gb18030、"
    "big5、cp1252 或 utf-16",
    "the upload is gone; upload the file again": "上传的文件已不在；请重新上传",
}

COLUMNS: dict[str, str] = {
    "two columns are called {text}; rename one": "有两列都叫“{text}”；请改名",
    "--{role} is {text}, but there is no such column; did you mean {near}?": "指定的{role}列“{text}”不存在；是否指 {near}？",
    "--{role} is {text}, but there is no such column; there are {near}": "指定的{role}列“{text}”不存在；现有：{near}",
    "{text} cannot be {role} and {other} at once": "“{text}”不能同时是{role}与{other}",
    "the first line, {text}, holds data and no names of columns; put a line such as customer,date,amount above it": "首行“{text}”"
    "是数据而不是列名；请在上面加一行，如：顾客,日期,金额",
    "no column for {roles} was recognised among {text}; name it with {options}": "在 {text} 中没有认出{roles}列；请在上方指定",
    "no column for amount was recognised among {text}; name it with --amount COLUMN, or say --without-amounts if the log has "
    "none": "在 {text} 中没有认出金额列；请在上方指定，若日志没有金额请勾选“日志没有金额”",
    "the {role} in {where} is empty; fill it in, or say --leave-out-empty to leave such rows out": "{where}的{role}是空的；"
    "请补上，或在上方勾选略去这些行",
    "the {role} in {where} is empty (as in {count} more of {all}); fill it in, or say --leave-out-empty to leave such rows "
    "out": "{where}的{role}是空的（{all} 行中另有 {count} 行）；请补上，或在上方勾选略去这些行",
    "the customer {text} in {where} stands for nobody (as in {count} more of {all}); fill it in, or say --leave-out-empty to "
    "leave such rows out": "{where}的顾客“{text}”不指任何人（{all} 行中另有 {count} 行）；请补上，或在上方勾选略去这些行",
    "the customer {text} in {where} stands for nobody; fill it in, or say --leave-out-empty to leave such rows out": "{where}的"
    "顾客“{text}”不指任何人；请补上，或在上方勾选略去这些行",
    "the customer {text} in {where} is a number that Excel has cut short, many people in one (as in {count} more of {all}); fill "
    "it in, or say --leave-out-empty to leave such rows out": "{where}的顾客“{text}”是被 Excel 截短的号码，多人合为一人（{all} 行中另有 "
    "{count} 行）；请补上，或在上方勾选略去这些行",
    "{text} says what kind of customer ordered ({list}), and not who; name the column of customers with --customer COLUMN":
    "“{text}”列说的是哪类顾客（{list}），而不是谁；请在上方指定顾客列",
    "{text} differs in every row, as an order's number does, and no customer's; name the column of customers with --customer "
    "COLUMN": "“{text}”列每行都不同，像订单编号而不是顾客；请在上方指定顾客列",
    "{text} holds numbers that Excel has cut short, as {name}, many people in one; export it as text": "“{text}”列的号码被 Excel "
    "截短，如 {name}，多人合为一人；请按文本重新导出",
    "{text} holds masked names, as {name}, many people in one; name the column of customers with --customer COLUMN, or name "
    "this one to take it": "“{text}”列的名称被打码，如 {name}，多人合为一人；请在上方另选顾客列，或明确选它",
    "{text} holds only 0 and 1, a switch and no amount; name the amount with --amount COLUMN": "“{text}”列只有 0 和 1，是开关而不是"
    "金额；请在上方指定金额列",
    "the {role} {text} in line {line} may have decimals or thousands, and no other tells; say --decimal point or comma":
    "第 {line} 行的{role}“{text}”分不清小数与千位；请在上方选择 1.234 是什么",
    "amounts are in more than one currency, {list}; convert them into one, or give a rate for each, as in --currency USD=7.1":
    "金额有多种货币：{list}；请先折算为一种",
    "{text} is {name} in line {line}, which may or may not be an order's; name those that count with --states A,B": "第 {line} 行的"
    "“{text}”是“{name}”，不知是否算订单；请在上方写明哪些算",
    "--states names {text}, but no column of states has it; did you mean {near}?": "没有状态“{text}”；是否指 {near}？",
    "--states names {text}, but no column of states has it; there are {near}": "没有状态“{text}”；现有：{near}",
    "the lines of an order have one amount, as from line {line} on, which may be each line's or the order's; say --amount-of "
    "line or order": "自第 {line} 行起，一笔订单的各行金额相同，不知是每行的还是整笔的；请在上方选择金额属于什么",
    "the date {text} in line {line} has a year of two digits and can be read in several ways; write four, as in 2026-03-01, or "
    "say --date-order dmy or mdy": "第 {line} 行的日期“{text}”年份只有两位，可有几种读法；请写四位，如 2026-03-01，或在上方选择日期顺序",
    "there are no orders in it; export the log again": "其中没有订单；请重新导出",
    "the {role} in line {line} is empty; fill it in, or leave the row out": "第 {line} 行的{role}是空的；请补上，或删去该行",
    "the {role} in row {line} is empty; fill it in, or leave the row out": "第 {line} 行的{role}是空的；请补上，或删去该行",
    "the {role} in line {line} is the formula {text}; paste values instead of formulas": "第 {line} 行的{role}是公式 {text}；"
    "请粘贴为数值",
    "the {role} in line {line} is {text}, which is no number; write it as in 129.50": "第 {line} 行的{role}“{text}”不是数；"
    "请写成 129.50 的样子",
    "the column of {role}s holds {type} and no numbers": "{role}列的内容是 {type}，不是数",
    "the date {text} in line {line} has a year of two digits; write four, as in 2026-03-01": "第 {line} 行的日期“{text}”"
    "年份只有两位；请写四位，如 2026-03-01",
    "{text} in line {line} is no date; write it as in 2026-03-01": "第 {line} 行的“{text}”不是日期；请写成 2026-03-01 的样子",
    "dates are written in more than one form, {one} in line {line} and {text} in line {other}; write all in one, such as "
    "2026-03-01": "日期写法不一：第 {line} 行是“{one}”，第 {other} 行是“{text}”；请统一，如 2026-03-01",
    "the calendar has no {text} in line {line}; correct it": "日历上没有第 {line} 行的“{text}”；请更正",
    "some dates can only be day first and others only month first; write all in one form, such as 2026-03-01": "有的日期只能是"
    "日在前，有的只能是月在前；请统一，如 2026-03-01",
    "{text} in line {line} could be day first or month first, and no other date tells; say --date-order dmy or mdy": "第 {line} 行的"
    "“{text}”分不清日与月孰先；请在上方选择日期顺序",
}

ORDERS: dict[str, str] = {
    "all orders are by one customer, from whom nothing about others can be learnt": "所有订单都来自同一位顾客，无法推知其他人",
    "line {line} is dated {date}, which is yet to come; correct the date, or leave the row out": "第 {line} 行的日期 {date} "
    "尚未到来；请更正，或删去该行",
    "line {line} is dated {date}, which no order log reaches back to; correct it, or leave it out": "第 {line} 行的日期 {date} "
    "过早，不可能是订单；请更正，或删去",
    "the amount in line {line} is no number; correct it": "第 {line} 行的金额不是数；请更正",
    "the amount in line {line} is {amount}, which no order is worth; correct it": "第 {line} 行的金额是 {amount}，不可能是一笔订单；请更正",
    "the amount in line {line} is {amount} (and {more} more are negative), but an order is worth 0 or more; leave returns "
    "out, or net them": "第 {line} 行的金额是 {amount}（另有 {more} 行为负），而订单金额不小于 0；请去掉退货，或冲抵后再导出",
    "the amount in line {line} is {amount}, but an order is worth 0 or more; leave returns out, or net them": "第 {line} 行的金额是 "
    "{amount}，而订单金额不小于 0；请去掉退货，或冲抵后再导出",
    "{copies} of {rows} rows repeat another row exactly (as line {line} does line {other}); take them out, or say "
    "--keep-copies if each is an order or an item of its own": "{rows} 行中有 {copies} 行与别的行完全相同（如第 {line} 行与第 {other} 行）；"
    "请去重，若各为独立订单或商品，请勾选上方的“相同的行各算一笔”",
    "all orders are of one day, {date}; give a longer log": "所有订单都在同一天 {date}；请给出更长的日志",
    "the calibration period has one customer, from whom nothing about others follows": "拟合期内只有一位顾客，无法推知其他人",
    "only {some} of {all} customers came back in the calibration period, and need and exit cannot be told apart from fewer "
    "than {least}; give a longer log": "拟合期内 {all} 位顾客中只有 {some} 位复购，少于 {least} 位无法区分需求与流失；请给出更长的日志",
    "the log has {days} days in whole weeks, but a run has from 7 to {most}; cut the log": "日志整周共 {days} 天，"
    "而一次运行为 7 至 {most} 天；请截短日志",
}

NOTES: dict[str, str] = {
    "{copies} rows are exactly like another; they were taken for orders, of which a day's count once": "有 {copies} 行与别的行"
    "完全相同，按订单处理，同日合并为一次",
    "only {count} customers came back: read the standard errors, not the numbers alone": "只有 {count} 位顾客复购：请连同误差"
    "一起看，不要只看数值",
    "all customers began within one week: one cohort, in which a customer's age and the calendar cannot be told apart, so "
    "that a season or a campaign would be read as need or exit": "所有顾客都在同一周首购，属同一批次，无法区分客龄与日历，"
    "季节或活动会被当成需求或流失",
    "{title}: {names} are not determined by this log (a boundary solution or a flat ridge): do not quote these numbers for "
    "{what}": "{title}：日志无法确定 {names}（边界解或平坦脊），请勿引用这些数值来谈{what}",
    "{title}: {names} is not determined by this log (a boundary solution or a flat ridge): do not quote these numbers for "
    "{what}": "{title}：日志无法确定 {names}（边界解或平坦脊），请勿引用这个数值来谈{what}",
    "{title}: hardly any exit is seen in this log; how long customers stay cannot be learnt from it": "{title}：日志中几乎看不到流失，"
    "无法得知顾客能留多久",
    "{title}: customers hardly differ in their need (r = {value}); what is known is one rate for all, {rate} orders a {each}":
    "{title}：顾客的需求频率几乎没有差别（r = {value}）；能确定的是共同的频率：每{each} {rate} 单",
    "BG/NBD, whose customers exit after an order, is likelier by {value} (logarithm) than Pareto/NBD, whose exit in "
    "calendar time is the simulator's; compare both on the weeks held out": "BG/NBD（下单后流失）的对数似然比 Pareto/NBD"
    "（按日历时间流失，仿真所用）高 {value}；请比较两者在留出周上的表现",
    "the weeks held out had {actual} repeat orders and Pareto/NBD expected {expected}, {share} too {much} (chance alone makes "
    "up to {chance}): something changed, or it is the wrong process": "留出周实际复购 {actual} 次，Pareto/NBD 预期 {expected} 次，"
    "{much} {share}（偶然最多造成 {chance}）：情况有变，或模型不合适",
    "no order at all from {first} to {last}, when some {due} were due: a hole in the export, or a closed shop; no season is "
    "made of it, but the fit takes it for customers who left or waited: complete the log, or cut it there": "{first} 至 {last} "
    "没有任何订单，而本应约有 {due} 单：导出有缺口，或店铺停业；不会据此推断季节，但拟合会当成顾客流失或等待：请补全日志，或在此处截断",
    "some {old} of {all} customers more than usual begin in the log's first {weeks} weeks: most had probably ordered before "
    "it begins, and are taken for new ones; need and exit are then those of old customers: give the log from its true "
    "beginning, or only customers who came later": "日志最初 {weeks} 周里首次出现的顾客比平常约多 {old} 位（共 {all} 位）：其中多数可能在"
    "日志开始前就已下过单，却被当成新客，需求与流失因而是老客的；请给出从真正开始时的日志，或只保留之后才来的顾客",
    "customers order in a rhythm, more regularly than at random moments (waits like an Erlang distribution of shape {value}): "
    "the fitted process lets needs come at random, so that who is overdue is given up too late, and single runs differ more "
    "than the log would": "顾客下单有规律，比随机时刻更均匀（间隔近似形状为 {value} 的 Erlang 分布）：拟合假定需求随机到来，"
    "因此对逾期未购的顾客放弃得偏晚，各次运行之间的差别也大于实际",
    "a run of this scenario over the log's own weeks has {mean} repeat orders ({low} to {high}), the log {actual}: {share} "
    "too {much}; so does the fit itself, which is off by {own}: something changed in these weeks, or it is the wrong process": "用此情景重走"
    "日志自身的各周，复购 {mean} 次（{low} 至 {high}），日志为 {actual} 次，{much} {share}；拟合本身也偏差 {own}：情况有变，或模型不合适",
    "the log has some {orders} orders a year worth {worth}; budget, click price, margin and how many new customers come are "
    "not in it and still the baseline's: a verdict in yuan is not about a shop of this size before they are stated (a funnel "
    "sheet, brand.budget_cny_per_day, market.margin_share)": "日志约合每年 {orders} 单、金额 {worth}；预算、点击价格、毛利与新客人数不在"
    "日志中，仍是基准值：在给出这些数（漏斗表、brand.budget_cny_per_day、market.margin_share）之前，以元计的结论并非针对这么大的店",
    "a run of this scenario over the log's own weeks has {mean} repeat orders ({low} to {high}), the log {actual}: {share} "
    "too {much}, though the fit itself is off by {own}: chance among few customers, or a fit that the simulator cannot hold; "
    "do not rely on its need and exit": "用此情景重走日志自身的各周，复购 {mean} 次（{low} 至 {high}），日志为 {actual} 次，"
    "{much} {share}，而拟合本身只偏差 {own}：顾客太少的偶然，或仿真无法重现此拟合；请勿依赖其需求与流失",
    "single runs of this scenario over the log's own weeks have {low} to {high} repeat orders, the log {actual}: with so few "
    "customers, chance decides much": "用此情景重走日志自身的各周，单次运行复购 {low} 至 {high} 次，日志为 {actual} 次：顾客太少，偶然影响很大",
    "only {share} of the weeks held out lie within the band that nine in ten runs keep to: weeks differ by more than chance "
    "(campaigns, seasons, holes), and intervals of this scenario are too narrow": "留出周中只有 {share} 落在十次运行有九次"
    "所处的区间内：各周差异超过偶然（活动、季节、缺口），此情景的区间偏窄",
    "only {share} of the weeks lie within the band that nine in ten runs keep to: weeks differ by more than chance "
    "(campaigns, seasons, holes), and intervals of this scenario are too narrow": "各周中只有 {share} 落在十次运行有九次"
    "所处的区间内：各周差异超过偶然（活动、季节、缺口），此情景的区间偏窄",
    "the log has {days} days in whole weeks, which no run lives: the scenario was not tried": "日志整周共 {days} 天，"
    "无法用一次运行重走：未对此情景做检验",
    "goods are needed {times} times as often as the baseline's, whose invitations are tuned per order: with {level} an order "
    "a member of a pool would bring some {buyers} new buyers (R0 above 1), and friends of friends would fill the market by "
    "themselves; {key} was lowered to {new}, which is an assumption": "需求频率是基准的 {times} 倍，而基准的邀请强度按单设定：每单 {level} "
    "时一名私域成员会带来约 {buyers} 位新买家（R0 大于 1），老带新自己就会填满市场；已将 {key} 降为 {new}，此为假设",
    "no season: holes in the log leave a part of the year seen only once": "无季节：日志有缺口，一年中有一段只见到一轮",
    "the value of an order goes with how often people order (correlation {value}), which Gamma-Gamma and the simulator take "
    "to be independent": "客单价与购买频率相关（相关系数 {value}），而 Gamma-Gamma 与仿真都假定两者无关",
    "{count} customers whose repeat orders were all free are left out of the fit of spend": "{count} 位复购全免费的顾客"
    "未纳入客单价拟合",
    "spend: order values do not differ between customers, so Gamma-Gamma is not fitted": "客单价：各顾客之间没有差别，"
    "不做 Gamma-Gamma 拟合",
    "no season: the log has {weeks} weeks, and a season must be seen twice ({least} weeks)": "无季节：日志有 {weeks} 周，"
    "而季节须见到两轮（{least} 周）",
    "no season: weeks differ no more than by chance": "无季节：各周差异不超过偶然",
    "season: repeat orders of each part of the year over those that the fitted process expects": "有季节：取一年各段复购"
    "与拟合预期之比",
}

WORDS: dict[str, str] = {
    "customer": "顾客", "date": "日期", "amount": "金额", "channel": "渠道", "need": "需求", "exit": "流失",
    "spend": "客单价", "a line": "某行", "many": "偏多", "few": "偏少", "week": "周", "day": "天",
}  # fmt: skip
"""Single words that stand in gaps."""

NOTES.update(CAUTIONS.values())
