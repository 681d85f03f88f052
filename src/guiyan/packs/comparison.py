"""Lists that people and firms are compared with before money is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field as Declare

from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText
from guiyan.packs.fields import FormFieldType


class ListColumn(Declared):
    """period: a row of the list counts only on days from the one date to the other, both included; empty is open."""

    id: str = ""
    label: YamlText
    type: FormFieldType
    required: YamlBool = False
    key: YamlBool = False  # compared with the subject
    period: Literal["from", "to"] | None = None
    may_be_own: YamlBool = False  # names an organisation that may be the applicant's own


SharedFor = Literal["compare", "match", "register"]


class Sharing(Declared):
    """A list, or what a source says, is another bureau's data: it comes in only under an authorisation of the holder.

    holder: the code of the unit whose data they are. purposes: what it may be used for; of a list `compare`, to check
    conditions before money is given, and `match`, to look for people; of a source `register`, to say it of entries.
    basis: by what right it is shared.
    """

    holder: YamlText
    purposes: Mapping[SharedFor, YamlText] = Declare(min_length=1)
    basis: YamlText
    note: str = ""


class ComparisonList(Declared):
    """A list somebody is compared with before money is given: imported, dated, never edited.

    effect: what a hit does. `block`: the batch is not signed until it is settled; `warn`: it asks for a look;
    `inform`: it is shown. required: while the list is missing or older than fresh_days, a batch waits for it.
    sharing: it stands in the catalogue of other bureaus' data.
    measure: the list says who was paid by this measure. set_by: who decided the effect, where no document does.
    """

    id: str = ""
    label: YamlText
    from_unit_kind: YamlText
    columns: Mapping[str, ListColumn] = Declare(min_length=1)
    effect: Literal["block", "warn", "inform"]
    required: YamlBool = True
    measure: str | None = None
    match_note: YamlText  # what a match means, in plain words
    clear_note: YamlText
    fresh_days: YamlInt = 90
    set_by: str = ""
    sharing: Sharing | None = None

    @property
    def blocks(self) -> bool:
        return self.effect == "block"

    @property
    def key_kind(self) -> Literal["id_number", "credit_code"]:
        """What it is compared by: persons by their ID number, firms by their credit code."""
        persons = any(column.key and column.type == "id_number" for column in self.columns.values())
        return "id_number" if persons else "credit_code"
