from django.urls import path

from guiyan.desk.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/sheet/", views.sheet, name="sheet"),
    path("notices/<str:number>/", views.notice_page, name="notice"),
    path("objections/<str:number>/", views.objection_page, name="objection"),
    path("objections/<str:number>/decide/", views.decide, name="decide"),
    path("objections/<str:number>/contact/", views.contact, name="contact"),
]
