from django.urls import path

from guiyan.desk.plans import indicator_views, views

app_name = "plans"
urlpatterns = [
    path("tasks/", views.task_list, name="tasks"),
    path("tasks/sheet/", views.task_sheet, name="task-sheet"),
    path("tasks/<int:task_id>/", views.task_page, name="task"),
    path("tasks/<int:task_id>/units/", views.add_unit, name="add_unit"),
    path("tasks/<int:task_id>/units/<int:part_id>/remove/", views.remove_unit, name="remove_unit"),
    path("indicators/", indicator_views.indicator_list, name="indicators"),
    path("indicators/sheet/", indicator_views.sheet, name="indicator-sheet"),
]
