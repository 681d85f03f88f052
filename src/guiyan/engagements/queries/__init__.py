"""Reading engagements: somebody's services, the steps that wait for an account, a draft."""

from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.engagements.queries.services import (
    draft_of,
    kind_label,
    service_by_id,
    service_record,
    services_count,
    services_of,
    steps_for,
)

__all__ = [
    "ServiceDraft",
    "ServiceRecord",
    "draft_of",
    "kind_label",
    "service_by_id",
    "service_record",
    "services_count",
    "services_of",
    "steps_for",
]
