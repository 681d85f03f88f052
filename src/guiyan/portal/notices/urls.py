"""Addresses of notices, objections and results."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.notices import objecting, views

urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/<str:number>/", views.notice, name="notice"),
    path("notices/<str:number>/table/", views.table, name="notice-table"),
    path("notices/<str:number>/objection/", objecting.objection, name="objection"),
    path("notices/<str:number>/objection/done/", objecting.done, name="objection-done"),
    path("results/", views.results, name="results"),
    path("results/<str:number>/", views.result, name="result"),
]
