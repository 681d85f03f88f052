"""Where to look and as whom: what a started demo prints."""

from __future__ import annotations

from guiyan.cli.demo_steps import Demo
from guiyan.packs import DemoAccount, Pack, load_pack


def introduce(demo: Demo, port: int) -> str:
    """The address and the sample people of this city, as its pack names them."""
    pack = load_pack(demo.pack)
    people = [f"  {who.name:　<4}{username:<16}{post_of(who, pack)}" for username, who in pack.demo.items()]
    return "\n".join(
        [
            "",
            f"归雁已启动：http://127.0.0.1:{port}/ （示例数据）",
            "页面右上角可切换身份；也可登录，口令都是 guiyan-demo：",
            *people,
            "按 Ctrl-C 全部停止。",
        ]
    )


def post_of(who: DemoAccount, pack: Pack) -> str:
    """Unit and title of an official; what makes a resident worth trying."""
    if who.unit is None:
        return f"居民，{who.note}" if who.note else "居民"
    return f"{pack.units[who.unit].name} {who.title}".strip()
