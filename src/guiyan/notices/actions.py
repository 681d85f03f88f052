"""What can be done with notices and objections."""

from guiyan.notices.objecting import contact_of, decide_objection, file_objection
from guiyan.notices.publishing import close_notice, publish_batch_notice, take_down

__all__ = ["close_notice", "contact_of", "decide_objection", "file_objection", "publish_batch_notice", "take_down"]
