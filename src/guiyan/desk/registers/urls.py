"""Addresses of the registers' pages."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.registers import (
    edit_views,
    entry_views,
    export_views,
    file_views,
    import_views,
    level_views,
    list_views,
    map_views,
    paper_views,
    reconcile_views,
    views,
)

app_name = "registers"
urlpatterns = [
    path("registers/", views.register_index, name="index"),
    path("registers/search/", views.find, name="search"),
    path("registers/imports/<int:import_id>/", import_views.import_result, name="import-result"),
    path("registers/imports/<int:import_id>/errors.csv", import_views.import_errors, name="import-errors"),
    path("registers/imports/<int:import_id>/undo/", import_views.undo, name="import-undo"),
    path("registers/exports/", export_views.exports, name="exports"),
    path("registers/exports/<int:export_id>/", export_views.decide, name="export-decide"),
    path("registers/exports/<int:export_id>/file.xlsx", export_views.fetch, name="export-file"),
    path("registers/files/<int:file_id>/", file_views.file_page, name="file"),
    path("registers/files/<int:file_id>/confirm/", file_views.confirm, name="file-confirm"),
    path("registers/files/<int:file_id>/drop/", file_views.drop, name="file-drop"),
    path("registers/files/<int:file_id>/returned.xlsx", file_views.returned, name="file-returned"),
    path("registers/<slug:register>/", views.entry_list, name="list"),
    path("registers/<slug:register>/map/", map_views.entry_map, name="map"),
    path("registers/<slug:register>/reconcile/", reconcile_views.reconcile, name="reconcile"),
    path("registers/<slug:register>/reconcile/people/", reconcile_views.people, name="reconcile-people"),
    path("registers/<slug:register>/reconcile.xlsx", reconcile_views.sheet, name="reconcile-sheet"),
    path("registers/<slug:register>/new/", edit_views.new, name="new"),
    path("registers/<slug:register>/export/", export_views.export, name="export"),
    path("registers/<slug:register>/import/", import_views.import_page, name="import"),
    path("registers/<slug:register>/template.xlsx", import_views.template, name="template"),
    path("registers/<slug:register>/<int:subject_id>/", entry_views.entry_page, name="entry"),
    path("registers/<slug:register>/<int:subject_id>/edit/", edit_views.edit, name="edit"),
    path("registers/<slug:register>/<int:subject_id>/level/", level_views.level, name="level"),
    path("registers/<slug:register>/<int:subject_id>/void/", level_views.void, name="void"),
    path("registers/<slug:register>/<int:subject_id>/paper.<str:kind>", paper_views.paper, name="paper"),
    path("registers/<slug:register>/<int:subject_id>/draft/", edit_views.draft, name="entry-draft"),
    path("registers/<slug:register>/<int:subject_id>/sections/", edit_views.sections, name="entry-sections"),
    path(
        "registers/<slug:register>/<int:subject_id>/pictures/<slug:field>.jpg",
        entry_views.picture,
        name="entry-picture",
    ),
    path("registers/<slug:register>/<int:subject_id>/<slug:field>/", entry_views.reveal, name="reveal"),
    path("lists/", list_views.lists, name="lists"),
    path("lists/<slug:list_id>/", list_views.list_page, name="list-import"),
    path("lists/<slug:list_id>/template.xlsx", list_views.template, name="list-template"),
    path("lists/<slug:list_id>/<int:issue_id>/undo/", list_views.undo, name="list-undo"),
    path("lists/<slug:list_id>/<int:refusal_id>/errors.csv", list_views.errors, name="list-errors"),
    path("freshness/", list_views.freshness, name="freshness"),
]
