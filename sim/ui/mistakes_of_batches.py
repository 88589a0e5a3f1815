"""What can be wrong with a stored batch: English as the program says it, and Chinese."""

from __future__ import annotations

BATCHES: dict[str, str] = {
    "{file} holds no batch; name the folder that `siyu batch` wrote": "{file} 中没有批量运行；请指定 siyu batch 写出的文件夹",
    "{file} is spoilt; make the batch anew in another folder": "{file} 已损坏；请换一个文件夹重新运行这一批",
    "{file} holds no runs as this version writes them; make the batch anew": "{file} 中的运行不是本版本的格式；"
    "请重新运行这一批",
    "{file} was written by the batch of another design; take it out, and make the batch anew": "{file} 属于另一个设计的批次；"
    "请移走它，再重新运行这一批",
    "{file} was written by this batch as part {number} of {table}; take it out, and make the batch anew": "{file} 其实是 {table} 的"
    "第 {number} 部分，被改了名；请移走它，再重新运行这一批",
    "{file} was altered after it was written by this batch; make the batch anew": "{file} 写好之后被改动过；请重新运行这一批",
    "no run of this batch is finished yet": "这一批还没有完成任何一次运行",
    "what this batch holds is spoilt; run `siyu batch` with its design and folder again": "这一批存下的内容已损坏；"
    "请用原来的设计与文件夹再运行一次 siyu batch",
    "this batch was written by another version and lacks {key}": "这一批由另一版本写成，缺少 {key}",
    "run {number} is not there; {some} of runs 0 to {last} are finished": "没有第 {number} 次运行；编号 0 至 {last} 中"
    "已完成 {some} 次",
    "run {number} is of a scenario that the batch does not have": "第 {number} 次运行的情景不在这一批之中",
}
