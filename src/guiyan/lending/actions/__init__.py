"""What happens to loans: sent, decided, paid out, repaid, claimed on the guarantor, subsidised. All of it is stated."""

from guiyan.lending.actions.claiming import ask_claim, pay_claim
from guiyan.lending.actions.recording import record_loan
from guiyan.lending.actions.referring import Request, answer_referral, refer, withdraw_referral
from guiyan.lending.actions.repaying import Stated, state_repayment, void_repayment
from guiyan.lending.actions.reporting import ReportSummary, import_report
from guiyan.lending.actions.subsidies import confirm_list, prepare_list

__all__ = [
    "ReportSummary",
    "Request",
    "Stated",
    "answer_referral",
    "ask_claim",
    "confirm_list",
    "import_report",
    "pay_claim",
    "prepare_list",
    "record_loan",
    "refer",
    "state_repayment",
    "void_repayment",
    "withdraw_referral",
]
