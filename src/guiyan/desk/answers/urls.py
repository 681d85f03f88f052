"""Addresses of answers to published entries."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.answers import many_views, views

app_name = "answers"
urlpatterns = [
    path("answers/", views.answer_list, name="list"),
    path("answers/many/", many_views.many, name="many"),
    path("answers/<slug:register>/<int:subject_id>/", views.answer_page, name="page"),
    path("answers/<slug:register>/<int:subject_id>/phone/", views.phone, name="phone"),
]
