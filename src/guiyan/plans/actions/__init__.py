from guiyan.plans.actions.figures import StoredFigure, store_figures
from guiyan.plans.actions.importing import import_document
from guiyan.plans.actions.publishing import add_task_unit, drop_document, publish_document, remove_task_unit
from guiyan.plans.actions.reviewing import add_item, decide_item, reopen_item, resolve_mention
from guiyan.plans.actions.supervising import judge_reply, reply_to_order, write_instruction

__all__ = [
    "StoredFigure",
    "add_item",
    "add_task_unit",
    "decide_item",
    "drop_document",
    "import_document",
    "judge_reply",
    "publish_document",
    "remove_task_unit",
    "reopen_item",
    "reply_to_order",
    "resolve_mention",
    "store_figures",
    "write_instruction",
]
