"""Everything that changes a case or a batch. Each: permission, lock, change, audit, event, in one transaction."""

from guiyan.cases.actions.acceptance import accept_case, refuse_acceptance, request_supplement
from guiyan.cases.actions.batching import (
    cancel_batch,
    prepare_batch,
    recheck_batch,
    remove_from_batch,
    return_batch,
    sign_batch,
)
from guiyan.cases.actions.bulk import start_run, undo_run
from guiyan.cases.actions.checking import record_check
from guiyan.cases.actions.comparing import compare_batch, compare_cases
from guiyan.cases.actions.consulting import answer_opinion, ask_opinion, drop_opinion
from guiyan.cases.actions.deciding import preview_decision
from guiyan.cases.actions.delegating import end_delegation, give_delegation
from guiyan.cases.actions.demands import (
    answer_demand,
    ask_again,
    close_unrated,
    decline_demand,
    dispatch_demand,
    return_demand,
)
from guiyan.cases.actions.drafts import (
    add_material,
    carry_told,
    open_draft,
    remove_material,
    reuse_material,
    save_draft,
)
from guiyan.cases.actions.enrolling import enrol_batch
from guiyan.cases.actions.firms import NamedFirm
from guiyan.cases.actions.going_back import return_case, return_to_checks, take_back
from guiyan.cases.actions.handing import transfer_case, transfer_check
from guiyan.cases.actions.hits import settle_hit
from guiyan.cases.actions.loans import (
    answer_referral,
    end_unlent,
    give_up_payout,
    recall_case,
    record_loan,
    refer_case,
)
from guiyan.cases.actions.mandates import confirm_mandate, end_mandate, give_mandate
from guiyan.cases.actions.messages import mark_read
from guiyan.cases.actions.moving import locked_batch as lock_batch
from guiyan.cases.actions.payment import (
    Picture,
    close_case,
    confirm_account,
    correct_account,
    request_batch_payment,
    return_account,
    start_recovery,
)
from guiyan.cases.actions.publication import clear_batch, hold_line, mark_noticed, refuse_held_line, release_line
from guiyan.cases.actions.rating import rate_case, record_call
from guiyan.cases.actions.remarking import add_remark, read_mentions, withdraw_remark
from guiyan.cases.actions.review import amount_range, pass_review, refuse_case, resume_case, suspend_case
from guiyan.cases.actions.submission import resubmit_case, submit_case, withdraw_case
from guiyan.cases.actions.together import (
    add_joint_material,
    choose_items,
    drop_joint,
    open_joint,
    remove_joint_material,
    reuse_joint_material,
    save_joint,
    submit_joint,
    tell_joint,
)
from guiyan.cases.actions.urging import urge_case

__all__ = [
    "NamedFirm",
    "Picture",
    "accept_case",
    "add_joint_material",
    "add_material",
    "add_remark",
    "amount_range",
    "answer_demand",
    "answer_opinion",
    "answer_referral",
    "ask_again",
    "ask_opinion",
    "cancel_batch",
    "carry_told",
    "choose_items",
    "clear_batch",
    "close_case",
    "close_unrated",
    "compare_batch",
    "compare_cases",
    "confirm_account",
    "confirm_mandate",
    "correct_account",
    "decline_demand",
    "dispatch_demand",
    "drop_joint",
    "drop_opinion",
    "end_delegation",
    "end_mandate",
    "end_unlent",
    "enrol_batch",
    "give_delegation",
    "give_mandate",
    "give_up_payout",
    "hold_line",
    "lock_batch",
    "mark_noticed",
    "mark_read",
    "open_draft",
    "open_joint",
    "pass_review",
    "prepare_batch",
    "preview_decision",
    "rate_case",
    "read_mentions",
    "recall_case",
    "recheck_batch",
    "record_call",
    "record_check",
    "record_loan",
    "refer_case",
    "refuse_acceptance",
    "refuse_case",
    "refuse_held_line",
    "release_line",
    "remove_from_batch",
    "remove_joint_material",
    "remove_material",
    "request_batch_payment",
    "request_supplement",
    "resubmit_case",
    "resume_case",
    "return_account",
    "return_batch",
    "return_case",
    "return_demand",
    "return_to_checks",
    "reuse_joint_material",
    "reuse_material",
    "save_draft",
    "save_joint",
    "settle_hit",
    "sign_batch",
    "start_recovery",
    "start_run",
    "submit_case",
    "submit_joint",
    "suspend_case",
    "take_back",
    "tell_joint",
    "transfer_case",
    "transfer_check",
    "undo_run",
    "urge_case",
    "withdraw_case",
    "withdraw_remark",
]
