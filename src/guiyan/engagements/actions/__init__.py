"""Writing engagements."""

from guiyan.engagements.actions.services import finish_step, record_service, save_service_draft, strike_service

__all__ = ["finish_step", "record_service", "save_service_draft", "strike_service"]
