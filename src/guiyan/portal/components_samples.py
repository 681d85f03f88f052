"""Sample values of the designers' page: invented people, invented figures."""

from __future__ import annotations

Row = dict[str, object]

BLUES = [
    ("blue-50", "#EFF4FB", "选中行", "7.4"),
    ("blue-100", "#DCE8F6", "头像、标记", "8.6"),
    ("blue-200", "#B7CFEA", "描边", "6.7"),
    ("blue-400", "#5A8CC7", "焦点、图线", "4.6"),
    ("blue-600", "#2261AD", "图表主色", "6.2"),
    ("blue-700", "#1B4F91", "主按钮、链接", "8.2"),
    ("blue-800", "#153E74", "按下、批量条", "10.6"),
]
NEUTRALS = [
    ("surface", "#FFFFFF", "面", "16.2"),
    ("bg", "#F5F7FA", "底", "4.9"),
    ("sunken", "#EDF1F6", "凹", "4.7"),
    ("line", "#E2E7EE", "分隔线", ""),
    ("line-2", "#CCD4DF", "按钮边", ""),
    ("field", "#7F8BA0", "输入框边", ""),
    ("ink-3", "#606C82", "辅助字", "5.3"),
    ("ink-2", "#445066", "次要字", "8.1"),
    ("ink", "#18212F", "正文", "16.2"),
]
MEANINGS = [
    ("red-50", "#FDF2F0", "错误底", "5.8"),
    ("red-600", "#B5271D", "红头、错误", "6.4"),
    ("amber-50", "#FFF8E8", "提醒底", "6.3"),
    ("amber-700", "#855000", "提醒字", "6.7"),
    ("green-50", "#EFF8F2", "通过底", "6.4"),
    ("green-700", "#1B6640", "通过", "7.0"),
    ("warm-50", "#FBF8F2", "门户首屏", "7.7"),
    ("warm-100", "#F5EEE2", "乡情标记", "5.6"),
    ("warm-700", "#7D5622", "乡情字", "6.5"),
]
TYPES = [
    ("34/1.35", "门户首屏", "t34", "回家创业，从这里开始"),
    ("28/1.4", "门户页名", "t28", "您现在初步符合2项"),
    ("22/1.4", "门户分节", "t22", "常办的事"),
    ("20/1.4", "工作台页名", "t20", "我的工作"),
    ("17/1.7", "门户正文", "t17", "材料交一次，进度随时可查。"),
    ("15/1.4", "卡片标题", "t15", "条件核对"),
    ("14/1.55", "工作台正文", "t14", "通山县大畈镇枫林村"),
    ("12/1.55", "最小字", "t12", "2026年6月9日 08:41"),
]
STEPS: list[Row] = [
    {"state": "done", "title": "受理", "note": "6月2日 周敏"},
    {"state": "paused", "title": "补充核查，时间暂停", "note": "6月8日起"},
    {"state": "current", "title": "审核", "note": "6月10日前"},
    {"state": "todo", "title": "公示", "note": "5个工作日"},
]
APPLICANT_STEPS: list[Row] = [
    {"state": "done", "title": "您提交了申请", "note": "6月2日 20:14"},
    {"state": "done", "title": "已受理", "note": "通山县人社局，6月3日"},
    {
        "state": "current",
        "title": "核验材料",
        "note": "几个单位同时办",
        "checks": [
            {"title": "县公安局：户籍", "state": "ok", "result": "一致"},
            {"title": "县市场监管局：初次登记", "state": "ok", "result": "一致"},
            {"title": "大畈镇：经营场所", "state": "todo", "result": "等待"},
        ],
    },
    {"state": "todo", "title": "审核", "note": "通山县人社局，2个工作日"},
    {"state": "todo", "title": "拨付到账", "note": "通山县财政局"},
]
LOG: list[Row] = [
    {"title": "转入审核", "note": "今天 08:41，系统"},
    {"title": "大畈镇核验“属实”", "note": "6月8日 16:20，李慧芳"},
    {"title": "受理，发起4家并联核验", "note": "6月2日 09:15，周敏"},
]
FLOW: list[Row] = [
    {"state": "done", "title": "提交", "note": "6月1日"},
    {"state": "done", "title": "受理", "note": "6月2日 周敏"},
    {"state": "done", "title": "并联核验", "note": "6月8日，4个单位"},
    {"state": "current", "title": "审核", "note": "6月10日前，郑伟"},
    {"state": "todo", "title": "公示", "note": "5个工作日"},
    {"state": "todo", "title": "拨付", "note": "县财政局"},
    {"state": "todo", "title": "办结评价"},
]
CHART: list[Row] = [
    {"title": "提交申请", "who": "本人、帮办员或窗口"},
    {"title": "受理", "who": "县人社局", "limit": "3个工作日", "returns": "材料不齐：一次性告知补正"},
    {
        "title": "并联核验",
        "limit": "5个工作日",
        "branches": [
            {"title": "户籍", "who": "县公安局"},
            {"title": "初次登记", "who": "县市场监管局"},
            {"title": "经营场所", "who": "乡镇"},
        ],
    },
    {"title": "审核", "who": "另一名工作人员", "returns": "不予发放：书面决定，写明救济途径"},
    {"title": "公示", "limit": "5个工作日"},
    {"title": "拨付", "who": "县财政局"},
]
BATCH: list[Row] = [
    {"state": "done", "title": "汇总", "note": "黄磊，6月10日"},
    {"state": "current", "title": "复核", "note": "等吴强"},
    {"state": "todo", "title": "签批"},
    {"state": "todo", "title": "公示"},
]
MESSAGES: list[Row] = [
    {
        "title": "请补1张经营场所照片",
        "text": "6月12日前补交，可以拍照",
        "when": "今天 08:41",
        "href": "#lists",
        "unread": True,
    },
    {"title": "您的申请已受理", "text": "通山县人社局", "when": "6月3日", "href": "#lists"},
]
VERDICTS: list[Row] = [
    {
        "verdict": "yes",
        "title": "一次性创业补贴",
        "amount": "5,000元",
        "amount_note": "一次发放",
        "reasons": [{"verdict": "yes", "label": "返乡人员"}, {"verdict": "yes", "label": "初次办理注册登记"}],
        "open_conditions": ["符合条件的"],
        "clause": "返乡创业工作实施方案 二（七）",
        "clause_href": "#verdicts",
        "office": "通山县人社局",
        "href": "#verdicts",
        "verb": "申请补贴",
    },
    {
        "verdict": "unknown",
        "title": "免除反担保要求",
        "reasons": [{"verdict": "unknown", "label": "10万元以下（含）的个人贷款可以免反担保。您打算贷多少？"}],
        "question": "想贷的金额",
        "answer_name": "loan",
        "answers": [{"value": "low", "label": "10万元以下（含）"}, {"value": "high", "label": "超过10万元"}],
    },
    {
        "verdict": "no",
        "title": "返乡创业项目奖补",
        "amount": "5万元",
        "reasons": [{"verdict": "no", "label": "还不是“认定的返乡创业项目”"}],
        "next_note": "认定以后可以再来申请。",
    },
]
KV: list[Row] = [
    {"label": "姓名", "value": "刘春燕", "source": "公安共享"},
    {"label": "经营主体", "value": "通山县枫林谷民宿", "source": "市场监管共享"},
    {"label": "身份证号", "value": "4212**********1628", "source": "公安共享", "reveal_href": "#kv"},
    {"label": "登记日期", "value": "2026年3月18日", "source": "市场监管共享"},
    {"label": "返乡日期", "value": None, "source": "入户调查"},
    {
        "label": "经营地址",
        "value": "大畈镇枫林村6组",
        "source": "本人填写",
        "warn": "登记为“5组”，门牌更换，镇里已说明",
    },
]
CHECKS: list[Row] = [
    {"verdict": "yes", "label": "返乡人员", "detail": "入户调查、本人填写"},
    {"verdict": "unknown", "label": "免除反担保要求", "detail": "缺：贷款金额"},
    {"verdict": "paused", "label": "经营场所照片", "detail": "待补正"},
    {"verdict": "no", "label": "高校毕业生补贴", "detail": "非毕业生"},
]
SOURCE = (
    "（七）实施创业扶持政策。对返乡人员初次办理注册登记，给予5000元一次性补贴。"
    "全年新增返乡创业1万人。（责任单位：市人社局、市财政局）"
)
SERIES: list[Row] = [
    {
        "label": "目标进度",
        "dashed": True,
        "values": [833, 1667, 2500, 3333, 4167, 5000, 5833, 6667, 7500, 8333, 9167, 10000],
    },
    {"label": "实绩", "values": [300, 700, 1900, 3300, 4700, 5486, None, None, None, None, None, None]},
]
COMPARE: list[Row] = [
    {"label": "赤壁市", "before": 771, "after": 470, "text": "771→470人"},
    {"label": "通山县", "before": 402, "after": 209, "text": "402→209人"},
    {"label": "崇阳县", "before": 333, "after": 177, "text": "333→177人"},
]
REGIONS: list[Row] = [
    {"name": "北片", "points": "40,20 300,30 280,150 60,160", "value": 62.2, "text": "62.2%", "href": "#charts"},
    {
        "name": "东片",
        "points": "300,30 600,60 560,260 280,150",
        "value": 52.0,
        "text": "52.0%",
        "href": "#charts",
        "current": True,
    },
    {
        "name": "南片",
        "points": "60,160 280,150 560,260 380,380 90,330",
        "value": 36.5,
        "text": "36.5%",
        "href": "#charts",
    },
]


def spans() -> list[Row]:
    def at(words: str) -> tuple[int, int]:
        start = SOURCE.index(words)
        return start, start + len(words)

    marks = [
        ("1", "measure", "对返乡人员初次办理注册登记，给予5000元一次性补贴"),
        ("2", "indicator", "全年新增返乡创业1万人"),
        ("3", "task", "实施创业扶持政策"),
        ("", "unit", "责任单位：市人社局、市财政局"),
    ]
    rows: list[Row] = []
    for number, kind, words in marks:
        start, end = at(words)
        rows.append({"id": f"s{number}", "number": number, "kind": kind, "start": start, "end": end})
    return rows


def context() -> Row:
    return {
        "palettes": [
            ("蓝：能点的、正在办的", BLUES),
            ("中性", NEUTRALS),
            ("含义色：红只用于公文和出错，黄提醒，绿通过；暖色只用于门户的乡情", MEANINGS),
        ],
        "types": TYPES,
        "spaces": (4, 8, 12, 16, 24, 32, 44, 56),
        "steps": STEPS,
        "applicant_steps": APPLICANT_STEPS,
        "log": LOG,
        "flow": FLOW,
        "chart": CHART,
        "batch": BATCH,
        "messages_to_one": MESSAGES,
        "verdicts": VERDICTS,
        "kv_rows": KV,
        "check_rows": CHECKS,
        "source": SOURCE,
        "spans": spans(),
        "series": SERIES,
        "months": [f"{month}月" for month in range(1, 13)],
        "compare": COMPARE,
        "regions": REGIONS,
        "marks": [("数", "大数据", True), ("户", "入户调查", False), ("自", "自主填报", True)],
        "tabs": [
            {"label": "概况", "href": "#tabs", "current": True},
            {"label": "办件", "href": "#tabs", "count": 2},
            {"label": "资金", "href": "#tabs", "count": 0},
            {"label": "修改记录", "href": "#tabs", "count": 31},
        ],
        "page": {"previous_href": "", "next_href": "?after=13", "summary": "第1—13件，共36件"},
        "later_page": {"previous_href": "?before=14", "next_href": "?after=26", "summary": "第14—26件，共36件"},
        "crumbs": [("我的工作", "#tabs"), ("一次性创业补贴", "#tabs"), ("办件", "")],
        "keys": [("J K", "上下移动"), ("Enter", "打开"), ("X", "选中"), ("A", "同意"), ("R", "退回补正")],
        "item_options": [("startup-subsidy", "一次性创业补贴"), ("loan", "创业担保贷款")],
    }
