"""The drafts of real measures, judged by hand against the words: what is drafted, and what a human must decide.

A measure is found by the first words of its title and, where several tiers share them, by its receiver.
"""

from __future__ import annotations

from dataclasses import dataclass

SMALL = "小微企业 => size IN ('micro', 'small')"
GRADUATE = "高校毕业生 => is_graduate"
AGE = "45岁(含)以下 => age_years <= 45"
WITHIN_FIVE = "毕业5年内 => on_day <= five_years_after_graduation"
BOARDS = (
    "在境内沪深交易所主板、科创板、创业板及北京证券交易所(原新三板精选层)上市"
    " => listed_on IN ('main', 'star', 'gem', 'bse')"
)


@dataclass(frozen=True)
class Judged:
    document: str
    title: str
    receiver: str | None
    lines: tuple[str, ...]


GOLD = (
    Judged("xianning-2025-homecoming", "为个人和小微企业分别提供", "个人", ()),
    Judged("xianning-2025-homecoming", "为个人和小微企业分别提供", "小微企业", (SMALL,)),
    Judged(
        "xianning-2025-homecoming",
        "对获评市级基地给予",
        "获评市级基地",
        ("获评市级基地 => has(recognised_as, 'incubator-municipal')",),
    ),
    Judged(
        "xianning-2025-homecoming",
        "对认定的返乡创业项目、市级返乡创业园",
        "返乡创业项目",
        ("认定 ? unknown", "返乡创业项目 => has(recognised_as, 'returnee-project')"),
    ),
    Judged(
        "xianning-2025-homecoming",
        "对认定的返乡创业项目、市级返乡创业园",
        "市级返乡创业园",
        ("认定 ? unknown", "市级返乡创业园 => has(recognised_as, 'returnee-park-municipal')"),
    ),
    Judged(
        "xianning-2025-homecoming",
        "给予5000元一次性创业补贴",
        "返乡人员",
        ("返乡人员 => is_returnee", "初次办理注册登记 => business_registrations = 1", "符合条件 ? left-open"),
    ),
    Judged(
        "xianning-2025-homecoming",
        "给予5000元一次性创业补贴",
        "高校毕业生",
        (
            "毕业5年内创办企业 => business_registered_on <= five_years_after_graduation",
            "带动2人就业 => jobs_led_excluding_founder >= 2",
            GRADUATE,
        ),
    ),
    Judged("xianning-2025-homecoming", "对45岁(含)以下高校毕业生提供", "45岁(含)以下高校毕业生", (AGE, GRADUATE)),
    Judged("xianning-2025-homecoming", "500万元小微企业贷款", "小微企业", (SMALL,)),
    Judged("xianning-2025-homecoming", "给予50%的财政贴息", "45岁(含)以下高校毕业生", (AGE, GRADUATE)),
    Judged("xianning-2025-homecoming", "设立2亿元规模的", None, ()),
    Judged(
        "xinxiang-2022-charm-city",
        "对首次入“四上”企业库",
        "规模以上工业企业和资质建筑企业",
        (
            "首次入“四上”企业库 => first_time_scale_up",
            "满足相关条件 ? left-open",
            "规模以上工业企业和资质建筑企业 => scale_up_class IN ('industry', 'construction')",
        ),
    ),
    Judged(
        "xinxiang-2022-charm-city",
        "限额以上批零住餐业企业",
        "限额以上批零住餐业企业和规模以上服务业企业",
        (
            "满足相关条件的 ? left-open",
            "限额以上批零住餐业企业和规模以上服务业企业 => scale_up_class IN ('retail', 'service')",
        ),
    ),
    Judged("xinxiang-2022-charm-city", "市财政按照时间节点", "企业", (BOARDS, "按照时间节点分别 ? tier")),
    Judged(
        "xinxiang-2022-charm-city",
        "市财政一次性奖励300万元",
        "企业",
        ("在香港证券交易所、美国证券交易所等境外证券交易所主板市场成功上市 ? list-goes-on",),
    ),
    Judged("xinxiang-2022-charm-city", "市财政奖励100万元", "企业", ("在新三板挂牌 => listed_on = 'neeq'",)),
    Judged(
        "yichang-2025-returnee-tasks",
        "给予(略)元一次性创业补贴",
        "返乡入乡人员",
        (
            "初次办理注册登记 => business_registrations = 1",
            "经营6个月及以上 => months_in_operation >= 6",
            "带动就业2人及以上(含创业者本人) => jobs_led >= 2",
            "返乡入乡人员 => returns_or_moves_to_countryside",
        ),
    ),
    Judged("yichang-2025-returnee-tasks", "为个人和小微企业分别提供", "小微企业", (SMALL,)),
    Judged(
        "luohu-opc-measures",
        "对新引进毕业于知名高校",
        "本科学历以上青年人才",
        ("新引进毕业于知名高校 ? unknown", "本科学历以上 => degree >= 'bachelor'", "青年人才 ? unknown"),
    ),
    Judged(
        "luohu-opc-measures",
        "分档给予最高500万元扶持",
        "OPC",
        (
            "OPC ? unknown",
            "首次获评高新技术企业、专精特新企业、瞪羚、独角兽企业等创新资质 ? list-goes-on",
            "分档 ? tier",
        ),
    ),
    Judged(
        "suqian-opc-ten-measures",
        "对营收规模首次达到2000万元的",
        "OPC",
        ("OPC ? unknown", "营收规模首次达到2000万元 ? unknown"),
    ),
    Judged(
        "zhengzhou-opc-community",
        "给予最高1万元一次性创业补贴",
        "离校2年内高校毕业生",
        (
            "正常运营1年以上 => months_in_operation >= 12",
            "离校2年内 => on_day <= two_years_after_graduation",
            GRADUATE,
        ),
    ),
    Judged("zhengzhou-opc-community", "给予最高不超过50万元的", "高校毕业生", (WITHIN_FIVE, GRADUATE)),
    Judged("zhengzhou-opc-community", "实际贷款利息50％的", "高校毕业生", (WITHIN_FIVE, GRADUATE)),
)
