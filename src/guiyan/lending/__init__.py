"""Lending: loans of banks, followed from the referral to the last repayment. No money moves here."""
