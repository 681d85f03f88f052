"""Addresses of household visits. The service worker governs what lies under `visits/` and nothing else."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.shell, name="shell"),
    path("visits/worker.js", views.worker, name="worker"),
    path("visits/hello.json", views.hello, name="hello"),
    path("visits/due.json", views.due, name="due"),
    path("visits/send/", views.send, name="send"),
]
