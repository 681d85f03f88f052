"""Where to look and as whom: what a started demo prints."""

from __future__ import annotations

from guiyan.cli.demo_steps import Demo
from guiyan.packs import load_pack


def introduce(demo: Demo, port: int) -> str:
    """The address and the sample people of this city, as its pack names them."""
    pack = load_pack(demo.pack)
    rows = [(person.name, person.title or "居民", name) for name, person in pack.demo.items()]
    people = [f"  {name}  {username:<16}{title}" for name, title, username in rows]
    return "\n".join(
        [
            "",
            f"归雁已启动：http://127.0.0.1:{port}/ （示例数据）",
            "页面右上角可切换身份；也可登录，口令都是 guiyan-demo：",
            *people,
            "按 Ctrl-C 全部停止。",
        ]
    )
