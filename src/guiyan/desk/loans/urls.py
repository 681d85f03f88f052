"""Addresses of loans."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.loans import reports, requests, steps, subsidies, views

app_name = "loans"
urlpatterns = [
    path("loans/", views.loan_list, name="list"),
    path("loans/sheet/", views.sheet, name="sheet"),
    path("loans/<str:number>/", views.loan_page, name="page"),
    path("loans/<str:number>/schedule/", views.schedule_sheet, name="schedule"),
    path("loans/<str:number>/repay/", steps.repay, name="repay"),
    path("loans/<str:number>/void/<int:repayment_id>/", steps.void, name="void"),
    path("loans/<str:number>/claim/", steps.ask_claim, name="claim"),
    path("loans/<str:number>/claim/paid/", steps.pay_claim, name="claim-paid"),
    path("loan-requests/", requests.request_list, name="requests"),
    path("loan-requests/<int:referral_id>/", requests.request_page, name="request"),
    path("loan-requests/<int:referral_id>/answer/", requests.answer, name="answer"),
    path("loan-requests/<int:referral_id>/pay-out/", requests.pay_out, name="pay-out"),
    path("loan-requests/<int:referral_id>/give-up/", requests.give_up, name="give-up"),
    path("loan-reports/", reports.report_list, name="reports"),
    path("loan-reports/template/", reports.template, name="report-template"),
    path("loan-reports/<int:report_id>/", reports.report_page, name="report"),
    path("loan-reports/<int:report_id>/errors/", reports.error_file, name="report-errors"),
    path("loan-subsidies/", subsidies.subsidy_list, name="subsidies"),
    path("loan-subsidies/prepare/", subsidies.prepare, name="subsidy-prepare"),
    path("loan-subsidies/<int:list_id>/", subsidies.subsidy_page, name="subsidy"),
    path("loan-subsidies/<int:list_id>/confirm/", subsidies.confirm, name="subsidy-confirm"),
    path("loan-subsidies/<int:list_id>/sheet/", subsidies.sheet, name="subsidy-sheet"),
]
