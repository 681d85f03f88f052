from __future__ import annotations

from django.urls import path

from guiyan.desk.rights import blocked_views, views

app_name = "rights"
urlpatterns = [
    path("data/", views.request_list, name="list"),
    path("data/blocked/", blocked_views.blocked_list, name="blocked"),
    path("data/blocked/<int:block_id>/", blocked_views.blocked_page, name="block"),
    path("data/blocked/<int:block_id>/lift/", blocked_views.lift, name="lift"),
    path("data/<int:request_id>/", views.request_page, name="page"),
    path("data/<int:request_id>/paper/", views.paper, name="paper"),
]
