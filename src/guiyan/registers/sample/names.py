"""Names of invented people and firms, with the weights of surnames and the fashions of the decades."""

from __future__ import annotations

from itertools import accumulate
from random import Random

SURNAMES = (
    "王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯"
    "邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戈阮舒成游樊镇焦佘葛柯喻庞祝章甘乐单华"
)
WEIGHTS = tuple(accumulate(max(3, 70 - i) for i in range(len(SURNAMES))))

MEN_BEFORE_1980 = "国建军明志水木金才根生旺春平家财福荣贵德新华兴发良光全保学文武林正"
WOMEN_BEFORE_1980 = "桂秀兰英珍凤玉梅菊香莲芳翠珠爱霞红琴芬荷腊春秋冬枝姣"
MEN_1980_1994 = "伟强勇军磊涛超波鹏飞斌刚浩杰峰辉俊健康林威亮宁锋海龙洋凯旭"
WOMEN_1980_1994 = "丽娟敏静艳霞燕玲婷莉娜芳慧洁倩萍蓉云晶颖琼丹媛琳雪欢蕾春"
MEN_AFTER_1994 = "宇轩浩然子豪俊杰博文天佑嘉泽昊晨一鸣睿思远志恒奕鑫航逸凡"
WOMEN_AFTER_1994 = "梓涵欣怡诗雨佳琪雅静思颖婉晴语嫣若曦梦瑶可馨佩雯筱心慧"

TRADES = {
    "A0149": ("种植", ("农庄", "种养", "果业", "生态农业", "茶叶", "中药材")),
    "C1310": ("农产品加工", ("粮油", "食品", "农产品", "薯业", "豆制品")),
    "C2041": ("竹木加工", ("竹木", "竹艺", "木业", "家具")),
    "C1811": ("服装", ("服饰", "制衣", "服装")),
    "F5213": ("零售", ("超市", "便利店", "商贸", "百货")),
    "H6130": ("民宿", ("民宿", "客栈", "山居")),
    "H6210": ("餐饮", ("餐馆", "农家菜", "小吃", "早餐")),
    "I6450": ("电商", ("电子商务", "网络科技", "供应链")),
    "O8051": ("养老护理", ("家政服务", "养老服务", "护理服务")),
    "G5435": ("物流", ("物流", "快递服务", "货运")),
}
PLACE_WORDS = (
    "枫林",
    "雁溪",
    "星桥",
    "竹海",
    "云中",
    "隽水",
    "九宫",
    "潜山",
    "双溪",
    "温泉",
    "桂花",
    "金沙",
    "澄水",
    "太阳",
    "白云",
    "青山",
    "富水",
    "石城",
    "天岳",
    "龙泉",
    "月亮湾",
    "老街",
    "茶马",
    "山里人",
    "归雁",
    "春耕",
    "乡味",
    "桃源",
    "松鹤",
    "映山红",
    "稻香",
    "清泉",
    "鸿运",
    "同心",
    "禾苗",
)
ENDINGS = "谷坊轩园居记家苑源里"


def person_name(random: Random, gender: str, birth_year: int) -> str:
    surname = random.choices(SURNAMES, cum_weights=WEIGHTS)[0]
    signs = given_signs(gender, birth_year)
    first = random.choice(signs)
    return surname + first if random.random() < 0.22 else surname + first + random.choice(signs)


def given_signs(gender: str, birth_year: int) -> str:
    men, women = (
        (MEN_BEFORE_1980, WOMEN_BEFORE_1980)
        if birth_year < 1980
        else (MEN_1980_1994, WOMEN_1980_1994)
        if birth_year < 1995
        else (MEN_AFTER_1994, WOMEN_AFTER_1994)
    )
    return men if gender == "男" else women


def firm_name(random: Random, *, county: str, kind: str, industry: str) -> str:
    word = random.choice(PLACE_WORDS) + (random.choice(ENDINGS) if random.random() < 0.7 else "")
    trade = random.choice(TRADES[industry][1])
    ending = {"company": "有限公司", "individual": random.choice(("", "店", "经营部")), "cooperative": "专业合作社"}[
        kind
    ]
    return f"{county}{word}{trade}{ending}"
