from django.urls import path

from guiyan.desk.plans import figure_views, finding_views, indicator_views, lead_views, split_views, task_views, views

app_name = "plans"
urlpatterns = [
    path("tasks/", views.task_list, name="tasks"),
    path("tasks/sheet/", views.task_sheet, name="task-sheet"),
    path("tasks/<int:task_id>/", views.task_page, name="task"),
    path("tasks/<int:task_id>/units/", views.add_unit, name="add_unit"),
    path("tasks/<int:task_id>/units/<int:part_id>/remove/", views.remove_unit, name="remove_unit"),
    path("tasks/<int:task_id>/lead/", lead_views.settle, name="task-lead"),
    path("tasks/<int:task_id>/due/", task_views.set_due, name="task-due"),
    path("tasks/<int:task_id>/done/", task_views.finish, name="task-done"),
    path("findings/", finding_views.finding_list, name="findings"),
    path("findings/sheet/", finding_views.sheet, name="finding-sheet"),
    path("findings/leads/", lead_views.settle_many, name="finding-leads"),
    path("findings/dismiss/", finding_views.dismiss, name="finding-dismiss"),
    path("indicators/", indicator_views.indicator_list, name="indicators"),
    path("indicators/sheet/", indicator_views.sheet, name="indicator-sheet"),
    path("indicators/<int:indicator_id>/split/", split_views.split_page, name="split"),
    path("indicators/<int:indicator_id>/split/save/", split_views.save, name="split-save"),
    path("indicators/<int:indicator_id>/split/sheet/", split_views.sheet, name="split-sheet"),
    path("indicators/<int:indicator_id>/split/upload/", split_views.upload, name="split-upload"),
    path("splits/<int:split_id>/<slug:verb>/", split_views.move, name="split-move"),
    path("figures/", figure_views.figure_list, name="figures"),
    path("figures/template/", figure_views.template, name="figure-template"),
    path("figures/upload/", figure_views.upload, name="figure-upload"),
    path("figures/<int:figure_id>/", figure_views.figure_page, name="figure"),
    path("figures/<int:figure_id>/do/", figure_views.do, name="figure-do"),
]
