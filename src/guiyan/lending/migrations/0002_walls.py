from django.db import migrations

from guiyan.kernel.scope import Wall

PARTIES = {"region": "region", "unit": "bank_id", "other_unit": "guarantor_id", "subject": "subject_id"}


class Migration(migrations.Migration):
    dependencies = [("lending", "0001_loans")]

    operations = [
        # An applicant reads what became of a request from her case; the unit it was sent to reads what it was shown.
        Wall("lending_referral", region="region", unit="unit_id", subject="subject_id"),
        Wall("lending_loan", **PARTIES),
        Wall("lending_instalment", **PARTIES, append_only=True),
        Wall("lending_repayment", **PARTIES),
        Wall("lending_statement", **PARTIES, append_only=True),
        Wall("lending_bankreport", region="region", unit="bank_id"),
        Wall("lending_subsidylist", region="region"),
        Wall("lending_subsidy", region="region", subject="subject_id"),
    ]
