"""Addresses of my work: the desk's first page."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.work import views

app_name = "work"
urlpatterns = [path("", views.my_work, name="list")]
