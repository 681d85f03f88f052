"""What a register declares as following from others: journals, totals, what is left; every name found, no circles."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.packs.errors import unknown_name
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Faults
from guiyan.packs.register import NUMBERS, Field, Register
from guiyan.packs.register_checks import Checking
from guiyan.packs.register_parts import Total
from guiyan.packs.yamltree import Path_

ID_NUMBER, CREDIT_CODE = "_id_number", "_credit_code"
DATED = ("last",)


def check_totals(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    for register in pack.registers.values():
        found = Checking(pack, reading, register)
        journal(found)
        derived_names(found)
        for field in register.fields.values():
            if field.total is not None and field.total.of not in pack.registers:
                message = unknown_name("register", field.total.of, pack.registers)
                found.blame(("fields", field.id, "total", "of"), message)
            elif field.total is not None:
                total(found, field, field.total, pack.registers[field.total.of])
            elif field.remainder is not None:
                remainder(found, field)
    circles(pack, reading)


def journal(found: Checking) -> None:
    declared = found.register.journal
    if declared is None:
        return
    about = found.field(("journal", "about"), declared.about)
    if about is not None and (about.refers_to is None or not about.required):
        found.blame(("journal", "about"), f"`{about.id}` must be required and `refers_to` whom the journal is about")
    on = found.field(("journal", "on"), declared.on)
    if on is not None and (on.type != "date" or not on.required):
        found.blame(("journal", "on"), f"`{on.id}` must be a required date: when it happened")
    if found.register.key_field is not None or found.register.ladder is not None:
        found.blame(("journal",), "a happening has no key of its own and no ladder")


def derived_names(found: Checking) -> None:
    """What nobody reports can't be what an entry is known by, nor what a form asks."""
    register = found.register
    for where in ("title_field", "region_field", "key_field"):
        field = register.fields.get(getattr(register, where) or "")
        if field is not None and field.is_derived:
            found.blame((where,), f"field `{field.id}` follows from other entries: nobody reports it")
    for place, name in enumerate(register.screens.phone):
        if name in register.fields and register.fields[name].is_derived:
            found.blame(("screens", "phone", place), f"field `{name}` follows from other entries: no form asks it")
    for place, derived in enumerate(register.facts):
        if derived.of is not None and derived.of in register.fields and register.fields[derived.of].is_derived:
            found.blame(("facts", place, "of"), f"field `{derived.of}` follows from other entries: facts count those")
    sort = (register.default_sort or "").removeprefix("-")
    if sort in register.fields and register.fields[sort].ages:
        found.blame(("default_sort",), f"field `{sort}` is another figure every year: nothing is sorted by it")


def total(found: Checking, field: Field, declared: Total, of: Register) -> None:
    here: Path_ = ("fields", field.id, "total")
    if declared.by is not None:
        named_by(found, here, declared.by, of)
    for own, theirs in declared.match.items():
        alike(found, (*here, "match", own), own, theirs, of)
    dated = (declared.take in DATED or declared.this_year) and declared.on is None and of.journal is None
    if dated:
        found.blame(here, f"register `{of.id}` is no journal: say `on`, the date field by which one is the last")
    if declared.on is not None:
        day = taken_field(found, (*here, "on"), declared.on, of)
        if day is not None and day.type != "date":
            found.blame((*here, "on"), f"field `{day.id}` of `{of.id}` is a {day.type}, no date")
    if declared.value is not None:
        value = taken_field(found, (*here, "value"), declared.value, of)
        if value is not None:
            typed(found, here, field, declared, value)
    elif field.type != "int":
        found.blame(here, f"a count is an int; this field is a {field.type}")
    rule(found, here, field, declared, of)


def named_by(found: Checking, here: Path_, name: str, of: Register) -> None:
    """The field leads to entries of this register: by what it refers to, or by the number that both know."""
    field = of.fields.get(name)
    if field is None or field.retired:
        found.blame((*here, "by"), unknown_name("field", name, of.fields))
        return
    if field.refers_to is not None:
        leads = field.refers_to.register_ == found.register.id
    elif field.type == "id_number":
        leads = found.register.subject == "person" and name.endswith(ID_NUMBER) and name != of.key_field
    else:
        leads = found.register.subject == "organisation" and name.endswith(CREDIT_CODE) and name != of.key_field
    if not leads:
        found.blame((*here, "by"), f"field `{name}` of `{of.id}` does not name entries of `{found.register.id}`")


def alike(found: Checking, here: Path_, own: str, theirs: str, of: Register) -> None:
    mine = found.field(here, own)
    other = taken_field(found, here, theirs, of)
    if mine is None or other is None:
        return
    if mine.is_derived:
        found.blame(here, f"field `{own}` follows from other entries: match what is reported")
    if mine.type != other.type or mine.encrypted or mine.type in ("list", "long_text"):
        found.blame(here, f"a {mine.type} and a {other.type} are not compared: give two of one plain type")


def taken_field(found: Checking, here: Path_, name: str, of: Register) -> Field | None:
    """A reported, plain field of the register that is counted, or a fault."""
    field = of.fields.get(name)
    if field is None or field.retired:
        found.blame(here, unknown_name("field", name, [one.id for one in of.reported if not one.retired]))
        return None
    if field.is_derived or field.encrypted or field.type == "list":
        found.blame(here, f"field `{name}` of `{of.id}` can't be taken: encrypted, a list, or from others")
        return None
    return field


def typed(found: Checking, here: Path_, field: Field, declared: Total, value: Field) -> None:
    if declared.take in ("sum", "mean") and value.type not in NUMBERS:
        found.blame((*here, "value"), f"`{value.id}` is a {value.type}: only numbers are added up")
    if declared.take == "sum" and not value.required and value.required_when is None:
        found.blame((*here, "value"), f"`{value.id}` may be empty, and with it the sum: require it, or say when")
    if declared.take == "mean":
        if field.type != "decimal" or value.type == "money":
            found.blame(here, f"a mean is a decimal of ints or decimals; this field is a {field.type}")
    elif field.type != value.type:
        found.blame(here, f"this field is a {field.type}, what is taken a {value.type}")
    elif field.type == "code" and dict(field.codes) != dict(value.codes):
        found.blame(here, f"the `codes` are others than those of `{value.id}`")


def rule(found: Checking, here: Path_, field: Field, declared: Total, of: Register) -> None:
    """The rule resolves over the other register, and tells nothing that not everybody may see there."""
    there = Checking(found.pack, found.reading, of)
    asked = set(there.asked_by(declared.where))
    if declared.where is not None:
        from_there = Checking(found.pack, found.reading, of.model_copy(update={"id": found.register.id}))
        from_there.rule((*here, "where"), declared.where)
    for name in asked:
        if of.fields[name].type == "list" or of.fields[name].is_derived:
            found.blame((*here, "where"), f"field `{name}` is a list, or follows from others: it can't choose entries")
    told = [one for one in (*asked, declared.value) if one is not None and one in of.fields]
    hidden = [one for one in told if of.fields[one].seen_by]
    if hidden and not field.seen_by:
        found.blame(here, f"it would tell of `{hidden[0]}`, which not everybody may see: give it `seen_by` too")


def remainder(found: Checking, field: Field) -> None:
    assert field.remainder is not None
    here: Path_ = ("fields", field.id, "remainder")
    for key, name in (("of", field.remainder.of), ("less", field.remainder.less)):
        other = found.field((*here, key), name)
        if other is not None and (other.type != field.type or field.type not in NUMBERS):
            found.blame((*here, key), f"`{name}` is a {other.type} and this a {field.type}: numbers of one type")
        if other is not None and (other.ages or other.remainder is not None):
            found.blame((*here, key), f"`{name}` is itself worked out on the day, or what is left of others")


def circles(pack: Pack, reading: Faults) -> None:
    """Totals wait for whose entries they count; in a circle two writers would wait for each other."""
    follows: Mapping[str, set[str]] = {
        name: {one.total.of for one in register.fields.values() if one.total is not None}
        for name, register in pack.registers.items()
    }
    for name in follows:
        seen, edge = set[str](), set(follows[name])
        while edge:
            seen |= edge
            edge = {one for each in edge for one in follows.get(each, ())} - seen
        if name in seen:
            reading.blame("registers", name, ("fields",), f"totals run in a circle through `{name}`")
