from django.urls import path

from guiyan.desk.supervision import proposal_views, start_views, views
from guiyan.desk.supervision.lights import lights
from guiyan.desk.supervision.together import together

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.order_list, name="list"),
    path("supervision/sheet/", views.sheet, name="sheet"),
    path("supervision/proposals/", proposal_views.proposal_list, name="proposals"),
    path("supervision/proposals/together/", together, name="together"),
    path("supervision/proposals/lights/", lights, name="lights"),
    path("supervision/proposals/<int:proposal_id>/", proposal_views.proposal_page, name="proposal"),
    path("supervision/proposals/<int:proposal_id>/decide/", proposal_views.decide, name="decide"),
    path("supervision/start/<int:indicator_id>/", start_views.start, name="start"),
    path("supervision/<str:number>/", views.order_page, name="order"),
    path("supervision/<str:number>/print/", views.print_order, name="print"),
    path("supervision/<str:number>/reply/", views.reply, name="reply"),
    path("supervision/<str:number>/judge/", views.judge, name="judge"),
]
