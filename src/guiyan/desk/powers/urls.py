"""Addresses of deputies and delegations."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.powers import delegations, deputies

app_name = "powers"
urlpatterns = [
    path("deputies/", deputies.deputy_list, name="deputies"),
    path("deputies/new/", deputies.new, name="deputy-new"),
    path("deputies/stop/", deputies.stop, name="deputy-stop"),
    path("deputies/<int:deputy_id>/act/", deputies.act, name="deputy-act"),
    path("deputies/<int:deputy_id>/end/", deputies.end, name="deputy-end"),
    path("deputies/<int:deputy_id>/paper/", deputies.paper, name="deputy-paper"),
    path("delegations/", delegations.delegation_list, name="delegations"),
    path("delegations/new/", delegations.new, name="delegation-new"),
    path("delegations/<int:delegation_id>/", delegations.delegation, name="delegation"),
    path("delegations/<int:delegation_id>/paper/", delegations.paper, name="delegation-paper"),
]
