from django.urls import path

from guiyan.desk.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("cockpit/", views.cockpit, name="home"),
    path("cockpit/<int:indicator_id>/", views.drill, name="drill"),
    path("cockpit/<int:indicator_id>/instruct/", views.instruct, name="instruct"),
]
