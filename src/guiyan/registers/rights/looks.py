"""Who looked at what is held of one person: office, post, day and reason, in words that she can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guiyan.accounts.queries import faces_of
from guiyan.kernel import releases
from guiyan.kernel.audit.looks import COUNTED, listed_in, looks_at
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.files import StoredFile
from guiyan.packs.pack import Pack
from guiyan.registers.models import ExportedPiece
from guiyan.registers.rights.retention import Kept

MOST_FILES, MOST_PAPERS = 50, 200
API = "接口："
SELF, SYSTEM = "您本人", "系统"
WHOLE = {
    "dossier": "打开了您的一人一档",
    "dossier.print": "打印了您的一人一档",
    "data.request": "看了您的个人信息申请",
    "data.blocked": "查看了您封存的数据",
}


@dataclass(frozen=True)
class Looked:
    """One reading. who: 通山县人力资源和社会保障局 受理岗, with the name where the city tells it."""

    at: datetime
    who: str
    done: str
    purpose: str = ""


@dataclass(frozen=True)
class Looks:
    """alone: readings of her alone, a page of them; listed: how often she stood in lists; api: what systems read."""

    alone: tuple[Looked, ...]
    total: int
    next_before: int | None
    listed: int
    api: tuple[Looked, ...]
    files: tuple[Looked, ...]

    @property
    def total_words(self) -> str:
        return f"{COUNTED:,}多" if self.total > COUNTED else f"{self.total:,}"


def looks_of(
    subject_ids: Sequence[int], user_ids: Iterable[int], kept: Sequence[Kept], *, before: int | None, most: int
) -> Looks:
    """In the system's scope, of whoever these subjects are. user_ids: her own accounts, shown as herself."""
    pack = releases.current()
    targets = [f"subject:{one}" for one in subject_ids] + [ref for one in kept for ref in one.refs]
    papers = StoredFile.objects.filter(subject_id__in=list(subject_ids)).order_by("-pk")
    targets += [f"file:{pk}" for pk in papers.values_list("pk", flat=True)[:MOST_PAPERS]]
    page, lists = looks_at(targets, before=before, most=most), listed_in(targets)
    own = frozenset(user_ids)
    faces = faces_of({entry.actor_id for entry in page.entries if entry.actor_id is not None} - own)
    api = [one for one in lists if one.purpose.startswith(API)]
    return Looks(
        tuple(looked(pack, entry, own, faces) for entry in page.entries),
        page.total,
        page.next_before,
        sum(one.times for one in lists if one not in api),
        tuple(Looked(one.last_at, one.purpose, f"一共读取了{one.times}次，最近一次") for one in api),
        tuple(files_with(pack, subject_ids)),
    )


def looked(pack: Pack, entry: AuditEntry, own: frozenset[int], faces: Mapping[int, tuple[str, str, str]]) -> Looked:
    return Looked(entry.at, who(pack, entry, own, faces), done(pack, entry.action), entry.purpose)


def who(pack: Pack, entry: AuditEntry, own: frozenset[int], faces: Mapping[int, tuple[str, str, str]]) -> str:
    if entry.actor_kind == "system":
        return SYSTEM
    if entry.actor_id in own:
        return SELF
    if entry.actor_id is None:
        return "其他系统" if entry.purpose.startswith(API) else "工作人员"
    office, post, name = faces.get(entry.actor_id, ("", "", ""))
    if pack.city.data_rights.officer == "name":
        return " ".join(one for one in (office, post, name) if one)
    return " ".join(one for one in (office, post) if one) or "工作人员"


def done(pack: Pack, action: str) -> str:
    """读了什么: the number in full, an entry, the dossier, a paper."""
    what = action.removeprefix("read:")
    if what in WHOLE:
        return WHOLE[what]
    area, _, rest = what.partition(".")
    if area == "register":
        register = pack.registers.get(rest.partition(".")[0])
        return f"看了“{register.label}”里您的记录" if register else "在名录里看了您的记录"
    register = pack.registers.get(area)
    if register is not None and rest in register.fields:
        return f"查看了完整的{register.fields[rest].label}"
    return {"case": "查看了您办件里的完整号码", "file": "打开了您交的材料"}.get(area, "查看了您的信息")


def files_with(pack: Pack, subject_ids: Sequence[int]) -> list[Looked]:
    """Files taken out that her entries were in."""
    found: dict[int, Looked] = {}
    for one in subject_ids:
        pieces = ExportedPiece.objects.filter(low__lte=one, high__gte=one, subject_ids__contains=[one])
        for piece in pieces.select_related("export").order_by("-pk")[:MOST_FILES]:
            asked = piece.export
            register = pack.registers.get(asked.register)
            label = register.label if register else asked.register
            if asked.made_at is not None:
                office = next(iter(faces_of([asked.asked_by]).values()), ("", "", ""))
                told = " ".join(part for part in office[:2] if part) or "工作人员"
                found[asked.pk] = Looked(asked.made_at, told, f"导出了“{label}”，里面有您", asked.reason)
    return sorted(found.values(), key=lambda each: each.at, reverse=True)
