"""What a register declares of its form, its ladder and its publication: every name is found, every rule resolves."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.engine.rules import RuleError
from guiyan.engine.rules.expression import facts_in, resolved
from guiyan.engine.rules.model import Clause
from guiyan.packs.errors import unknown_name
from guiyan.packs.pack import Pack
from guiyan.packs.people import PERMISSIONS
from guiyan.packs.reading import Faults
from guiyan.packs.register import Field, Register
from guiyan.packs.register_answers import faults_of_answers, filled_in
from guiyan.packs.register_senders import sending, sending_roles
from guiyan.packs.yamltree import Path_

LISTED_NOT = ("list", "long_text")
# Columns that every register's table has of its own.
HEAD = frozenset(
    {"id", "subject_id", "holder_id", "region", "unit_id", "owner_id", "level", "state", "checked_on", "version"}
    | {"field_from"}
)


def check_registers(pack: Pack, reading: Faults) -> None:
    """All faults go into the reading; nothing is raised here."""
    for register in pack.registers.values():
        found = Checking(pack, reading, register)
        for check in (fields, sections, screens, ladder, publication, portal, answering, sending, clause):
            check(found)
    sending_roles(pack, reading)


class Checking:
    """One register under the eye; `blame` adds a fault at a place of its file."""

    def __init__(self, pack: Pack, reading: Faults, register: Register) -> None:
        self.pack, self.reading, self.register = pack, reading, register

    def blame(self, path: Path_, message: str) -> None:
        self.reading.blame("registers", self.register.id, path, message)

    def field(self, path: Path_, name: str) -> Field | None:
        """The field of that name that is in use, or a fault."""
        field = self.register.fields.get(name)
        if field is None or field.retired:
            known = [one.id for one in self.register.fields.values() if not one.retired]
            self.blame(path, unknown_name("field", name, known))
            return None
        return field

    def rule(self, path: Path_, text: str | None) -> None:
        if text is None:
            return
        try:
            resolved(text, self.register.catalogue)
        except RuleError as wrong:
            self.blame(path, str(wrong))

    def asked_by(self, text: str | None) -> Iterable[str]:
        """The fields a rule asks; none of a rule that is at fault already."""
        try:
            return facts_in(text, self.register.catalogue) if text else ()
        except RuleError:
            return ()


def fields(found: Checking) -> None:
    register = found.register
    for field in register.fields.values():
        here: Path_ = ("fields", field.id)
        if field.id in HEAD and field.id != register.region_field:
            found.blame(here, f"`{field.id}` is the name of a column that every register has: choose another")
        found.rule((*here, "required_when"), field.required_when)
        for place, permission in enumerate(field.seen_by):
            if permission not in PERMISSIONS:
                found.blame((*here, "seen_by", place), unknown_name("permission", permission, PERMISSIONS))
        if field.seen_by:
            unseen(found, field)
        if field.refers_to is not None:
            reference(found, field)


def unseen(found: Checking, field: Field) -> None:
    """What not everybody may see must not be told by what everybody sees."""
    here: Path_ = ("fields", field.id, "seen_by")
    register = found.register
    for named, what in ((register.title_field, "title_field"), (register.region_field, "region_field")):
        if named == field.id:
            found.blame(here, f"everybody sees the `{what}`: it can't be limited")
    if field.search:
        found.blame(here, "what is searched for is told by what is found: leave out `search` or `seen_by`")
    if field.filter or field.sort:
        found.blame(here, "a filter or an order would tell the value: leave out `filter` and `sort`, or `seen_by`")
    if field.fact is not None:
        found.blame(here, "it feeds a fact, which those who handle a request see")
    rules = [section.show_if for section in register.sections]
    if any(field.id in found.asked_by(rule) for rule in rules):
        found.blame(here, "a section is shown by this field: whether it shows would tell the value")


def reference(found: Checking, field: Field) -> None:
    assert field.refers_to is not None
    here: Path_ = ("fields", field.id, "refers_to")
    other = found.pack.registers.get(field.refers_to.register_)
    if other is None:
        found.blame((*here, "register"), unknown_name("register", field.refers_to.register_, found.pack.registers))
    elif other.key_field is None:
        found.blame((*here, "register"), f"register `{other.id}` has no `key_field`: nothing can refer to its entries")
    elif other.key_field in other.fields and other.fields[other.key_field].type != field.type:
        wanted = other.fields[other.key_field].type
        found.blame((*here, "register"), f"the key of `{other.id}` is of type {wanted}, this field of {field.type}")
    elif is_code(other.key_field) and other.subject == "organisation" and not is_code(field.id):
        found.blame(here, f"entries of `{other.id}` are known by a credit code: end the field's id in `_credit_code`")


def is_code(name: str) -> bool:
    return name.endswith("credit_code")


def sections(found: Checking) -> None:
    """Every field in use stands in exactly one section; nothing hidden is demanded."""
    declared = found.register.sections
    if not declared:
        return
    placed: dict[str, int] = {}
    for place, section in enumerate(declared):
        found.rule(("sections", place, "show_if"), section.show_if)
        for number, name in enumerate(section.fields):
            here: Path_ = ("sections", place, "fields", number)
            field = found.field(here, name)
            placed[name] = placed.get(name, 0) + 1
            if placed[name] > 1:
                found.blame(here, f"field `{name}` stands in more than one place of the sections")
            if field is not None and field.required and section.show_if is not None:
                found.blame(here, f"field `{name}` is always required, but this section is not always shown")
            if name in found.asked_by(section.show_if):
                found.blame(here, f"field `{name}` decides whether its own section is shown")
    for field in found.register.fields.values():
        if not field.retired and field.id not in placed:
            found.blame(("fields", field.id), f"field `{field.id}` stands in no section")


def screens(found: Checking) -> None:
    shown = found.register.screens
    for place, name in enumerate(shown.list_):
        field = found.field(("screens", "list", place), name)
        if field is not None and field.type in LISTED_NOT:
            found.blame(("screens", "list", place), f"a {field.type} field can't be a column of the list")
    for place, name in enumerate(shown.phone):
        found.field(("screens", "phone", place), name)
    if shown.phone:
        for field in found.register.fields.values():
            if field.required and not field.retired and field.id not in shown.phone:
                found.blame(("screens", "phone"), f"field `{field.id}` is required, so the phone's form must ask it")


def ladder(found: Checking) -> None:
    declared = found.register.ladder
    if declared is None:
        return
    if len(found.register.levels) < 2:
        found.blame(("ladder",), "a ladder needs at least two `levels`, in rising order")
    elif declared.start not in found.register.levels:
        found.blame(("ladder", "start"), unknown_name("level", declared.start, found.register.levels))


def publication(found: Checking) -> None:
    rule = found.register.publish
    if rule is None:
        return
    found.rule(("publish", "where"), rule.where)
    for name in rule.fields:
        field = found.field(("publish", "fields", name), name)
        if field is not None and (field.encrypted or field.seen_by):
            found.blame(("publish", "fields", name), f"field `{name}` is not for everybody and can't be published")
    for place, name in enumerate(rule.filters):
        if name not in rule.fields or not found.register.fields[name].filter:
            found.blame(("publish", "filters", place), f"`{name}` must be published and declared `filter`")
    if found.register.title_field not in rule.fields:
        found.blame(("publish", "fields"), f"the title `{found.register.title_field}` must be among them")
    if rule.booklet is not None:
        by = found.field(("publish", "booklet", "by"), rule.booklet.by)
        if by is not None and (by.type != "code" or by.id not in rule.fields):
            found.blame(("publish", "booklet", "by"), f"`{by.id}` must be a published code field: chapters follow it")
    hidden = {field.id for field in found.register.fields.values() if field.seen_by}
    if hidden & set(found.asked_by(rule.where)):
        found.blame(("publish", "where"), "what is out would tell the value of a field that not everybody may see")


def portal(found: Checking) -> None:
    """What residents are asked: all that must be filled, and nothing that others answer for."""
    register = found.register
    for source in register.sources.values():
        here: Path_ = ("sources", source.id, "asks")
        if "portal" not in source.by:
            if source.asks:
                found.blame(here, "only a source `by: [portal]` is asked anything")
            continue
        if register.answers is None and register.subject not in ("person", "organisation"):
            found.blame(
                ("sources", source.id, "by"), f"nobody is a {register.subject}: residents report about people and firms"
            )
        if not source.asks:
            found.blame(("sources", source.id), "`asks` must say what the resident's page asks")
        for place, name in enumerate(source.asks):
            field = found.field((*here, place), name)
            if field is not None and (field.type == "id_number" or name == register.key_field or field.seen_by):
                found.blame((*here, place), f"field `{name}` is not for residents to say: others check who she is")
        for field in register.fields.values():
            is_checked = field.type == "id_number" or field.id in (register.key_field, *filled_in(register))
            if field.required and not field.retired and not is_checked and field.id not in source.asks:
                found.blame(here, f"field `{field.id}` is required, so it must be asked")


def answering(found: Checking) -> None:
    for path, message in faults_of_answers(found.register, found.pack.registers):
        found.blame(path, message)


def clause(found: Checking) -> None:
    """Where the document asks for it: the document and the plan are the city's."""
    plans = found.pack.plans.values()
    ladder = found.register.ladder
    clauses: dict[Path_, Clause | None] = {("clause",): found.register.clause}
    clauses["ladder", "clause"] = ladder.clause if ladder is not None else None
    for path, named in clauses.items():
        if named is None:
            continue
        if named.document not in {plan.document for plan in plans}:
            found.blame(
                (*path, "document"), unknown_name("document", named.document, {plan.document for plan in plans})
            )
        elif found.pack.plan_of(named) is None:
            found.blame((*path, "plan"), unknown_name("plan", named.plan, {plan.short_title for plan in plans}))
