"""Addresses of the published registers."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.registers import views

urlpatterns = [
    path("", views.register_list, name="registers"),
    path("<slug:register>/map/", views.register_map, name="register-map"),
    path("<slug:register>/", views.register_page, name="register"),
]
