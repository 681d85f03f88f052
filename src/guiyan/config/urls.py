"""Addresses. Each area of the desk and of the portal brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from guiyan.config.health import healthz
from guiyan.config.ui.display import display
from guiyan.portal.components_page import components

handler400 = "guiyan.config.ui.errors.bad_request"
handler403 = "guiyan.config.ui.errors.not_allowed"
handler404 = "guiyan.config.ui.errors.not_found"
handler500 = "guiyan.config.error_pages.fault"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("display/", display, name="display"),
    path("components/", components, name="components"),
    path("", include("guiyan.accounts.urls")),
    path("desk/", include("guiyan.desk.urls")),
    path("api/", include("guiyan.api.urls")),
]
if find_spec("guiyan.portal") and find_spec("guiyan.portal.urls"):
    urlpatterns.append(path("", include("guiyan.portal.urls")))
