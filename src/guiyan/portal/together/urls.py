"""Addresses of a bundle, from the choice of its items to the receipt."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.together import choosing, sending, writing

urlpatterns = [
    path("<slug:bundle>/", choosing.start, name="together"),
    path("<slug:bundle>/<int:joint_id>/", writing.form_page, name="together-form"),
    path("<slug:bundle>/<int:joint_id>/items/", choosing.items, name="together-items"),
    path("<slug:bundle>/<int:joint_id>/save/", writing.save, name="together-save"),
    path("<slug:bundle>/<int:joint_id>/files/<int:row_id>/", writing.file, name="together-file"),
    path("<slug:bundle>/<int:joint_id>/check/", sending.check, name="together-check"),
    path("<slug:bundle>/<int:joint_id>/done/", sending.done, name="together-done"),
    path("<slug:bundle>/<int:joint_id>/drop/", sending.drop, name="together-drop"),
]
