"""What residents type, and a picture of a site."""

from __future__ import annotations

import io

from PIL import Image

TYPED = {"use": "开竹制品厂", "contact": "刘女士", "contact_phone": "15412340000", "seen": ["想怎么用", "怎么联系"]}
SAID = {"name": "刘春燕", "home_region": "通山县", "return_date": "2026-02-21", "seen": ["本人", "返乡", "创业意愿"]}


def a_picture(size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, kind)
    return target.getvalue()
