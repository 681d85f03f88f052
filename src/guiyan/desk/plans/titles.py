"""Plans by the short names people use for them."""

from __future__ import annotations

from guiyan.kernel.releases import current
from guiyan.plans.matching import bare


class ShortTitles:
    """返乡创业 for 咸宁市大力推进外出务工人员返乡创业工作实施方案; a plan the city does not know keeps its title.

    One look at the release for a whole page.
    """

    def __init__(self) -> None:
        self._known = {bare(plan.title): plan.short_title for plan in current().plans.values()}

    def __call__(self, title: str) -> str:
        return self._known.get(bare(title), title)
