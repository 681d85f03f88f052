"""Everything that changes a run, a message or a choice. Each: permission, lock, change, audit, in one transaction."""

from guiyan.outreach.actions.answering import answer_measure, choose_channels, open_message
from guiyan.outreach.actions.approving import approve_audience, propose_audience, send_back_audience, start_sending
from guiyan.outreach.actions.computing import Matched, next_piece, note_problem, take_piece
from guiyan.outreach.actions.evaluating import (
    WHAT_IF,
    Asked,
    delete_what_if,
    next_part,
    note_what_if_problem,
    start_what_if,
    take_part,
)
from guiyan.outreach.actions.helping import give_helper, record_contact
from guiyan.outreach.actions.importing import take_file
from guiyan.outreach.actions.running import COMPUTE, start_run, stop_run, try_again
from guiyan.outreach.actions.taking import Came, Result, take_records

__all__ = [
    "COMPUTE",
    "WHAT_IF",
    "Asked",
    "Came",
    "Matched",
    "Result",
    "answer_measure",
    "approve_audience",
    "choose_channels",
    "delete_what_if",
    "give_helper",
    "next_part",
    "next_piece",
    "note_problem",
    "note_what_if_problem",
    "open_message",
    "propose_audience",
    "record_contact",
    "send_back_audience",
    "start_run",
    "start_sending",
    "start_what_if",
    "stop_run",
    "take_file",
    "take_part",
    "take_piece",
    "take_records",
    "try_again",
]
