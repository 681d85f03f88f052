"""Addresses of what residents report about themselves."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.reports import views

urlpatterns = [
    path("", views.report_list, name="reports"),
    path("<slug:register>/<int:who>/", views.report, name="report"),
    path("<slug:register>/<int:who>/fill/", views.fill, name="report-fill"),
    path("<slug:register>/<int:who>/check/", views.check, name="report-check"),
    path("<slug:register>/<int:who>/save/", views.save, name="report-save"),
    path("<slug:register>/<int:who>/sections/", views.sections, name="report-sections"),
]
