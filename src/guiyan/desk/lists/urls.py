"""Addresses of saved views."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.lists import views

app_name = "views"
urlpatterns = [
    path("views/", views.manage, name="manage"),
    path("views/save/", views.save, name="save"),
    path("views/<int:view_id>/", views.open_one, name="open"),
    path("views/<int:view_id>/change/", views.change, name="change"),
    path("views/<int:view_id>/first/", views.first, name="first"),
    path("views/<int:view_id>/update/", views.update, name="update"),
    path("views/<int:view_id>/remove/", views.remove, name="remove"),
    path("views/<int:view_id>/restore/", views.restore, name="restore"),
]
