"""Signing in and out, and the demo's role switcher."""

from __future__ import annotations

from django.urls import path

from guiyan.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demo/as/", views.demo_as, name="demo-as"),
]
