"""Addresses of a person's file."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.dossier import helper_views, service_views, views

app_name = "dossier"
urlpatterns = [
    path("dossier/<int:subject_id>/", views.dossier, name="page"),
    path("dossier/<int:subject_id>/print/", views.print_dossier, name="print"),
    path("dossier/<int:subject_id>/service/", service_views.new, name="service"),
    path("dossier/<int:subject_id>/service/draft/", service_views.draft, name="service-draft"),
    path("dossier/services/<int:service_id>/", service_views.service, name="service-page"),
    path("dossier/<int:subject_id>/helpers/<slug:kind>/", helper_views.choose, name="helper"),
]
