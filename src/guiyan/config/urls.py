"""Addresses. Each area of the desk and of the portal brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from guiyan.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("guiyan.accounts.urls")),
    path("desk/", include("guiyan.desk.urls")),
]
if find_spec("guiyan.portal") and find_spec("guiyan.portal.urls"):
    urlpatterns.append(path("", include("guiyan.portal.urls")))
