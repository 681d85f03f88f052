"""The API put together; its errors are JSON: a code for programs, a message for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from guiyan.api import bulk, measures, registers, registrations, screening
from guiyan.api.door import refusal
from guiyan.engine.population import PopulationError
from guiyan.engine.rules import FactError
from guiyan.kernel.errors import GuiyanError

api = NinjaAPI(
    title="归雁开放接口",
    version="1",
    description=(
        "政策措施、事实目录和测算，报送注册登记，读和报送名录。"
        "请求头写 Authorization: Bearer 密钥；金额单位见各字段，日期为 2026-06-08。"
    ),
    urls_namespace="api",
)
api.add_router("", measures.router)
api.add_router("", screening.router)
api.add_router("", bulk.router)
api.add_router("", registrations.router)
api.add_router("", registers.router)


@api.exception_handler(FactError)
def wrong_fact(request: HttpRequest, wrong: FactError) -> HttpResponse:
    return refusal(422, "fact", str(wrong))


@api.exception_handler(PopulationError)
def wrong_file(request: HttpRequest, wrong: PopulationError) -> HttpResponse:
    return refusal(422, "file", str(wrong))


@api.exception_handler(GuiyanError)
def refused(request: HttpRequest, wrong: GuiyanError) -> HttpResponse:
    return refusal(wrong.status, getattr(wrong, "code", "") or "refused", wrong.message)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    return refusal(422, "shape", "；".join(where_and_what(one) for one in wrong.errors[:10]))


def where_and_what(error: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))
    return f"{place}: {error['msg']}"
