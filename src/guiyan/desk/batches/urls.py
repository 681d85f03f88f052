"""Addresses of batches."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.batches import comparing, views

app_name = "batches"
urlpatterns = [
    path("batches/", views.batch_list, name="list"),
    path("batches/sheet/", views.sheet, name="sheet"),
    path("batches/prepare/", views.prepare, name="prepare"),
    path("batches/comparisons/", comparing.compare_chosen, name="compare-chosen"),
    path("batches/comparisons/<int:run_id>/", comparing.comparison, name="comparison"),
    path("batches/comparisons/<int:run_id>/print/", comparing.print_comparison, name="comparison-print"),
    path("batches/comparisons/<int:run_id>/result.xlsx", comparing.export, name="comparison-export"),
    path("batches/comparisons/<int:run_id>/hits/<int:hit_id>/", comparing.settle, name="settle"),
    path("batches/<str:number>/", views.batch_page, name="page"),
    path("batches/<str:number>/step/<str:verb>/", views.step, name="step"),
    path("batches/<str:number>/remove/<int:case_id>/", views.remove, name="remove"),
    path("batches/<str:number>/print/", views.print_batch, name="print"),
    path("batches/<str:number>/compare/", comparing.compare_batch, name="compare"),
]
