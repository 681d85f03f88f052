"""Pictures of entries: whatever is sent is decoded and written anew, so nothing that came along is kept."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps

from guiyan.kernel import files, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.wrong import WrongValue

PURPOSE = "registers.picture"
LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
RIGHT = "请选JPG、PNG或WebP图片"


def reencoded(source: IO[bytes]) -> bytes:
    """The picture alone, as a JPEG of at most SIDE points a side, upright, without metadata.

    Raises WrongValue for what is no picture, too large a file, or one that unpacks to too many points.
    """
    content = source.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise WrongValue("超过10MB", "请换一张小一点的图片")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise WrongValue(f"有{image.width}×{image.height}点，太大了", "请换一张小一点的图片")
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            plain = on_white(upright)
    except WrongValue:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise WrongValue("不是能打开的图片", RIGHT) from broken
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return target.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """JPEG has no transparency; a fresh image has nothing of what the old one carried along."""
    seen = image.convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep_picture(actor: Actor, content: bytes, region: int | None) -> str:
    """Store a re-encoded picture in the caller's transaction; the text is what the entry's field holds."""
    place = region or releases.current().city.region
    with entered(Scope.system()):
        row = files.store(
            actor, name="图片.jpg", content=content, purpose=PURPOSE, region=place, allowed={"jpg"}, max_bytes=LARGEST
        )
    return row.sha256


def picture_path(digest: str) -> Path:
    """Where the content lies, of what was stored as a picture; within the system's scope. Raises NotFound."""
    row = files.StoredFile.objects.filter(sha256=digest, purpose=PURPOSE).first()
    if row is None or not files.path_of(row).is_file():
        raise NotFound("图片不在了。")
    return files.path_of(row)
