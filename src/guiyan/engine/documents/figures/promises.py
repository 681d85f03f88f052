"""What a figure is when it is no promise: a definition, a threshold, a norm, a meeting, a limit, a slogan."""

from __future__ import annotations

import re

from guiyan.engine.documents.figures.clauses import Reading
from guiyan.engine.documents.figures.figures import Named, Piece
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.figures.periods import Period
from guiyan.engine.documents.figures.quantities import Quantity
from guiyan.engine.documents.model import ParsedIndicator

_NOT_TARGETS = re.compile(
    r"所称|是指|(?:应当?|必?须|需要?)(?:同时)?(?:具备|具有|拥有|设有|配有|符合|满足)|(?:符合|"
    r"具备)(?:以下|下列)|方可|方能|才可|(?:可|才能)(?:自愿)?(?:申报|申请(?:认定|享受|纳入|[,。;]|$))"
)
_NEEDS = re.compile(r"(?:具备|符合|满足)(?:以下|下列)[^,;。]{0,6}(?:条件|要求|标准)")
_NOT_TARGET_SECTIONS = re.compile(
    r"适用范围|附则|名词解释|解释权|(?:基本|必备|具体|准入)条件|(?:申报|申请|适用)主体|(?:申报|认定|申请|支持|入驻|补贴|评审|审核|准入|退出|复核|考核|资金)"
    r"(?:条件|标准|对象|程序|材料|流程|要求|方式|管理|评价)"
)
_PAST = re.compile(
    r"已(?:经)?(?:累计|全部|基本)?(?:建成|达到?|有|引进|培育|发放|完成|实现|拥有|投入|认定|认证|组织|举办|开展|形成|新增|"
    r"服务|兑现)(?![^,;。]{0,10}的)"
)
_NORM = re.compile(r"(?:明确|配备|安排|指定|确定|配置)$")
_ONCE_AGAIN = re.compile(r"(?:走访|评估|检查|巡查|会诊|体检)(?:至少|不少于)?$")
_REVIEWED = re.compile(r"(?:中期|专项|全面|集中)?(?:评估|调度|督查|检查|通报|总结|复核)")
_LOOKS_AFTER = re.compile(
    r"(?:县级|科级|市级)?(?:干部|领导|专员|导师|骨干)(?:至少|负责)?(?:联系|服务|结对|帮扶|帮带)\d"
)
_LOOKED_AFTER = re.compile(
    r"\d[名位](?:县级|科级|市级)?(?:干部|领导|专员|导师|骨干)(?:至少|负责)?(?:联系|服务|结对|帮扶|帮带)$"
)
_EACH_DOES = re.compile(r"[^,;。\d]{0,14}(?:各|均|每年|分别|每[月季])[^,;。\d]{2,16}\d")
_BY_EACH = re.compile(r"每[名位人](?!口)[^,;。]{1,12}(?:结对|帮扶|联系|服务|指导|帮带|带教|带徒)[^,;。]{0,6}$")
_MEMBERS = re.compile(r"(?:[市县区省]直|相关|职能)?(?:部门|单位|成员单位)(?:为|组成|参加|参与)")
_SITS = re.compile(r"[^,;。]{1,12}组成(?!的)")
_ROUTINE = re.compile(r"(?:通报|调度|报送|汇报|督查|督导|会商|约谈|排名)(?:至少|不少于)?$")
_ONLY = re.compile(
    r"(?:只能|仅限|只可|只允许|限报|限申报)[^,;。]{0,6}$|可(?:以)?(?:再|申请)?(?:展期|延期|延长|续贷|续签|放宽)[至到为]?$"
)
_TOLERATED = re.compile(r"的?(?:亏损|损失|失败|失误|容忍)")
NO_NAME = re.compile(
    r"(?:费率|利率|收费标准|容忍[度率]|补贴标准|收费|权重|分值|(?:调度|例|联席|推进|专题|工作)会议?|"
    r"调度|通报|督查|督导|会商|报送|汇报|研究|组成|(?:工作|推进|专项)(?:组|专班)|领导小组|[特一二三]等奖|(?:优秀|优胜|入围)奖|时限|周期)$|^每[次期批场]$|^(?:累计)?(?:次数|频次|批次)$"
)


def may_promise(sentence: Sentence) -> bool:
    if sentence.looks_back or _NOT_TARGETS.search(sentence.chars) or _PAST.search(sentence.chars):
        return False
    return not any(_NOT_TARGET_SECTIONS.search(each[:30]) or _NEEDS.search(each) for each in sentence.path)


def is_limit(chars: str, quantity: Quantity) -> bool:
    """只能承担1个项目, 允许最高100%亏损, 每季度通报1次: what one may do, lose or must report, no target."""
    before = chars[max(0, quantity.start - 30) : quantity.start]
    if _MEMBERS.match(chars, quantity.end) or _ROUTINE.search(before) or _BY_EACH.search(before):
        return True
    if quantity.unit == "次" and (_ONCE_AGAIN.search(before) or _REVIEWED.match(chars, quantity.end)):
        return True
    if _LOOKS_AFTER.match(chars, quantity.end) or _LOOKED_AFTER.search(before):
        return True
    if before.endswith("由") and _SITS.match(chars, quantity.end):
        return True
    return bool(_ONLY.search(before) or (quantity.is_rate and _TOLERATED.match(chars, quantity.end)))


def is_doer(chars: str, piece: Piece, quantity: Quantity) -> bool:
    """支持5个县各打造1个园区, 10所高校每年选派80支队伍: who does it is no figure of what is done."""
    return quantity.core_end == quantity.end and bool(_EACH_DOES.match(chars, quantity.end, piece.end))


def is_norm(reading: Reading, piece: Piece, quantity: Quantity) -> bool:
    """明确1名服务专员: what each recipient gets, not what the city reaches."""
    small = quantity.value is not None and quantity.value <= 3 and quantity.unit in ("名", "个", "位", "人")
    left = reading.chars[max(0, quantity.start - 60) : quantity.start]
    return small and bool(_NORM.search(left) or re.search(r"为[^。;]{2,40}(?:明确|配备|安排|指定)", left))


def is_bare_subject(named: Named, periods: list[Period], before: list[ParsedIndicator]) -> bool:
    """4个县区先后…: a sentence that opens with a number tells of its subject and promises nothing."""
    quantity = named.quantity
    opens = quantity.core == named.left_start and not before and not periods
    return opens and not quantity.is_rate and not quantity.compared


def is_slogan(chars: str, quantity: Quantity, name: str) -> bool:
    """10条措施 counts the document's own words, not what it promises."""
    words = name + chars[quantity.end : quantity.end + 16]
    return quantity.unit in ("条", "项", "类", "种") and bool(re.search(r"举措|措施|政策(?!性)|条例|意见", words))
