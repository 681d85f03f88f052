"""Periods of doing: 每年, 到2027年底, 五年内, 2026年, “十五五”期间; and what each governs in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PERIOD = re.compile(
    r"(?P<yearly>每年度?|各年度|每一年)|(?P<local>年均|逐年|(?<![上去当同全今本])年(?=增[长幅速\d]|新增)|(?:^|"
    r"(?<=[,;:。]))年(?=新增|增|培训|引进|培育|投放|发放|举办|组织|开展|服务|完成|吸纳|建设|遴选))"
    r"|(?:“?十(?P<plan>[三四五六七])五”?)(?:期间|时期|末|期末)?"
    r"|(?P<since>自|从|由|较|比|在|以|截至|截止|至今)?(?:到|至|力争|争取|计划|"
    r"确保)?(?P<year>20\d\d)(?:-(?P<until>20\d\d))?年(?!\d{1,2}月\d)(?:\d{1,2}月)?(?P<by>底|末|年底|"
    r"年末)?(?:之?前|以前)?(?P<past>以来|起)?"
    r"|(?P<span>(?:未来|今后|近)?(?P<n>[一二两三四五六七八九十]|\d{1,2})(?:至[一二三四五六]|"
    r"-\d)?年(?P<about>左右)?(?:时间)?(?:内|之内|以内|累计|期间|行动期)|(?:未来|"
    r"今后)[一二两三四五六七八九十\d]{1,2}年|(?:用|通过)[一二两三四五\d]{1,3}年(?:左右)?(?:的?(?:时间|努力))?|[三五]年(?=累计|"
    r"共)|(?:^|(?<=[,;:。]))[两三四五六]年(?=引进|培育|培训|新增|建成|吸引|完成|打造|扶持))"
)
_DOING = re.compile(r"新[增建]|培训|引进|培育|服务|举办|开展|净增")
_PLAN_END = {"三": 2020, "四": 2025, "五": 2030, "六": 2035, "七": 2040}


@dataclass(frozen=True, slots=True)
class Period:
    """A period word at `start:end`: yearly (`local`: for one figure only), a year to reach, or a number of years."""

    start: int
    end: int
    yearly: bool = False
    doing: bool = False
    local: bool = False
    year: int | None = None
    horizon: str | None = None


def periods_in(chars: str) -> list[Period]:
    """The period words of a sentence; years that only look back (较2020年, 2021年以来) are left out."""
    found: list[Period] = []
    for match in _PERIOD.finditer(chars):
        if match["local"]:
            found.append(Period(match.start(), match.end(), local=True, doing=bool(_DOING.match(chars, match.end()))))
        elif match["yearly"]:
            found.append(Period(match.start(), match.end(), yearly=True))
        elif match["plan"]:
            if not chars.startswith(("规划", "”规划"), match.end()):
                found.append(Period(match.start(), match.end(), year=_PLAN_END[match["plan"]]))
        elif match["year"]:
            if (
                match["since"] in ("自", "从", "由", "较", "比", "以", "截至", "截止")
                or match["past"]
                or _looks_back(chars, match)
            ):
                continue
            found.append(Period(match.start(), match.end(), year=int(match["until"] or match["year"])))
        else:
            found.append(Period(match.start(), match.end(), horizon=match[0]))
    return found


def _looks_back(chars: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:较|比|相比|对比|基于)$", chars[max(0, match.start() - 2) : match.start()]))


@dataclass(frozen=True, slots=True)
class Reach:
    """The period that governs a place in a sentence, in the schema's terms."""

    period: str | None = None
    deadline: int | None = None
    horizon: str | None = None


_DONE_BY = re.compile(
    r"[^,;。\d]{0,10}?(?P<year>20\d\d)年(?:\d{1,2}月)?(?:底|末|年底|年末)?(?:之?前|以前)?[^,;。\d]{0,6}"
    r"(?:完成|建成|交付|投用|投产|开工|竣工|完工|启用|到位|实现)"
)


def named_behind(chars: str, at: int, stop: int) -> Reach | None:
    """一期10万平方米2026年底前交付: the year behind the figure, in its own clause."""
    found = _DONE_BY.match(chars, at, stop)
    return Reach(f"by:{found['year']}") if found else None


def governing(periods: list[Period], near: int, at: int, *, piece: int | None = None) -> Reach:
    """What the period words before `at` say: the last one counts, 每年 keeps the year named before it.

    年均 and the like count only from `near` on: they speak of one figure; before a verb (年均新增A 25户、B 30户) from
    the beginning of the `piece` on.
    """
    year: int | None = None
    horizon: str | None = None
    yearly = local = False
    for each in periods:
        if each.start >= at:
            break
        if each.local:
            local = local or each.start >= (near if piece is None or not each.doing else piece)
        elif each.yearly:
            yearly = True
        elif each.year is not None:
            year, yearly, horizon = each.year, False, None
        else:
            horizon, yearly, year = each.horizon, False, None
    if yearly or local:
        return Reach("per_year", year, horizon)
    if year is not None:
        return Reach(f"by:{year}", None, None)
    return Reach("cumulative", None, horizon) if horizon else Reach()
