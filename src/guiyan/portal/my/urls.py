"""Addresses of a resident's own pages."""

from __future__ import annotations

from django.urls import path

from guiyan.portal import certificates
from guiyan.portal.my import answers, demand, mandates, papers, policies, rating, steps, views

urlpatterns = [
    path("", views.my, name="my"),
    path("messages/<int:message_id>/", views.message, name="message"),
    path("policies/", policies.policies, name="policy-messages"),
    path("policies/settings/", policies.message_settings, name="message-settings"),
    path("policies/<int:message_id>/", policies.policy_message, name="policy-message"),
    path("policies/<int:message_id>/<slug:measure>/", policies.policy_answer, name="policy-answer"),
    path("mandates/<int:mandate_id>/", mandates.mandate, name="mandate"),
    path("mandates/<int:mandate_id>/paper/", mandates.paper, name="mandate-paper"),
    path("mandates/<int:mandate_id>/confirm/", mandates.confirm, name="mandate-confirm"),
    path("mandates/<int:mandate_id>/end/", mandates.end, name="mandate-end"),
    path("answers/<slug:register>/<int:subject_id>/", answers.answer, name="my-answer"),
    path("answers/<slug:register>/<int:subject_id>/cancel/", answers.take_back, name="my-answer-cancel"),
    path("together/<str:number>/", views.together, name="my-together"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/again/", demand.again, name="again"),
    path("cases/<str:number>/rate/", rating.rate, name="rate"),
    path("cases/<str:number>/withdraw/", steps.withdraw, name="withdraw"),
    path("cases/<str:number>/urge/", steps.urge, name="urge"),
    path("cases/<str:number>/account/", steps.account, name="account"),
    path("cases/<str:number>/certificate/", certificates.certificate, name="certificate"),
    path("cases/<str:number>/decision/", papers.decision, name="decision"),
    path("cases/<str:number>/materials/<int:row_id>/", papers.material, name="material"),
]
