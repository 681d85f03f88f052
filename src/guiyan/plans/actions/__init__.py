from guiyan.plans.actions.dismissing import dismiss_finding
from guiyan.plans.actions.ending import expire_document, supersede_document
from guiyan.plans.actions.figures import StoredFigure, store_figures
from guiyan.plans.actions.importing import import_document
from guiyan.plans.actions.leading import set_leads, set_task_lead
from guiyan.plans.actions.learning import forget, learn_phrase
from guiyan.plans.actions.proposing import (
    dismiss_proposal,
    finish_task,
    order_from_proposal,
    propose_order,
    set_task_due,
    start_order,
    urge_late_orders,
)
from guiyan.plans.actions.publishing import add_task_unit, drop_document, publish_document, remove_task_unit
from guiyan.plans.actions.reporting import (
    Given,
    check_figure,
    fill_figure,
    lock_figure,
    open_figures,
    unlock_figure,
)
from guiyan.plans.actions.reviewing import add_item, decide_item, reopen_item, resolve_mention
from guiyan.plans.actions.revising import decide_change, leave_revision, publish_revision, start_revision
from guiyan.plans.actions.scaling import scale_targets
from guiyan.plans.actions.splitting import (
    drop_split,
    issue_split,
    propose_split,
    save_split,
    send_back_split,
    split_faults,
)
from guiyan.plans.actions.supervising import judge_reply, reply_to_order, write_instruction
from guiyan.plans.actions.together import dismiss_together, order_together

__all__ = [
    "Given",
    "StoredFigure",
    "add_item",
    "add_task_unit",
    "check_figure",
    "decide_change",
    "decide_item",
    "dismiss_finding",
    "dismiss_proposal",
    "dismiss_together",
    "drop_document",
    "drop_split",
    "expire_document",
    "fill_figure",
    "finish_task",
    "forget",
    "import_document",
    "issue_split",
    "judge_reply",
    "learn_phrase",
    "leave_revision",
    "lock_figure",
    "open_figures",
    "order_from_proposal",
    "order_together",
    "propose_order",
    "propose_split",
    "publish_document",
    "publish_revision",
    "remove_task_unit",
    "reopen_item",
    "reply_to_order",
    "resolve_mention",
    "save_split",
    "scale_targets",
    "send_back_split",
    "set_leads",
    "set_task_due",
    "set_task_lead",
    "split_faults",
    "start_order",
    "start_revision",
    "store_figures",
    "supersede_document",
    "unlock_figure",
    "urge_late_orders",
    "write_instruction",
]
