"""Addresses of documents, plans, the cockpit, supervision and reports."""

from __future__ import annotations

from guiyan.plans.models import Document, Indicator, LearntPhrase, ReviewItem, SupervisionOrder, Task, UnitMention
from tests.access.doors import NOONE, Door, Values, upload
from tests.access.people import COCKPIT, ISSUER, LEADER, POLICY, REPORTER, SIGNER, SUPERVISOR, TARGETS
from tests.access.world import DECIDED_PLAN, EARLIER_PLAN, OTHER_PLAN, World

ONLY_POLICY = frozenset({POLICY})
PLAN_READERS = frozenset({POLICY, LEADER, SUPERVISOR, ISSUER})
INDICATOR_READERS = frozenset({SIGNER, POLICY, LEADER, SUPERVISOR, "shenji"}) | TARGETS
REPORT_READERS = frozenset({POLICY, LEADER, SUPERVISOR, ISSUER})
PLAN = "\n".join(
    (
        "示例市返乡创业工作方案",
        "一、重点任务",
        "1.做好返乡服务。建立返乡人员台账，逐户走访。(责任单位:市人社局)",
    )
)


def draft() -> Document:
    return Document.objects.get(file_name=OTHER_PLAN.name)


def document(world: World) -> Values:
    return {"document_id": draft().pk}


def earlier(world: World) -> Values:
    return {"document_id": Document.objects.get(file_name=EARLIER_PLAN).pk}


def successor(world: World) -> Values:
    later = Document.objects.exclude(published_at=None).exclude(file_name=EARLIER_PLAN).get()
    return {"by": later.pk, "since": "2026-06-17", "reason": "新方案第一条"}


def decided_on(world: World) -> Values:
    return {"document_id": Document.objects.get(file_name=DECIDED_PLAN).pk}


def item(world: World) -> Values:
    return {**document(world), "item_id": an_item().pk}


def an_item() -> ReviewItem:
    return draft().items.filter(kind="task").order_by("number")[0]


def mention(world: World) -> Values:
    return {**document(world), "mention_id": UnitMention.objects.filter(document=draft()).order_by("pk")[0].pk}


def indicator(world: World) -> Values:
    return {"indicator_id": Indicator.objects.get(definition="new-returnee-businesses").pk}


def task(world: World) -> Values:
    return {"task_id": Task.objects.order_by("pk")[0].pk}


def led(world: World) -> Values:
    unit = Task.objects.order_by("pk")[0].units.order_by("pk")[0].unit_code
    return {"lead": unit, "basis": "示例纪要", "on": "2026-06-01"}


def part(world: World) -> Values:
    return {**task(world), "part_id": Task.objects.order_by("pk")[0].units.order_by("pk")[0].pk}


def order(world: World) -> Values:
    return {"number": SupervisionOrder.objects.get(state="opened").number}


def replied(world: World) -> Values:
    return {"number": SupervisionOrder.objects.get(state="replied").number}


def decided(world: World) -> Values:
    found = an_item()
    return {"decision": "dropped", "version": found.version}


def measure(world: World) -> Values:
    found = ReviewItem.objects.get(kind="measure", links_to="returnee-project-award")
    return {"document_id": found.document_id, "item_id": found.pk}


def taught(world: World) -> Values:
    return {"words": "认定", "meaning": "信用良好"}


def learnt(world: World) -> Values:
    return {"kind": "phrase", "learnt_id": LearntPhrase.objects.order_by("pk")[0].pk}


def quote(world: World) -> Values:
    text = an_item()
    return {"kind": "task", "name": "补充任务", "quote": draft().text[text.start : text.end]}


def orders_for_city(world: World) -> Values:
    return {"units": ["4212-human-resources"], "text": "请查明原因", "place": "421200000000"}


DOORS = [
    Door("documents:list", ONLY_POLICY),
    Door("documents:upload", NOONE, ONLY_POLICY, body=lambda world: {"file": upload("方案.txt", PLAN.encode())}),
    Door("documents:review", ONLY_POLICY, at=document),
    Door("documents:sheet", ONLY_POLICY, at=document),
    *(
        Door("documents:ask", ONLY_POLICY, at=lambda world, what=what: {**document(world), "what": what}, what=what)  # type: ignore[misc]
        for what in ("publish", "drop")
    ),
    Door("documents:decide", NOONE, ONLY_POLICY, item, decided),
    Door("documents:sure", NOONE, ONLY_POLICY, document, lambda world: {"kind": "task"}),
    Door("documents:add", NOONE, ONLY_POLICY, document, quote),
    Door("documents:unit", NOONE, ONLY_POLICY, mention, lambda world: {"outside": "1"}),
    Door("documents:teach", NOONE, ONLY_POLICY, measure, taught),
    Door("documents:learnt", ONLY_POLICY),
    Door("documents:learnt-export", ONLY_POLICY),
    Door("documents:forget", NOONE, ONLY_POLICY, learnt),
    Door("documents:publish", NOONE, ONLY_POLICY, decided_on),
    Door("documents:task-table", ONLY_POLICY, at=document),
    Door("documents:supersede", ONLY_POLICY, ONLY_POLICY, earlier, successor),
    Door("documents:drop", NOONE, ONLY_POLICY, document, lambda world: {"reason": "传错了文件"}),
    Door("plans:tasks", PLAN_READERS),
    Door("plans:task-sheet", PLAN_READERS),
    Door("plans:task", PLAN_READERS, at=task),
    Door("plans:task-lead", NOONE, ONLY_POLICY, task, led),
    Door("plans:add_unit", NOONE, ONLY_POLICY, task, lambda world: {"unit": "4212-audit"}),
    Door("plans:remove_unit", NOONE, ONLY_POLICY, part),
    Door("plans:indicators", INDICATOR_READERS),
    Door("plans:indicator-sheet", INDICATOR_READERS),
    Door("cockpit:home", COCKPIT),
    Door("cockpit:drill", COCKPIT, at=indicator),
    Door("cockpit:instruct", frozenset({LEADER}), frozenset({LEADER}), indicator, orders_for_city),
    Door("supervision:list", COCKPIT | {REPORTER}),
    Door("supervision:sheet", COCKPIT | {REPORTER}),
    Door("supervision:order", REPORT_READERS, at=order),
    Door("supervision:print", REPORT_READERS, at=order),
    Door("supervision:reply", NOONE, ONLY_POLICY, order, lambda world: {"text": "已核查，下周补报。"}),
    Door("supervision:judge", NOONE, frozenset({SUPERVISOR}), replied, lambda world: {"judgement": "accept"}),
    Door("reports:weekly", REPORT_READERS),
    Door("reports:weekly-word", REPORT_READERS),
]
