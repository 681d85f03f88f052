"""Releases: the newest pack is in force, older ones stay as they were."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.releases.models import PackRelease
from guiyan.kernel.scope import Scope
from guiyan.packs import Pack


def renamed(pack: Pack, name: str) -> Pack:
    """The same pack under another name, read anew: a copy would keep the old digest."""
    return Pack.from_content(pack.content().replace(f'"{pack.city.name}"', f'"{name}"'))


def test_what_is_read_back_equals_what_was_applied(scoped_db: Scope, pack: Pack) -> None:
    changed = renamed(pack, "样本市")
    number = releases.apply(SYSTEM, changed, note="改名")
    assert releases.current_id() == number
    assert releases.current().content() == changed.content()
    assert releases.current().digest == changed.digest


def test_an_older_release_stays_what_it_was(scoped_db: Scope, pack: Pack) -> None:
    before = releases.current_id()
    releases.apply(SYSTEM, renamed(pack, "样本市"))
    assert releases.release(before).city.name == pack.city.name
    assert releases.current().city.name == "样本市"


def test_applying_the_pack_in_force_makes_no_new_release(scoped_db: Scope, pack: Pack) -> None:
    before = releases.current_id()
    assert releases.apply(SYSTEM, pack) == before


def test_going_back_to_an_older_pack_is_a_release_of_its_own(scoped_db: Scope, pack: Pack) -> None:
    before = releases.current_id()
    releases.apply(SYSTEM, renamed(pack, "样本市"))
    again = releases.apply(SYSTEM, pack)
    assert again != before
    assert releases.current().city.name == pack.city.name


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_release_cannot_be_changed(scoped_db: Scope, pack: Pack, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows = PackRelease.objects.all()
        rows.update(note="x") if change == "update" else rows.delete()


def test_without_a_release_the_words_say_what_to_do(scoped_db: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PackRelease, "objects", PackRelease.objects.none())
    with pytest.raises(releases.NoRelease, match="pack apply"):
        releases.current()
    with pytest.raises(releases.NoRelease):
        releases.current_id()
