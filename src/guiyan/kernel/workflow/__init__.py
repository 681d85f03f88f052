"""The one gate for state."""

from guiyan.kernel.workflow.models import Flowed

__all__ = ["Flowed"]
