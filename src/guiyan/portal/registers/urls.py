"""Addresses of the published registers."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.registers import entry, pictures, views

urlpatterns = [
    path("", views.register_list, name="registers"),
    path("<slug:register>/booklet.<str:kind>", views.register_booklet, name="register-booklet"),
    path("<slug:register>/map/", views.register_map, name="register-map"),
    path("<slug:register>/", views.register_page, name="register"),
    path("<slug:register>/<str:token>/", entry.entry_page, name="entry"),
    path("<slug:register>/<str:token>/pictures/<slug:field>.jpg", pictures.public_picture, name="entry-picture"),
    path("<slug:register>/<str:token>/<slug:answering>/", entry.ask, name="ask"),
    path("<slug:register>/<str:token>/<slug:answering>/check/", entry.check, name="ask-check"),
    path("<slug:register>/<str:token>/<slug:answering>/save/", entry.save, name="ask-save"),
    path("<slug:register>/<str:token>/<slug:answering>/sections/", entry.sections, name="ask-sections"),
]
