from django.urls import path

from guiyan.desk.plans import views

app_name = "plans"
urlpatterns = [
    path("tasks/", views.task_list, name="tasks"),
    path("tasks/<int:task_id>/", views.task_page, name="task"),
    path("tasks/<int:task_id>/units/", views.add_unit, name="add_unit"),
    path("tasks/<int:task_id>/units/<int:part_id>/remove/", views.remove_unit, name="remove_unit"),
    path("indicators/", views.indicator_list, name="indicators"),
]
