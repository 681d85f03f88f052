from __future__ import annotations

from django.urls import path

from guiyan.api.service import api

urlpatterns = [path("v1/", api.urls)]
