from django.urls import path

from guiyan.desk.documents import closing, ending, export, revising, teaching, views

app_name = "documents"
urlpatterns = [
    path("documents/", views.document_list, name="list"),
    path("documents/upload/", views.upload, name="upload"),
    path("documents/learnt/", teaching.learnt, name="learnt"),
    path("documents/learnt/export/", teaching.export, name="learnt-export"),
    path("documents/learnt/<str:kind>/<int:learnt_id>/forget/", teaching.forget, name="forget"),
    path("documents/<int:document_id>/items/<int:item_id>/teach/", teaching.teach, name="teach"),
    path("documents/<int:document_id>/", views.review, name="review"),
    path("documents/<int:document_id>/items/<int:item_id>/", views.decide, name="decide"),
    path("documents/<int:document_id>/add/", views.add, name="add"),
    path("documents/<int:document_id>/units/<int:mention_id>/", views.resolve_unit, name="unit"),
    path("documents/<int:document_id>/sheet/", export.sheet, name="sheet"),
    path("documents/<int:document_id>/ask/<str:what>/", closing.ask, name="ask"),
    path("documents/<int:document_id>/sure/", closing.confirm_sure, name="sure"),
    path("documents/<int:document_id>/publish/", closing.publish, name="publish"),
    path("documents/<int:document_id>/task-table/", export.task_table, name="task-table"),
    path("documents/<int:document_id>/supersede/", ending.supersede, name="supersede"),
    path("documents/<int:document_id>/drop/", closing.drop, name="drop"),
    path("documents/<int:document_id>/revision/", revising.revision, name="revision"),
    path("documents/<int:document_id>/revision/changes/<slug:key>/", revising.change, name="change"),
    path("documents/<int:document_id>/revision/publish/", revising.publish_revision, name="revision-publish"),
]
