"""Addresses of demands."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.demands import views

app_name = "demands"
urlpatterns = [
    path("demands/", views.demand_list, name="list"),
    path("demands/sheet/", views.sheet, name="sheet"),
    path("demands/<str:number>/", views.demand_page, name="page"),
    path("demands/<str:number>/<str:verb>/", views.step, name="step"),
]
