"""Addresses of pairs, of merging by hand and of taking apart."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.links import hand_views, views

app_name = "links"
urlpatterns = [
    path("links/", views.link_list, name="list"),
    path("links/bulk/", views.bulk, name="bulk"),
    path("links/<int:link_id>/", views.link_page, name="page"),
    path("links/<int:link_id>/keep/", views.keep, name="keep"),
    path("dossier/<int:subject_id>/merge/", hand_views.choose, name="choose"),
    path("dossier/<int:subject_id>/merge/<int:other_id>/", hand_views.merge, name="merge"),
    path("dossier/<int:subject_id>/apart/<int:merged_id>/", hand_views.apart, name="apart"),
]
