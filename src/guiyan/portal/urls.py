"""The portal's addresses: one line an area."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from guiyan.portal.about import about, accessible
from guiyan.portal.certificates import check
from guiyan.portal.home import home
from guiyan.portal.services.views import plain, service_list

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    path("accessible/", accessible, name="accessible"),
    path("services/", service_list, name="services"),
    path("plain/", plain, name="plain"),
    path("can-i-get/", include("guiyan.portal.screening.urls")),
    path("measures/", include("guiyan.portal.measures.urls")),
    path("apply/", include("guiyan.portal.apply.urls")),
    path("certificates/<str:token>/", check, name="certificate-check"),
    path("together/", include("guiyan.portal.together.urls")),
    path("registers/", include("guiyan.portal.registers.urls")),
    path("my/data/", include("guiyan.portal.data.urls")),
    path("my/reports/", include("guiyan.portal.reports.urls")),
    path("my/", include("guiyan.portal.my.urls")),
    path("", include("guiyan.portal.progress.urls")),
    path("", include("guiyan.portal.notices.urls")),
]
