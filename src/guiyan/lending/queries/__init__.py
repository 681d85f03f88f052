"""Reading loans, what was sent to banks and guarantors, and subsidies; always within what the actor may see."""

from guiyan.lending.models import BankReport, Instalment, Loan, Referral, Repayment, Statement, Subsidy, SubsidyList
from guiyan.lending.queries.datasets import dataset
from guiyan.lending.queries.loans import (
    LoanFilters,
    Totals,
    banks_seen,
    loan_by_number,
    loan_of_case,
    loans_for,
    loans_of,
    narrowed,
    totals,
)
from guiyan.lending.queries.one import Book, Difference, Line, book_of, differences_of
from guiyan.lending.queries.referrals import (
    banks_acting,
    referral_by_id,
    referrals_for,
    referrals_of_case,
    reports_for,
    waiting_for,
    waiting_to_pay_out,
)
from guiyan.lending.queries.subsidies import (
    next_quarters,
    subsidies_of_loan,
    subsidy_list_by_id,
    subsidy_lists_for,
    subsidy_rows,
)

__all__ = [
    "BankReport",
    "Book",
    "Difference",
    "Instalment",
    "Line",
    "Loan",
    "LoanFilters",
    "Referral",
    "Repayment",
    "Statement",
    "Subsidy",
    "SubsidyList",
    "Totals",
    "banks_acting",
    "banks_seen",
    "book_of",
    "dataset",
    "differences_of",
    "loan_by_number",
    "loan_of_case",
    "loans_for",
    "loans_of",
    "narrowed",
    "next_quarters",
    "referral_by_id",
    "referrals_for",
    "referrals_of_case",
    "reports_for",
    "subsidies_of_loan",
    "subsidy_list_by_id",
    "subsidy_lists_for",
    "subsidy_rows",
    "totals",
    "waiting_for",
    "waiting_to_pay_out",
]
