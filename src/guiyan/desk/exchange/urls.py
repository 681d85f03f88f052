"""Addresses of the exchange."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.exchange import partner_views, views

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.log, name="log"),
    path("exchange/api/", views.traffic, name="traffic"),
    path("exchange/send/", views.send, name="send"),
    path("exchange/receive/", views.receive, name="receive"),
    path("exchange/partners/", partner_views.partners, name="partners"),
    path("exchange/partners/new/", partner_views.new, name="partner-new"),
    path("exchange/partners/<int:partner_id>/end/", partner_views.end, name="partner-end"),
    path("exchange/<int:package_id>/", views.package, name="package"),
    path("exchange/<int:package_id>/file/", views.fetch, name="package-file"),
]
