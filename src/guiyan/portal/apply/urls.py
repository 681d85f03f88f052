"""Addresses of an application, from the start page to the receipt."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.apply import sending, starting, writing

urlpatterns = [
    path("<slug:item>/", starting.start, name="apply"),
    path("<slug:item>/<int:case_id>/", writing.form_page, name="apply-form"),
    path("<slug:item>/<int:case_id>/save/", writing.save, name="apply-save"),
    path("<slug:item>/<int:case_id>/files/<int:row_id>/", writing.file, name="apply-file"),
    path("<slug:item>/<int:case_id>/check/", sending.check, name="apply-check"),
    path("<slug:item>/<int:case_id>/done/", sending.done, name="apply-done"),
    path("<slug:item>/<int:case_id>/drop/", sending.drop, name="apply-drop"),
]
