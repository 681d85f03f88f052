"""What every shell needs to know: city, demo or not, large type, light or dark. Choices come from cookies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from guiyan.kernel import releases

LARGE_COOKIE = "guiyan_large"
THEME_COOKIE = "guiyan_theme"
KEYS_COOKIE = "guiyan_keys"


@dataclass
class Shell:
    """The look of this request's page. The city is read from the release only when a template asks."""

    demo: bool
    large: bool
    theme: str
    keys: bool
    path: str
    full_path: str

    @cached_property
    def _about(self) -> tuple[str, str, bool]:
        try:
            pack = releases.current()
        except releases.NoRelease:
            return "", "", False
        office = pack.units.get(pack.city.office)
        return pack.city.name, office.name if office else "", pack.city.sample

    @property
    def city(self) -> str:
        return self._about[0]

    @property
    def host_unit(self) -> str:
        return self._about[1]

    @property
    def sample(self) -> bool:
        """Pages must say 示例数据."""
        return self.demo or self._about[2]


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {
        "ui": Shell(
            demo=bool(settings.GUIYAN_DEMO),
            large=request.COOKIES.get(LARGE_COOKIE) == "1",
            theme="light" if request.COOKIES.get(THEME_COOKIE) == "light" else "dark",
            keys=request.COOKIES.get(KEYS_COOKIE) != "0",
            path=request.path,
            full_path=request.get_full_path(),
        )
    }
