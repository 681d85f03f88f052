"""Addresses of 规则台."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.rules import editing, history, starting, steps, texts, views

app_name = "rules"
urlpatterns = [
    path("rules/", views.measure_list, name="list"),
    path("rules/new/", starting.new_rule, name="new"),
    path("rules/measures/<slug:measure_id>/", history.measure_page, name="measure"),
    path("rules/measures/<slug:measure_id>/change/", starting.change_rule, name="change"),
    path("rules/<int:proposal_id>/", views.proposal_page, name="proposal"),
    path("rules/<int:proposal_id>/edit/", editing.edit, name="edit"),
    path("rules/<int:proposal_id>/text/", texts.text_page, name="text"),
    path("rules/<int:proposal_id>/text/<slug:which>/", texts.download, name="download"),
    path("rules/<int:proposal_id>/facts/", starting.take_facts, name="facts"),
    path("rules/<int:proposal_id>/propose/", steps.propose, name="propose"),
    path("rules/<int:proposal_id>/approve/", steps.approve, name="approve"),
    path("rules/<int:proposal_id>/return/", steps.send_back, name="return"),
    path("rules/<int:proposal_id>/withdraw/", steps.withdraw, name="withdraw"),
]
