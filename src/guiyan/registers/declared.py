"""What follows from a register's declaration: its key, its links to people, which register is a subject's home."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import states

ID_NUMBER, CREDIT_CODE = "_id_number", "_credit_code"


@dataclass(frozen=True)
class Link:
    """A field that names another subject by its key, which makes a relation.

    `founder_id_number` of a firm makes `founder`, `operator_credit_code` of a park `operator`; a field that
    `refers_to` a register makes the relation it names. key: which kind it is; to: the register referred to.
    """

    kind: str
    number: Field
    name: Field | None
    key: str = states.KEY_ID_NUMBER
    to: str = ""

    @property
    def is_person(self) -> bool:
        return self.key == states.KEY_ID_NUMBER

    def text(self, value: str) -> str:
        """What the digest of the named subject's key is of."""
        return f"{self.to}:{value}" if self.key == states.KEY_NUMBER else value


def key_of(register: Register) -> Field | None:
    return register.fields[register.key_field] if register.key_field else None


def key_kind(register: Register, field: Field) -> str:
    """Numbers of the register's own, unless it is the number that a person or an organisation has everywhere."""
    if field.type == "id_number":
        return states.KEY_ID_NUMBER
    is_code = register.subject == states.ORGANISATION and field.id.endswith(CREDIT_CODE.removeprefix("_"))
    return states.KEY_CREDIT_CODE if is_code else states.KEY_NUMBER


def key_text(register: Register, kind: str, value: str) -> str:
    """What the digest is of: numbers of projects begin anew in every register."""
    return f"{register.id}:{value}" if kind == states.KEY_NUMBER else value


def links_of(register: Register) -> tuple[Link, ...]:
    """People first: the first of them is the holder, to whom an organisation's entry is her own."""
    return (
        *_links(register, ID_NUMBER, states.KEY_ID_NUMBER),
        *_links(register, CREDIT_CODE, states.KEY_CREDIT_CODE),
        *references_of(register),
    )


def _links(register: Register, suffix: str, key: str) -> tuple[Link, ...]:
    kind_of_field = "id_number" if key == states.KEY_ID_NUMBER else "text"
    return tuple(
        Link(kind, field, register.fields.get(f"{kind}_name"), key)
        for field in register.fields.values()
        if field.type == kind_of_field and field.id != register.key_field and field.id.endswith(suffix)
        if field.refers_to is None
        for kind in [field.id.removesuffix(suffix)]
    )


def references_of(register: Register) -> tuple[Link, ...]:
    """The fields that hold the key of another register's entry."""
    return tuple(
        Link(field.refers_to.relation, field, None, key_of_reference(field), field.refers_to.register_)
        for field in register.fields.values()
        if field.refers_to is not None
    )


def key_of_reference(field: Field) -> str:
    if field.type == "id_number":
        return states.KEY_ID_NUMBER
    return states.KEY_CREDIT_CODE if field.id.endswith(CREDIT_CODE) else states.KEY_NUMBER


def holder_link(register: Register) -> Link | None:
    """Whoever is named first holds the entry, except of a register of people: a person is her own."""
    people = [link for link in links_of(register) if link.is_person and not link.to]
    return people[0] if people and register.subject != states.PERSON else None


def home_register(pack: Pack, kind: str) -> str | None:
    """The register whose entry gives a subject its name and region: the one declared `home`, else the first."""
    of_kind = [register for register in pack.registers.values() if register.subject == kind]
    return next((one.id for one in of_kind if one.home), of_kind[0].id if of_kind else None)


def shown_fields(register: Register) -> list[Field]:
    return [field for field in register.fields.values() if not field.retired]


def reported_fields(register: Register) -> list[Field]:
    """What forms, files and other systems may say; the others follow from entries."""
    return [field for field in register.reported if not field.retired]
