"""One invented person after another. Person i of a seed is the same in a sample of any size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from guiyan.registers.sample.names import TRADES, firm_name, person_name
from guiyan.registers.sample.numbers import credit_code, id_number, phone, pick_date

RETURN_WEIGHTS = (0.49, 0.275, 0.235)
"""Of `stretches`: so the first months of this year bring a little more registrations than those of the last."""
FIRST_BIRTHDAY = date(1963, 1, 1)
BIRTHDAYS = 16_000
MOST = BIRTHDAYS * 490  # the last ten numbers of a birthday are for people made by hand
AWAY = (
    "广东深圳",
    "广东东莞",
    "广东广州",
    "浙江宁波",
    "浙江杭州",
    "湖北武汉",
    "江苏苏州",
    "福建泉州",
    "上海",
    "湖南长沙",
)
SKILLS = ("木工", "缝纫", "数控", "驾驶", "烹饪", "电工", "养老护理", "酒店管理", "直播销售", "焊工", "茶艺", "")
DEGREES = ("none", "college", "bachelor", "master")
GRADUATES_AT = {"college": 21, "bachelor": 22, "master": 25}
WISHES = ("planned", "thinking", "none", "")


@dataclass(frozen=True)
class Place:
    """Where people are registered: the lowest regions a pack has, with the county around them."""

    code: int
    name: str
    county_code: int
    county_name: str


@dataclass(frozen=True)
class SampleFirm:
    serial: int
    name: str
    credit_code: str
    kind: str  # individual | company | cooperative
    industry: str
    registered_on: date
    region: int
    jobs_led: int
    from_regulator: bool
    is_open: bool = True

    @property
    def told_on(self) -> date:
        """When it reaches the registers: a few days after the registration."""
        return self.registered_on + timedelta(days=4)


@dataclass(frozen=True)
class SamplePerson:
    serial: int
    name: str
    gender: str
    birth_date: date
    id_number: str
    phone: str | None
    hukou_region: int
    works_in: str
    industry: str
    skill: str
    wish: str
    degree: str
    checked_on: date
    sources: tuple[str, ...]  # shared, visit, self: who reports the person
    returned_on: date | None = None
    returned_from: str = ""
    return_checked_by: str = ""  # visit | shared | ""
    return_checked_on: date | None = None
    graduated_on: date | None = None  # what education offices know
    firms: tuple[SampleFirm, ...] = ()

    @property
    def told_on(self) -> date:
        return (self.returned_on or self.checked_on) + timedelta(days=6)


def people(count: int, *, seed: int, places: Sequence[Place], last_day: date) -> Iterator[SamplePerson]:
    """`count` people; their firms are numbered after their founder, so nothing depends on `count`."""
    if not places:
        raise ValueError("a sample needs at least one place")
    if count > MOST:
        raise ValueError(f"a sample has numbers for {MOST} people at most")
    for serial in range(count):
        yield person(serial, Random(f"{seed}:{serial}"), places, last_day)


def person(serial: int, random: Random, places: Sequence[Place], last_day: date) -> SamplePerson:
    place = places[int(random.random() ** 1.3 * len(places))]
    gender = "女" if random.random() < 0.47 else "男"
    # A birthday is shared by serials 16,000 apart, which tells their numbers apart: 8 million people at most.
    born = FIRST_BIRTHDAY + timedelta(days=serial * 7919 % BIRTHDAYS)
    number = id_number(born, gender, serial // BIRTHDAYS)
    back = random.random() < 0.22
    sources = tuple(s for s, share in (("shared", 0.95), ("visit", 0.6), ("self", 0.3)) if random.random() < share)
    basic = SamplePerson(
        serial=serial,
        name=person_name(random, gender, born.year),
        gender=gender,
        birth_date=born,
        id_number=number,
        phone=phone(serial) if random.random() < 0.93 else None,
        hukou_region=place.code,
        works_in="" if back else random.choice(AWAY),
        industry=random.choice(list(TRADES)),
        skill=random.choice(SKILLS),
        degree=random.choices(DEGREES, (70, 18, 10, 2))[0],
        wish="started" if back else random.choices(WISHES, (25, 35, 20, 20))[0],
        checked_on=last_day - timedelta(days=int(random.expovariate(1 / 80)) % 400),
        sources=sources or ("shared",),
    )
    basic = replace(basic, graduated_on=day_of_graduation(basic, last_day))
    return came_back(basic, random, place, last_day) if back else basic


def day_of_graduation(who: SamplePerson, last_day: date) -> date | None:
    """The end of June of her year, known of three graduates in four; of nobody else is it known that she is none."""
    if who.degree not in GRADUATES_AT or who.serial % 4 == 0:
        return None
    day = date(who.birth_date.year + GRADUATES_AT[who.degree], 6, 30)
    return day if day <= last_day else None


def came_back(who: SamplePerson, random: Random, place: Place, last_day: date) -> SamplePerson:
    returned = day_of_return(random, last_day)
    checked_by = random.choices(("visit", "shared", ""), (60, 25, 15))[0]
    checked_on = min(returned + timedelta(days=random.randint(3, 60)), last_day) if checked_by else None
    firms = firms_of(who, random, place, returned, last_day)
    values = {**who.__dict__, "returned_on": returned, "returned_from": random.choice(AWAY)}
    values |= {"return_checked_by": checked_by, "return_checked_on": checked_on}
    values["firms"], values["wish"] = firms, "started" if firms else "planned"
    return SamplePerson(**values)


def day_of_return(random: Random, last_day: date) -> date:
    return pick_date(random, *random.choices(stretches(last_day), RETURN_WEIGHTS)[0])


def stretches(last_day: date) -> tuple[tuple[date, date], ...]:
    """From the autumn before last to a year before the day, to the end of that year, and this year up to the day."""
    new_year, year_ago = date(last_day.year, 1, 1), last_day - timedelta(days=365)
    one = timedelta(days=1)
    return (
        (date(last_day.year - 2, 9, 15), year_ago),
        (min(year_ago + one, new_year - one), new_year - one),
        (new_year, last_day),
    )


def firms_of(who: SamplePerson, random: Random, place: Place, returned: date, last_day: date) -> tuple[SampleFirm, ...]:
    """Most who come back found one firm within four months; some had one before, some none yet."""
    count = random.choices((0, 1, 2), (30, 62, 8))[0]
    days = [returned + timedelta(days=days_to_found(random, (last_day - returned).days))]
    if count == 2:
        days.insert(0, pick_date(random, date(2017, 1, 1), date(2023, 12, 31)))
    return tuple(firm(who, random, place, day, number) for number, day in enumerate(days[-count:] if count else ()))


def days_to_found(random: Random, known: int) -> int:
    """5 to 120 days. Who came back `known` days ago founded on any of them: the last day is like the others."""
    latest = min(120, known)
    return random.randint(min(5, latest // 2), latest)


def firm(who: SamplePerson, random: Random, place: Place, day: date, number: int) -> SampleFirm:
    kind = random.choices(("individual", "company", "cooperative"), (64, 28, 8))[0]
    serial = who.serial * 2 + number
    return SampleFirm(
        serial=serial,
        name=firm_name(random, county=place.county_name, kind=kind, industry=who.industry),
        credit_code=credit_code(kind, serial),
        kind=kind,
        industry=who.industry,
        registered_on=day,
        region=place.code,
        jobs_led=min(1 + int(random.expovariate(1 / 3.3)), 24),
        from_regulator=random.random() < 0.86,
        is_open=random.random() < 0.95,
    )
