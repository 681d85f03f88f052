"""The desk's addresses: one line an area."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("guiyan.desk.answers.urls")),
    path("", include("guiyan.desk.arrivals.urls")),
    path("", include("guiyan.desk.demands.urls")),
    path("", include("guiyan.desk.documents.urls")),
    path("", include("guiyan.desk.dossier.urls")),
    path("", include("guiyan.desk.links.urls")),
    path("", include("guiyan.desk.lists.urls")),
    path("", include("guiyan.desk.exchange.urls")),
    path("", include("guiyan.desk.loans.urls")),
    path("", include("guiyan.desk.ops.urls")),
    path("", include("guiyan.desk.outreach.urls")),
    path("", include("guiyan.desk.pairing.urls")),
    path("", include("guiyan.desk.payments.urls")),
    path("", include("guiyan.desk.plans.urls")),
    path("", include("guiyan.desk.cockpit.urls")),
    path("", include("guiyan.desk.ratings.urls")),
    path("", include("guiyan.desk.registers.urls")),
    path("", include("guiyan.desk.reports.urls")),
    path("", include("guiyan.desk.rights.urls")),
    path("", include("guiyan.desk.sending.urls")),
    path("", include("guiyan.desk.sharing.urls")),
    path("", include("guiyan.desk.rules.urls")),
    path("", include("guiyan.desk.supervision.urls")),
    path("", include("guiyan.desk.surveys.urls")),
    path("", include("guiyan.desk.visits.urls")),
    path("", include("guiyan.desk.whatif.urls")),
    path("", include("guiyan.desk.work.urls")),
    path("", include("guiyan.desk.cases.urls")),
    path("", include("guiyan.desk.batches.urls")),
    path("", include("guiyan.desk.powers.urls")),
    path("", include("guiyan.desk.notices.urls")),
]
