"""Addresses of batches."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.batches import views

app_name = "batches"
urlpatterns = [
    path("batches/", views.batch_list, name="list"),
    path("batches/prepare/", views.prepare, name="prepare"),
    path("batches/<str:number>/", views.batch_page, name="page"),
    path("batches/<str:number>/step/<str:verb>/", views.step, name="step"),
    path("batches/<str:number>/remove/<int:case_id>/", views.remove, name="remove"),
    path("batches/<str:number>/print/", views.print_batch, name="print"),
]
