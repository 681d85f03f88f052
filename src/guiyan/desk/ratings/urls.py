"""Addresses of ratings."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.ratings import views

app_name = "ratings"
urlpatterns = [
    path("ratings/", views.rating_list, name="list"),
    path("ratings/sheet/", views.sheet, name="sheet"),
    path("ratings/new/<str:number>/", views.enter, name="enter"),
    path("ratings/<int:rating_id>/", views.rating_page, name="page"),
]
