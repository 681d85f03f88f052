"""References of surveys: the register, its fields and source, what can be compared, what can be asked at a door."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.engine.rules import RuleError
from guiyan.engine.rules.expression import resolved
from guiyan.packs.errors import unknown_name
from guiyan.packs.finding import References
from guiyan.packs.register import Register
from guiyan.packs.survey import Survey
from guiyan.packs.yamltree import Path_


def surveys(found: References) -> None:
    for name, survey in found.pack.surveys.items():
        owner = ("surveys", name)
        found.find(owner, ("register",), "register", survey.register_, found.pack.registers)
        if survey.register_ in found.pack.registers:
            Checking(found, owner, survey, found.pack.registers[survey.register_]).all()


class Checking:
    """One survey over its register."""

    def __init__(self, found: References, owner: tuple[str, str], survey: Survey, register: Register) -> None:
        self.found, self.owner, self.survey, self.register = found, owner, survey, register

    def blame(self, path: Path_, message: str) -> None:
        self.found.reading.blame(*self.owner, path, message)

    def all(self) -> None:
        self.source()
        self.rule()
        self.names()
        self.compared()
        self.follows()
        self.new_people()
        if self.survey.clause is not None and self.found.pack.plan_of(self.survey.clause) is None:
            known = [plan.short_title for plan in self.found.pack.plans.values()]
            self.blame(("clause", "plan"), unknown_name("plan", self.survey.clause.plan, known))

    def source(self) -> None:
        able = [one.id for one in self.register.sources_by("form")]
        if self.survey.source not in able:
            self.blame(("source",), unknown_name("source by form", self.survey.source, able))

    def rule(self) -> None:
        if self.survey.where is None:
            return
        try:
            resolved(self.survey.where, self.register.catalogue)
        except RuleError as wrong:
            self.blame(("where",), str(wrong))

    def names(self) -> None:
        one = self.survey
        for key, names in (("asks", one.asks), ("new", one.new)):
            for place, name in enumerate(names):
                self.field((key, place), name)
        for key, single, kind in (("house", one.house, "text"), ("day", one.day, "date"), ("round", one.round, "text")):
            if single is not None and self.field((key,), single) and self.register.fields[single].type != kind:
                self.blame((key,), f"field `{single}` is no {kind}")
        if self.register.region_field in (*one.asks, *one.new):
            self.blame(("asks",), f"the place (`{self.register.region_field}`) follows from the visit: it is not asked")
        for key, names in (("must", one.must), ("compares", one.compares)):
            self.among((key,), names)

    def among(self, path: Path_, names: Iterable[str]) -> None:
        for place, name in enumerate(names):
            if name not in self.survey.asks:
                self.blame((*path, place), unknown_name("field asked", name, self.survey.asks))

    def field(self, path: Path_, name: str) -> bool:
        held = self.register.fields.get(name)
        if held is None or held.retired:
            self.blame(
                path, unknown_name("field", name, [x.id for x in self.register.fields.values() if not x.retired])
            )
            return False
        if held.seen_by:
            self.blame(path, f"field `{name}` is not for everybody (`seen_by`): it can't go to a phone")
        return True

    def compared(self) -> None:
        for place, name in enumerate(self.survey.compares):
            held = self.register.fields.get(name)
            if held is not None and held.type not in ("bool", "code"):
                self.blame(
                    ("compares", place), f"a {held.type} field can't be compared between rounds, only code or bool"
                )

    def follows(self) -> None:
        for lead, names in self.survey.after.items():
            self.among(("after", lead), names)
            held = self.register.fields.get(lead)
            if lead not in self.survey.asks or held is None or held.type != "bool":
                self.blame(("after", lead), f"`{lead}` is no yes-or-no field that is asked")
            for name in names:
                if name in self.survey.must:
                    self.blame(("after", lead), f"`{name}` may not stay empty, but is not always asked")

    def new_people(self) -> None:
        """Everything that the register always demands of an entry is asked, or follows from the visit."""
        if not self.survey.new:
            return
        given = {*self.survey.new, *self.survey.asks, self.register.region_field, self.survey.day, self.survey.round}
        for field in self.register.fields.values():
            if field.required and not field.retired and field.id not in given:
                self.blame(("new",), f"the register demands `{field.id}` of everybody: ask for it")
