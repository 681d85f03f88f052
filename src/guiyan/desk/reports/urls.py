from django.urls import path

from guiyan.desk.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/weekly/", views.weekly, name="weekly"),
    path("reports/weekly/word/", views.weekly_word, name="weekly-word"),
]
