from django.urls import path

from guiyan.desk.supervision import views

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.order_list, name="list"),
    path("supervision/sheet/", views.sheet, name="sheet"),
    path("supervision/<str:number>/", views.order_page, name="order"),
    path("supervision/<str:number>/print/", views.print_order, name="print"),
    path("supervision/<str:number>/reply/", views.reply, name="reply"),
    path("supervision/<str:number>/judge/", views.judge, name="judge"),
]
