"""Words of the page on which a brand's own order log is read, fitted and used."""

from __future__ import annotations

from sim.ui.words import Texts, speaker

TEXTS: Texts = {
    "intro": {
        "en": "How often customers need you, when they leave for good and what they spend, learnt from your own order "
        "log. The file is read on this computer only, and is removed as soon as it has been read.",
        "zh": "从您自己的订单日志里学出：顾客多久需要一次、何时彻底流失、每单花多少。文件只在本机读取，读完即删。",
    },
    "upload": {
        "en": "Order log: CSV, Excel or Parquet, a line an order, up to {limit} MB",
        "zh": "订单日志：CSV、Excel 或 Parquet，一行一笔订单，不超过 {limit} MB",
    },
    "steps": {
        "en": "Three columns are enough: who ordered, on which day, for how much. What follows: name the columns, look "
        "the orders over, fit, compare with the weeks held out, and use the result on every page.",
        "zh": "三列即可：谁、哪一天、多少钱。接下来：认列、检查订单、拟合、与留出的几周核对，再用到各页。",
    },
    "choose_file": {"en": "Choose a file", "zh": "选择文件"},
    "sample": {"en": "Take the sample log", "zh": "用样例日志试试"},
    "sample_help": {
        "en": "Two years of orders of a small shop, made by this simulator, so that the truth is known.",
        "zh": "一家小店两年的订单，由本仿真器生成，因此真值已知。",
    },
    "sample_get": {"en": "Download the sample", "zh": "下载样例"},
    "looking": {"en": "Looking the file over…", "zh": "正在查看文件……"},
    "read": {"en": "**{name}**: {rows} rows, {columns} columns.", "zh": "**{name}**：{rows} 行，{columns} 列。"},
    "match_heading": {"en": "Which column is which?", "zh": "各列是什么？"},
    "customer": {"en": "Customer", "zh": "顾客"},
    "date": {"en": "Date", "zh": "日期"},
    "amount": {"en": "Amount", "zh": "金额"},
    "channel": {"en": "Channel (may be missing)", "zh": "渠道（可没有）"},
    "none": {"en": "none", "zh": "无"},
    "pick": {"en": "choose…", "zh": "请选择……"},
    "first_rows": {"en": "first rows", "zh": "前几行"},
    "date_order": {"en": "3/4/2026 is", "zh": "3/4/2026 是"},
    "auto": {"en": "as the log shows", "zh": "按日志判断"},
    "dmy": {"en": "3 April", "zh": "4 月 3 日"},
    "mdy": {"en": "4 March", "zh": "3 月 4 日"},
    "keep_copies": {
        "en": "Rows that are exactly alike are orders of their own",
        "zh": "相同的行各算一笔",
    },
    "decimal": {"en": "1.234 is", "zh": "1.234 是"},
    "point": {"en": "one and a bit", "zh": "一点二三四"},
    "comma": {"en": "a thousand", "zh": "一千多"},
    "amount_of": {"en": "An amount is", "zh": "金额属于"},
    "order": {"en": "the order's", "zh": "整笔订单"},
    "line": {"en": "its line's", "zh": "该行商品"},
    "states": {"en": "States that count as orders", "zh": "算作订单的状态"},
    "states_help": {
        "en": "Only if the page asks: states, or kinds of rows, with commas between them.",
        "zh": "仅在页面询问时填写：状态或行类型，用逗号隔开。",
    },
    "rate": {"en": "Yuan for one unit of its currency", "zh": "一单位外币合多少元"},
    "rate_help": {
        "en": "Only if the log's amounts are not in yuan, such as 7.1 for dollars.",
        "zh": "仅当日志金额不是人民币时填写，如美元填 7.1。",
    },
    "leave_out_empty": {
        "en": "Leave out rows without a customer, date or amount",
        "zh": "略去没有顾客、日期或金额的行",
    },
    "without_amounts": {"en": "The log has no amounts", "zh": "日志没有金额"},
    "report_heading": {"en": "How the log was read", "zh": "日志是怎样读取的"},
    "hold_out": {"en": "Weeks held out to check the fit", "zh": "留出检验的周数"},
    "missing": {
        "en": "Choose the columns of customer, date and amount first; each may be chosen once.",
        "zh": "请先选定顾客、日期与金额三列，每列只能用一次。",
    },
    "fit": {"en": "Fit it, and check the fit", "zh": "拟合并检验"},
    "fit_help": {
        "en": "Fits Pareto/NBD, BG/NBD and Gamma-Gamma, then lives your own weeks in {seeds} futures.",
        "zh": "拟合 Pareto/NBD、BG/NBD 与 Gamma-Gamma，再用 {seeds} 个未来重演您自己的各周。",
    },
    "ask_anew": {"en": "Upload the log again to fit it anew.", "zh": "如需重新拟合，请再次上传日志。"},
    "result_heading": {"en": "What the log says", "zh": "日志说明了什么"},
    "held_out": {
        "en": "In the weeks held out there were {actual} repeat orders; the fit expected {expected} ({error}).",
        "zh": "留出的各周实际复购 {actual} 次，拟合预期 {expected} 次（{error}）。",
    },
    "not_held_out": {
        "en": "Nothing was held out, so that nothing checks this fit.",
        "zh": "没有留出任何一周，因此无法检验。",
    },
    "covered": {
        "en": " Of these weeks {share} lie in the 90% band of the simulator.",
        "zh": "其中 {share} 的周落在仿真的 90% 区间内。",
    },
    "log": {
        "en": "{customers} customers, {orders} orders; fitted {first} to {last}, complete to {end}.",
        "zh": "{customers} 位顾客，{orders} 笔订单；拟合期 {first} 至 {last}，日志至 {end}。",
    },
    "track_heading": {
        "en": "Your repeat orders (dots) against the simulator's 90% band; grey: weeks held out",
        "zh": "您的复购订单（点）与仿真的 90% 区间；灰色：留出的周",
    },
    "weeks": {"en": "weeks since the log's first day", "zh": "自日志首日起的周数"},
    "repeats": {"en": "cumulative repeat orders", "zh": "累计复购订单（单）"},
    "actual": {"en": "yours", "zh": "您的日志"},
    "simulated": {"en": "simulator, 90%", "zh": "仿真，90%"},
    "dot": {"en": "week %{{x}}: %{{y:,}} orders", "zh": "第 %{{x}} 周：%{{y:,}} 单"},
    "track_alt": {
        "en": "Cumulative repeat orders by week: {last} in the end, the simulator {low} to {high}.",
        "zh": "逐周累计复购订单：最终 {last} 单，仿真为 {low} 至 {high} 单。",
    },
    "table_heading": {"en": "What it changes", "zh": "改变了什么"},
    "parameter": {"en": "assumption", "zh": "假设"},
    "default": {"en": "default", "zh": "默认"},
    "yours": {"en": "yours (90%)", "zh": "您的（90%）"},
    "used": {"en": "used", "zh": "采用"},
    "not_said": {"en": "the log does not say", "zh": "日志未说明"},
    "not_sure": {"en": "{value} (not determined)", "zh": "{value}（无法确定）"},
    "range": {"en": "{value} ({low} to {high})", "zh": "{value}（{low} 至 {high}）"},
    "notes": {"en": "Before you believe it", "zh": "相信之前请注意"},
    "use": {"en": "Use it on all pages", "zh": "在所有页面采用"},
    "in_use": {
        "en": "In use: every page now runs on your customers.",
        "zh": "已采用：所有页面现在都按您的顾客计算。",
    },
    "get": {"en": "Download the scenario (YAML)", "zh": "下载情景（YAML）"},
    "too_large": {
        "en": "The file has {size} MB, but at most {limit} MB are taken; leave out columns or years.",
        "zh": "文件大小 {size} MB，超过上限 {limit} MB；请删去不需要的列或年份。",
    },
}

say = speaker(TEXTS)
