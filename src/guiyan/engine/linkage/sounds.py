"""How a character of a name sounds, without tones: in standard speech, and as southern speakers may write it down."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

# Characters read differently when they are a surname.
# fmt: off
SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "查": "zha", "解": "xie", "区": "ou", "盖": "ge", "朴": "piao",
    "翟": "zhai", "员": "yun", "覃": "qin", "缪": "miao", "冼": "xian", "乐": "yue", "召": "shao", "种": "chong",
    "繁": "po", "句": "gou", "黑": "he", "折": "she", "秘": "bi", "郇": "xun", "能": "nai", "祭": "zhai",
    "隗": "wei", "卜": "bu", "都": "du", "牟": "mou", "任": "ren", "宁": "ning", "纪": "ji", "葛": "ge", "尹": "yin",
    "石": "shi", "重": "chong", "沈": "shen", "万": "wan", "尉": "wei", "厘": "li", "会": "gui", "谌": "chen",
}
LONG_SURNAMES = {
    "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "尉迟": "yu chi", "皇甫": "huang fu",
    "令狐": "ling hu", "长孙": "zhang sun", "慕容": "mu rong", "司徒": "si tu", "夏侯": "xia hou", "端木": "duan mu",
    "公孙": "gong sun", "万俟": "mo qi", "澹台": "tan tai", "宇文": "yu wen", "东方": "dong fang", "独孤": "du gu",
    "南宫": "nan gong", "西门": "xi men", "申屠": "shen tu", "轩辕": "xuan yuan", "百里": "bai li", "呼延": "hu yan",
    "钟离": "zhong li", "闻人": "wen ren", "赫连": "he lian", "鲜于": "xian yu", "太史": "tai shi", "淳于": "chun yu",
}
# Initials and finals that speakers of Hubei and much of the south don't tell apart.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
# fmt: on
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖"
    "巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴"
)


@lru_cache(maxsize=50_000)
def reading(sign: str) -> str:
    """ü is written v, as on keyboards."""
    return str(lazy_pinyin(sign)[0]).lower().replace("ü", "v")


@lru_cache(maxsize=5_000)
def near(sound: str) -> str:
    """zhang, zang, zan and zhan become one; so do liu and niu."""
    for long, short in _INITIALS:
        if sound.startswith(long):
            sound = short + sound.removeprefix(long)
            break
    for long, short in _FINALS:
        if sound.endswith(long):
            return sound.removesuffix(long) + short
    return sound


def surname_of(name: str) -> str:
    """The first character, or two of a known long surname; of a name in letters, the first word."""
    if name[:2] in LONG_SURNAMES and len(name) > 2:
        return name[:2]
    return name[:1]


def surname_sounds(surname: str) -> list[str]:
    if surname in LONG_SURNAMES:
        return LONG_SURNAMES[surname].split()
    return [SURNAME_READINGS.get(surname) or reading(surname)] if surname else []
