"""What the template database holds: all tables, and the city pack as `bin/guiyan pack apply` puts it."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from guiyan.accounts.actions import apply_units
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import find_pack, load_pack
from guiyan.registers import schema


def fill() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    pack = load_pack(find_pack(settings.GUIYAN_CITY))
    schema.apply(pack)
    with entered(Scope.system()):
        releases.apply(SYSTEM, pack)
        apply_units(SYSTEM, pack)
