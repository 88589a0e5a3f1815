"""Why a job did not finish, as a sentence in both languages."""

from __future__ import annotations

from sim.text.phrases import Language

Sentence = dict[Language, str]

SENTENCES: dict[str, Sentence] = {
    "memory": {
        "en": "This needs more memory than a job may use ({limit}); take fewer futures, people or orders.",
        "zh": "所需内存超过单个任务的上限（{limit}）；请减少未来数、人数或订单数。",
    },
    "time": {
        "en": "This took longer than a job may take ({limit} minutes) and was ended; ask for less.",
        "zh": "运行时间超过单个任务的上限（{limit} 分钟），已终止；请缩小规模再试。",
    },
    "too_much": {
        "en": "This may take {asked} minutes, but a job may take {limit}; "
        "take fewer futures, fewer parameters or fewer days.",
        "zh": "这项任务可能需要 {asked} 分钟，超过单个任务的上限 {limit} 分钟；请减少未来数、参数或天数。",
    },
    "page_memory": {
        "en": "This scenario may need {asked} MB of memory, but a page may use {limit} MB. Lower its starting "
        "customers, people or days, or run it with siyu compare on a computer that has as much.",
        "zh": "这个情景可能需要 {asked} MB 内存，超过页面的上限 {limit} MB。请减少起始顾客数、人数或天数，"
        "或在内存足够的电脑上用 siyu compare 运行。",
    },
    "page_time": {
        "en": "This may take {asked} minutes, but a page may take {limit}. Take fewer futures (such as futures=20 in "
        "the address), starting customers or days, or run it with siyu compare.",
        "zh": "这可能需要 {asked} 分钟，超过页面的上限 {limit} 分钟。请减少未来数（例如在网址中写 futures=20）、"
        "起始顾客数或天数，或用 siyu compare 运行。",
    },
    "page_short": {
        "en": "There is not memory enough for this just now; lower the scenario's starting customers, people or "
        "days, or try again later.",
        "zh": "目前内存不足，无法推演；请减少情景的起始顾客数、人数或天数，或稍后再试。",
    },
    "hopeless": {
        "en": "One run of this scenario may need {asked} MB of memory, but a job may use {limit} MB. Lower its "
        "starting customers, people or days; nothing was asked.",
        "zh": "这个情景运行一次就可能需要 {asked} MB 内存，超过单个任务的上限 {limit} MB。请减少起始顾客数、"
        "人数或天数；未提交任务。",
    },
    "died": {
        "en": "The job's process was ended from outside (status {status}); perhaps memory was short. Ask again.",
        "zh": "任务进程被外部终止（状态 {status}），可能是内存不足；请重试。",
    },
    "broken": {
        "en": "The job could not be finished because of a fault in the program ({name}); the operator finds the "
        "details in the job's folder.",
        "zh": "程序出错（{name}），任务未能完成；详情见任务文件夹，请联系管理员。",
    },
    "restarted": {
        "en": "The app was started anew while this job was waiting or running; ask again.",
        "zh": "任务排队或运行期间，应用重新启动了；请重新提交。",
    },
    "visitor_full": {
        "en": "You have {count} jobs waiting or running already; wait for one of them, or stop one.",
        "zh": "您已有 {count} 个任务在排队或运行；请等其中一个完成，或停止一个。",
    },
    "address_full": {
        "en": "{count} jobs from your network are waiting or running already, and the other places are kept for "
        "others; wait for one of them.",
        "zh": "您所在网络已有 {count} 个任务在排队或运行，其余名额留给他人；请等其中一个完成。",
    },
    "all_full": {
        "en": "{count} jobs are waiting or running already, which is as many as this app takes; try again later.",
        "zh": "已有 {count} 个任务在排队或运行，达到本应用上限；请稍后再试。",
    },
    "no_place": {
        "en": "The server can keep no job just now ({reason}); tell the operator, or try again later.",
        "zh": "服务器暂时无法保存任务（{reason}）；请联系管理员，或稍后再试。",
    },
    "too_large": {
        "en": "The file has {size} MB, but at most {limit} MB are taken; leave out columns or years.",
        "zh": "文件大小 {size} MB，超过上限 {limit} MB；请删去不需要的列或年份。",
    },
}


def sentence(key: str, /, **gaps: object) -> Sentence:
    """A sentence in both languages with its gaps filled in; raises KeyError for an unknown key or an open gap."""
    return {language: text.format(**gaps) for language, text in SENTENCES[key].items()}


class Refused(Exception):
    """A job is not taken, or not begun; ``told`` says why in both languages."""

    def __init__(self, key: str, /, **gaps: object) -> None:
        self.told = sentence(key, **gaps)
        super().__init__(self.told["en"])
