"""Standing relations that officers give somebody: whom, from which register, and chosen how (一对接)."""

from __future__ import annotations

from pydantic import Field as Declare

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText


class Fit(Declared):
    """What makes one helper fitter than another: a code of what somebody founded stands in a list of the helper's.

    field: a list field of the helper's register. relation, register, of: where the code is read
    (founder, firm, industry); letters: how many of its first letters count.
    """

    field: YamlText
    relation: YamlText
    register_: YamlText = Declare(alias="register")
    of: YamlText
    letters: YamlInt = 1


class StandingRelation(Declared):
    """Everybody of the register `of` has one of the register `by`, who serves a place and takes so many.

    area_field: the place the helper serves, with all below it; capacity_field: how many at most.
    account_field: the user name under which the helper signs in; next steps show in that account's work.
    phone_field: the number that those served may call.
    by_trigger: only whom a trigger finds has one; nobody else is counted as being without.
    """

    id: str = ""
    label: YamlText
    order: YamlInt = 100  # in which order pages show the kinds
    of: YamlText
    by: YamlText
    area_field: YamlText
    capacity_field: YamlText
    account_field: str | None = None
    phone_field: str | None = None
    note_field: str | None = None
    by_trigger: YamlBool = False
    fit: Fit | None = None
    clause: Clause | None = None
    set_by: YamlText  # who fixed capacities and the order of choice: the document rarely does


class ServiceKind(Declared):
    """A kind of service that is logged (走访、融资对接)."""

    id: str = ""
    label: YamlText
    hint: str = ""
