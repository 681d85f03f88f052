"""Entries on paper: what is published of a register as a booklet, and one entry with its records to hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import long_day, today
from guiyan.kernel.errors import NotFound
from guiyan.kernel.printing import Chapter, Paper, Table, Thing
from guiyan.packs.register import Field, Register
from guiyan.registers import queries
from guiyan.registers.importing.reading import region_paths_of
from guiyan.registers.keeping.conditions import sections_shown
from guiyan.registers.queries.published import all_published
from guiyan.registers.showing import Shown, shown
from guiyan.registers.values import Value

HUNDRED, WAN = 100, 10_000
EMPTY: tuple[Value, ...] = (None, "", ())
INTERNAL = "内部使用，证件号和电话不全部列出"
NO_CODE = "未分类"


def booklet_of(register_id: str, *, region: int | None = None, chapter: str = "") -> Paper:
    """What everybody may read of a register, a chapter for each code of `publish.booklet.by`. Raises NotFound.

    region: a county with all below it; chapter: one code alone.
    """
    pack = releases.current()
    register = pack.registers.get(register_id)
    if register is None or register.publish is None or register.publish.booklet is None:
        raise NotFound
    by = register.fields[register.publish.booklet.by]
    fields, rows = all_published(register_id, region=region, filters={by.id: chapter} if chapter else {})
    places = region_paths_of(pack)
    chapters = tuple(
        Chapter(title, tuple(thing_of(register, fields, row, places, without=(by.id,)) for row in of_code))
        for code, title in [*by.codes.items(), (None, NO_CODE)]
        if (of_code := [row for row in rows if row[by.id] == code])
    )
    if not chapters:
        raise NotFound("没有合这些条件的，请换一个县或类别。")
    office, declared = pack.units.get(pack.city.office), register.publish.booklet
    place = pack.regions[region].name if region is not None and region in pack.regions else pack.city.name
    day = long_day(today())
    return Paper(
        title=declared.title,
        beneath=f"{place} · {by.codes[chapter]}" if chapter in by.codes else place,
        host=office.name if office else "",
        printed_on=f"{day}印",
        foot=f"{declared.title}（{place}） {day}印",
        chapters=chapters,
        closing=declared.note,
        notes=(f"共{len(rows)}{register.counted_in}", *(("示例数据",) if pack.city.sample else ())),
    )


def entry_paper(actor: Actor, register_id: str, subject_id: int) -> Paper:
    """One entry as the actor may see it, numbers masked, with the newest records of its journals and its steps."""
    pack = releases.current()
    view = queries.entry_view(actor, register_id, subject_id)
    register, places = view.register, region_paths_of(pack)
    cells = {cell.field.id: cell for cell in view.cells}
    values = {name: cell.value for name, cell in cells.items()}
    things = [
        Thing(section.title, tuple(facts_of([cells[n].field for n in section.fields if n in cells], values, places)))
        for section in sections_shown(register, values)
    ]
    tables = (*journals_on_paper(actor, register_id, subject_id, places), *steps_on_paper(actor, register, subject_id))
    kept = [one for one in things if one.facts]
    if tables:
        kept.append(Thing("", (("截至", long_day(today())),), tables))
    unit = next((one.name for one in pack.units.values() if one.kind == register.owner_unit_kind), "")
    name = queries.subject(view.subject_id).display_name
    return Paper(
        title=name,
        beneath=register.label,
        host=pack.city.name,
        printed_on=long_day(today()),
        foot=f"{register.label} {name} {long_day(today())}打印。{INTERNAL}",
        chapters=(Chapter("", tuple(kept)),),
        signed=unit,
        cover=False,
    )


def journals_on_paper(actor: Actor, register: str, subject_id: int, places: Mapping[int, str]) -> list[Table]:
    return [
        Table(
            f"{part.register.label}（共{part.total_words}{part.register.counted_in}）",
            tuple(one.label for one in part.columns),
            tuple(
                tuple(text_of(shown(f, line.values[f.id], places)) or "—" for f in part.columns) for line in part.lines
            ),
        )
        for part in queries.journal_parts(actor, [register], subject_id)
        if part.lines
    ]


def row_of(fields: Sequence[Field], values: Mapping[str, Value], places: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(text_of(shown(one, values[one.id], places)) or "—" for one in fields)


def steps_on_paper(actor: Actor, register: Register, subject_id: int) -> list[Table]:
    changes = queries.levels_of(actor, register.id, subject_id) if register.ladder is not None else []
    rows = tuple(
        (long_day(one.decided_on), queries.level_words(register, one.after), one.reason, one.evidence or "—")
        for one in changes
    )
    return [Table("梯次", ("日期", "调到", "理由", "依据"), rows)] if rows else []


def thing_of(
    register: Register,
    fields: Sequence[Field],
    row: Mapping[str, Value],
    places: Mapping[int, str],
    *,
    without: Sequence[str] = (),
) -> Thing:
    asked = [one for one in fields if one.id != register.title_field and one.id not in without]
    return Thing(str(row[register.title_field] or ""), tuple(facts_of(asked, row, places)))


def facts_of(fields: Sequence[Field], values: Mapping[str, Value], places: Mapping[int, str]) -> list[tuple[str, str]]:
    """What is known, in words; what is empty takes no line of a paper."""
    told = ((one.label, text_of(shown(one, values[one.id], places))) for one in fields if values[one.id] not in EMPTY)
    return [(label, words) for label, words in told if words]


def text_of(one: Shown) -> str:
    if one.value in EMPTY:
        return ""
    match one.kind:
        case "date":
            return long_day(one.value)  # type: ignore[arg-type]
        case "money" if isinstance(one.value, int):
            return money_words(one.value)
        case "number":
            return f"{one.value:,}{one.unit}"
    return str(one.value)


def money_words(fen: int) -> str:
    """5000万元 and 12.5万元 read 5,000万元 and 125,000元: nothing is rounded."""
    whole, rest = divmod(fen, HUNDRED)
    if rest:
        return f"{whole:,}.{rest:02d}元"
    return f"{whole // WAN:,}万元" if whole >= WAN and whole % WAN == 0 else f"{whole:,}元"
