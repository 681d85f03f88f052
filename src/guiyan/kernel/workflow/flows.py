"""Which flow an object is on, and how its rows are found."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.kernel import releases
from guiyan.kernel.workflow.models import Flowed
from guiyan.packs.flow import Flow


@dataclass(frozen=True)
class Ref:
    """How the log, clocks and steps name an object, and the wall they share with it."""

    object_type: str
    object_id: int
    region: int | None
    unit_id: int | None
    subject_id: int | None

    def key(self) -> dict[str, object]:
        return {"object_type": self.object_type, "object_id": self.object_id}

    def wall(self) -> dict[str, int | None]:
        return {"region": self.region, "unit_id": self.unit_id, "subject_id": self.subject_id}


def ref_of(obj: Flowed) -> Ref:
    """Raises ValueError for an object that belongs to no region, unit or subject: no wall would ever let it be seen."""
    wall = [getattr(obj, name, None) for name in ("region", "unit_id", "subject_id")]
    if all(value is None for value in wall):
        raise ValueError(f"{obj._meta.label} {obj.pk} has neither region nor unit nor subject")
    return Ref(object_type_of(type(obj)), obj.pk, *wall)


def object_type_of(model: type[Flowed]) -> str:
    return getattr(model, "flow_object", None) or str(model._meta.model_name)


def flow_of(obj: Flowed) -> Flow:
    return flow_in(obj.release, obj.flow)


def flow_in(release: int, name: str) -> Flow:
    flows = releases.release(release).flows
    if name not in flows:
        raise LookupError(f"release {release} has no flow {name}; it has {', '.join(sorted(flows)) or 'none'}")
    return flows[name]
