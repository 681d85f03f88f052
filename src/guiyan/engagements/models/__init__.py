"""Tables of engagements."""

from guiyan.engagements.models.service import ServiceDraft, ServiceRecord

__all__ = ["ServiceDraft", "ServiceRecord"]
