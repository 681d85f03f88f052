from django.urls import path

from guiyan.desk.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/", views.document_list, name="list"),
    path("documents/upload/", views.upload, name="upload"),
    path("documents/<int:document_id>/", views.review, name="review"),
    path("documents/<int:document_id>/items/<int:item_id>/", views.decide, name="decide"),
    path("documents/<int:document_id>/sure/", views.confirm_sure, name="sure"),
    path("documents/<int:document_id>/add/", views.add, name="add"),
    path("documents/<int:document_id>/units/<int:mention_id>/", views.resolve_unit, name="unit"),
    path("documents/<int:document_id>/publish/", views.publish, name="publish"),
    path("documents/<int:document_id>/drop/", views.drop, name="drop"),
]
