"""Pictures of entries: decoded and written anew, shown in public only while their entry is out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from guiyan.accounts.models import User
from guiyan.kernel.actors import SYSTEM
from guiyan.registers import actions, queries
from guiyan.registers.pictures import LARGEST, SIDE, reencoded
from guiyan.registers.wrong import WrongValue
from tests.access.offering import a_picture
from tests.portal.residents import photo
from tests.portal.test_registers import a_site

pytestmark = pytest.mark.usefixtures("scoped_db")
SCRIPT = b"<script>alert(1)</script>"


def test_nothing_that_came_along_is_kept() -> None:
    told = PngInfo()
    told.add_text("Comment", "住在通山县大畈镇" + SCRIPT.decode())
    target = io.BytesIO()
    Image.new("RGBA", (3200, 800), (0, 0, 0, 0)).save(target, "PNG", pnginfo=told)
    made = reencoded(io.BytesIO(target.getvalue() + SCRIPT))
    assert SCRIPT not in made and b"Comment" not in made and b"Exif" not in made
    with Image.open(io.BytesIO(made)) as kept:
        assert kept.format == "JPEG" and kept.size == (SIDE, SIDE // 4) and kept.getpixel((0, 0)) == (255, 255, 255)


def test_a_photograph_taken_sideways_stands_upright_without_its_place() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "示例相机"
    target = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(target, "JPEG", exif=exif)
    with Image.open(io.BytesIO(reencoded(io.BytesIO(target.getvalue())))) as kept:
        assert kept.size == (20, 40) and not kept.getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a" + b"\0" * 40, b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, b"\xff\xd8\xff" + SCRIPT,
        a_picture()[:40], b"%PDF-1.7", b"BM" + b"\0" * 60,
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(WrongValue):
        reencoded(io.BytesIO(content))


def test_a_huge_file_and_a_picture_that_unpacks_to_too_much_are_refused() -> None:
    with pytest.raises(WrongValue, match="超过10MB"):
        reencoded(io.BytesIO(b"\xff\xd8\xff" + b"\0" * LARGEST))
    with pytest.raises(WrongValue):
        reencoded(io.BytesIO(a_picture((9000, 9000))))


def test_it_is_sent_at_the_desk_and_seen_in_public_while_the_entry_is_out(actor: Callable[[str], object]) -> None:
    site = a_site(1)
    client = Client()
    client.force_login(User.objects.get(username="helin"))
    form = {
        "name": "示例厂房1", "number": "CD2026-0001", "region": "通山县", "kind": "plant", "status": "free",
        "rent": "12000", "entry_source": "bureau", "entry_was": "{}",
    }  # fmt: skip
    answer = client.post(f"/desk/registers/site/{site}/edit/", {**form, "picture": photo("厂房.png", b"not a picture")})
    assert answer.status_code == 422 and "不是能打开的图片" in answer.content.decode()
    answer = client.post(f"/desk/registers/site/{site}/edit/", {**form, "picture": photo("厂房.png", a_picture())})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    address = f"/registers/site/{queries.token_of('site', site)}/pictures/picture.jpg"
    shown = Client().get(address)
    assert shown["Content-Type"] == "image/jpeg" and b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[attr-defined]
    assert client.get(f"/desk/registers/site/{site}/pictures/picture.jpg").status_code == 200
    assert address in Client().get("/registers/site/").content.decode()
    held = queries.entry(SYSTEM, "site", site)
    client.post(f"/desk/registers/site/{site}/edit/", {**form, "rent": "13000"})
    after = queries.entry(SYSTEM, "site", site)
    assert held is not None and after is not None and after["picture"] == held["picture"]
    actions.record(SYSTEM, register="site", values={"status": "let"}, source="bureau", subject_id=site)
    assert Client().get(address).status_code == 404
