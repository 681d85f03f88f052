"""Registrations of businesses from the market regulator: one or many, each taken once by the source's own number."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from guiyan.accounts.models import ApiKey
from guiyan.api.access import may
from guiyan.api.measures import REFUSALS
from guiyan.api.schemas import FieldsOut, RegistrationsIn, RegistrationsOut
from guiyan.kernel import releases
from guiyan.kernel.actors import FixedActor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, states
from guiyan.outreach.actions import Came, Result
from guiyan.outreach.records import RecordReader, trigger_of
from guiyan.packs.trigger import Trigger

ENTRY, SCOPE = "registrations", "registrations"
router = Router(tags=["报送"])


@router.get(
    "/registrations/fields",
    response={200: FieldsOut, **REFUSALS},
    auth=may(SCOPE),
    url_name="registration-fields",
    summary="注册登记要报送的项目",
    description="每条登记可以有哪些项目、哪些必填、代码的取值。区划写12位代码，或写成通山县大畈镇。",
)
def registration_fields(request: HttpRequest) -> dict[str, object]:
    """The fields that the city's pack declares for a record."""
    trigger = declared()
    fields = RecordReader(releases.current(), trigger).fields.values()
    return {
        "trigger": trigger.label,
        "within_days": trigger.within_days,
        "fields": [
            {
                "id": one.id,
                "label": one.label,
                "type": one.type,
                "required": one.required,
                "codes": dict(one.codes),
                "hint": one.hint,
            }
            for one in fields
        ],
    }


@router.post(
    "/registrations",
    response={200: RegistrationsOut, **REFUSALS},
    auth=may(SCOPE),
    url_name="registrations",
    summary="报送注册登记",
    description=(
        "一次1至500条。按来源自己的业务号认：同一个业务号再报，没有改动的不变（same）。"
        "首次登记的（new）当天告知创办人并指派首护人；不是首次的（known）只记入名录；有错的（refused）一条都不记，逐项说明。"
    ),
)
def send_registrations(request: HttpRequest, sent: RegistrationsIn) -> dict[str, object]:
    """What became of each record; those with faults leave the others alone."""
    trigger, pack = declared(), releases.current()
    reader = RecordReader(pack, trigger)
    key: ApiKey = request.api_key  # type: ignore[attr-defined]
    actor = FixedActor("system", f"接口：{key.holder}（{key.prefix}）")
    came = Came(states.API, f"{key.holder}（{key.name}）", pack.city.region)
    with entered(Scope.system()), transaction.atomic():
        records = [reader.read(one, row) for row, one in enumerate(sent.records, start=1)]
        results = actions.take_records(actor, trigger=trigger, records=records, came=came)
    counts = Counter(one.outcome for one in results)
    return {
        **{outcome: counts[outcome] for outcome in ("new", "known", "same", "refused")},
        "records": [told(one) for one in results],
    }


def declared() -> Trigger:
    found = trigger_of(ENTRY)
    if found is None:
        raise NotFound("本市没有开通注册登记报送。")
    return found


def told(one: Result) -> dict[str, object]:
    return {
        "row": one.record.row,
        "number": one.record.number,
        "outcome": one.outcome,
        "why": one.why,
        "faults": [{"field": f.field, "wrong": f.wrong, "right": f.right} for f in one.record.faults],
    }
