"""Parts of a register's declaration: form sections, screens, ladder, publication, export."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field as Declare

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlBool, YamlText
from guiyan.packs.fields import Mask


class Section(Declared):
    """Fields that stand together in the form and on the page of an entry.

    show_if: a rule over the register's fields; while it is not clearly true the section is neither asked nor shown.
    """

    title: YamlText
    note: str = ""
    show_if: str | None = None
    fields: tuple[str, ...] = Declare(min_length=1)


class Screens(Declared):
    """Which fields a screen begins with; empty: all that fit. The others are one step away, never lost.

    list: columns of the list. phone: the form on a narrow screen.
    """

    list_: tuple[str, ...] = Declare(default=(), alias="list")
    phone: tuple[str, ...] = ()


class Ladder(Declared):
    """The register's `levels`, in rising order, are steps that an officer decides on, each with a reason.

    evidence: whether a decision must name the paper it rests on. start: where an entry comes in.
    """

    start: YamlText
    evidence: YamlBool = True
    clause: Clause | None = None
    set_by: YamlText


class Publication(Declared):
    """What of the register everybody may read, on a page and a list of its own.

    where: a rule over the fields; only entries that clearly meet it are out. fields: field → how it is masked.
    basis: by what right, said on the page.
    """

    title: YamlText
    note: str = ""
    where: str | None = None
    fields: Mapping[str, Mask] = Declare(min_length=1)
    filters: tuple[str, ...] = ()
    basis: YamlText


class ExportRule(Declared):
    """approval: a second officer agrees before the file is made."""

    approval: YamlBool = True


class Reference(Declared):
    """The field holds the key of an entry of another register, which makes a standing relation to it.

    relation: its name, from that entry's subject to this one; reverse: what that entry's page calls this one.
    """

    register_: YamlText = Declare(alias="register")
    relation: YamlText
    reverse: YamlText
