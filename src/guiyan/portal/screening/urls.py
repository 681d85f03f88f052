"""Addresses of 我能享受什么. Answers never stand in an address."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.screening import views

urlpatterns = [
    path("", views.next_page, name="screening"),
    path("q/<slug:fact>/", views.question, name="question"),
    path("result/", views.result, name="screening-result"),
    path("about/", views.about_whom, name="screening-about"),
    path("again/", views.again, name="screening-again"),
]
