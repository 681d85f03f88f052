"""Addresses of cases at the desk."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.cases import beside, bulk, checking, entering, listing, mandates, papers, remarks, steps, together, views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="list"),
    path("cases/sheet/", listing.sheet, name="sheet"),
    path("cases/bulk/", bulk.bulk, name="bulk"),
    path("cases/bulk/<int:run_id>/", bulk.bulk_run, name="bulk-run"),
    path("cases/new/", entering.new, name="new"),
    path("cases/open/", entering.open_for, name="open"),
    path("cases/drafts/<int:case_id>/", entering.draft, name="draft"),
    path("cases/drafts/<int:case_id>/save/", entering.save, name="save"),
    path("cases/drafts/<int:case_id>/withdraw/", entering.withdraw, name="withdraw"),
    path("cases/drafts/<int:case_id>/materials/<str:material>/", entering.add_material, name="add-material"),
    path("cases/drafts/<int:case_id>/reuse/<int:row_id>/", entering.reuse, name="reuse"),
    path("cases/drafts/<int:case_id>/remove/<int:row_id>/", entering.remove, name="remove"),
    path("cases/together/open/", together.open_for, name="together-open"),
    path("cases/together/<int:joint_id>/", together.draft, name="together"),
    path("cases/together/<int:joint_id>/save/", together.save, name="together-save"),
    path("cases/together/<int:joint_id>/items/", together.items, name="together-items"),
    path("cases/together/<int:joint_id>/drop/", together.drop, name="together-drop"),
    path("cases/together/<int:joint_id>/materials/<str:material>/", together.add_material, name="together-material"),
    path("cases/together/<int:joint_id>/reuse/<int:row_id>/", together.reuse, name="together-reuse"),
    path("cases/together/<int:joint_id>/remove/<int:row_id>/", together.remove, name="together-remove"),
    path("cases/materials/<int:row_id>/", papers.material, name="material"),
    path("cases/id/<int:case_id>/", views.by_id, name="by-id"),
    path("cases/<str:number>/", views.case_view, name="page"),
    path("cases/<str:number>/step/<str:verb>/", steps.step, name="step"),
    path("cases/<str:number>/show/<str:field>/", papers.reveal, name="reveal"),
    path("cases/<str:number>/print/", papers.print_case, name="print"),
    path("cases/<str:number>/decision/", papers.decision, name="decision"),
    path("cases/<str:number>/certificate/", papers.certificate, name="certificate"),
    path("cases/<str:number>/code/", papers.progress_code, name="code"),
    path("cases/<str:number>/remarks/", remarks.add, name="remark"),
    path("cases/<str:number>/remarks/read/", remarks.read, name="remarks-read"),
    path("cases/<str:number>/remarks/<int:remark_id>/withdraw/", remarks.withdraw, name="remark-withdraw"),
    path("mentions/", remarks.mention_list, name="mentions"),
    path("mentions/<int:mention_id>/", remarks.mention, name="mention"),
    path("checks/", checking.check_list, name="checks"),
    path("cases/<str:number>/opinions/<int:opinion_id>/drop/", beside.drop_opinion, name="opinion-drop"),
    path("opinions/<int:opinion_id>/", beside.opinion, name="opinion"),
    path("alerts/<int:alert_id>/", beside.alert, name="alert"),
    path("checks/<int:check_id>/", checking.check, name="check"),
    path("checks/<int:check_id>/transfer/", beside.transfer_check, name="check-transfer"),
    path("mandates/", mandates.mandate_list, name="mandates"),
    path("mandates/new/", mandates.new, name="mandate-new"),
    path("mandates/<int:mandate_id>/", mandates.mandate, name="mandate"),
    path("mandates/<int:mandate_id>/paper/", papers.mandate_paper, name="mandate-paper"),
    path("flows/<str:item_id>/", views.flow_chart, name="flow"),
]
