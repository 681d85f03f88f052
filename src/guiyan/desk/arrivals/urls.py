"""Addresses of 首次登记."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.arrivals import helping, imports, sheets, views

app_name = "arrivals"
urlpatterns = [
    path("arrivals/", views.arrival_list, name="list"),
    path("arrivals/sheet/", sheets.arrival_sheet, name="sheet"),
    path("arrivals/upload/", imports.upload, name="upload"),
    path("arrivals/template/", imports.template, name="template"),
    path("arrivals/files/<int:file_id>/", imports.result, name="file"),
    path("arrivals/files/<int:file_id>/errors/", imports.errors, name="file-errors"),
    path("arrivals/<int:arrival_id>/", views.arrival_page, name="page"),
    path("arrivals/<int:arrival_id>/helper/", helping.helper, name="helper"),
    path("arrivals/<int:arrival_id>/contact/", helping.contact, name="contact"),
    path("arrivals/<int:arrival_id>/phone/", helping.phone, name="phone"),
]
