"""What an officer of `bench pages` opens: addresses of each kind, drawn from what the register holds in her range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from urllib.parse import urlencode

from guiyan.cli.bench_pages_officers import Officer
from guiyan.kernel.regions import subtree
from guiyan.packs import Pack
from guiyan.packs.register import Field, Register

LIST = "/desk/registers/person/"
FAR = 20 * 1_000  # rows before page 1,001 begins
TRIED = 30  # searches and files of each kind
Question = tuple[str, str]  # kind, address


def questions(pack: Pack, officer: Officer, rounds: int) -> Iterator[Question]:
    """Call in the officer's scope. The same for the same registers."""
    from guiyan.registers.sample.drawing import drawn

    register, random = pack.registers["person"], Random(officer.region)
    yield from (("default list", LIST) for _ in range(TRIED))
    yield from (("all registers", "/desk/registers/") for _ in range(rounds))
    for sort in sorts(register):
        yield from (("sorted", address(sort=sort)) for _ in range(rounds))
        after = far_behind(register, officer, sort)
        yield from (("page 1,000", address(sort=sort, after=after)) for _ in range(rounds))
    for field in register.fields.values():
        if field.filter and not field.retired:
            for value in values_of(pack, field, officer, random, rounds):
                for sort in sorts(register):
                    yield f"filter {field.id}", address(sort=sort, **{f"f-{field.id}": value})
    for name, subject_id in drawn(subtree(officer.region), TRIED, random):
        yield "name of two characters", address(q=name[:2])
        yield "pinyin initials", address(q=initials(name))
        yield "search box", f"/desk/registers/search/?{urlencode({'q': name})}"
        yield "dossier", f"/desk/dossier/{subject_id}/"


def address(**query: str) -> str:
    return f"{LIST}?{urlencode({name: text for name, text in query.items() if text})}"


def sorts(register: Register) -> list[str]:
    fields = [field.id for field in register.fields.values() if field.sort and not field.retired]
    return [f"{sign}{name}" for name in (*fields, "checked_on") for sign in ("", "-")]


def values_of(pack: Pack, field: Field, officer: Officer, random: Random, rounds: int) -> Sequence[str]:
    """Frequent values and rare ones: codes, answers; years, months and days; counties, towns and villages."""
    if field.codes:
        return list(field.codes)
    if field.type == "bool":
        return ["true", "false"]
    if field.type == "date":
        days = [
            (1965 + random.randrange(35), 1 + random.randrange(12), 1 + random.randrange(28)) for _ in range(rounds)
        ]
        return [words for y, m, d in days for words in (str(y), f"{y}-{m:02d}", f"{y}-{m:02d}-{d:02d}")]
    low, high = subtree(officer.region)
    everywhere = [code for code in pack.regions if code != pack.city.region]
    own = [code for code in everywhere if low <= code < high]
    return [str(random.choice(codes)) for codes in (own, everywhere) for _ in range(rounds)]


def far_behind(register: Register, officer: Officer, sort: str) -> str:
    """The cursor that an officer who goes from page to page holds at the end of page 1,000 (or of the last page)."""
    from guiyan.kernel import releases
    from guiyan.registers.cursor import Cursor
    from guiyan.registers.tables import attribute, table_of

    low, high = subtree(officer.region)
    name = attribute(sort.lstrip("-"))
    sign = "-" if sort.startswith("-") else ""
    rows = table_of(releases.current(), register.id)._default_manager.filter(region__gte=low, region__lt=high)
    rows = rows.exclude(**{name: None})
    place = min(FAR, rows.count()) - 1
    value, pk = rows.order_by(f"{sign}{name}", f"{sign}pk").values_list(name, "pk")[place]
    return str(Cursor(sort, value, pk, True))


def initials(name: str) -> str:
    from guiyan.registers.terms import search_terms

    return next(term for term, kind in search_terms(name, person=True) if kind == "initials")
