from django.urls import path

from guiyan.desk.payments import ledger_views, views

app_name = "payments"
urlpatterns = [
    path("payments/", views.request_list, name="list"),
    path("payments/sheet/", views.requests_sheet, name="requests-sheet"),
    path("payments/<str:number>/", views.request_page, name="request"),
    path("payments/<str:number>/lines/", views.line_sheet, name="lines"),
    path("payments/<str:number>/file/", views.download, name="file"),
    path("payments/<str:number>/results/", views.take_results, name="results"),
    path("payments/<str:number>/template/", views.result_template, name="template"),
    path("payments/<str:number>/errors/<int:file_id>/", views.error_file, name="errors"),
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("ledger/sheet/", ledger_views.sheet, name="sheet"),
    path("ledger/budget/", ledger_views.add_budget, name="budget"),
    path("ledger/recoveries/<int:recovery_id>/", ledger_views.take_recovery, name="recovery"),
]
