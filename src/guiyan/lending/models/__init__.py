"""What lending keeps: what was sent to banks and guarantors, loans with their books, reports, subsidies."""

from guiyan.lending.models.loan import Instalment, Loan, Repayment
from guiyan.lending.models.referral import Referral
from guiyan.lending.models.report import BankReport, Statement
from guiyan.lending.models.subsidy import Subsidy, SubsidyList

__all__ = ["BankReport", "Instalment", "Loan", "Referral", "Repayment", "Statement", "Subsidy", "SubsidyList"]
