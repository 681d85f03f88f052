from __future__ import annotations

from django.urls import path

from guiyan.desk.sharing import views

app_name = "sharing"
urlpatterns = [
    path("catalogue/", views.catalogue, name="list"),
    path("catalogue/uses/<int:use_id>/", views.answer, name="answer"),
    path("catalogue/uses/<int:use_id>/withdraw/", views.withdraw, name="withdraw"),
    path("catalogue/<str:list_id>/", views.apply, name="apply"),
]
