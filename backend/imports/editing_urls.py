"""Addresses of single records, which everybody may read and curators may write."""

from django.urls import path

from imports import editing_views as views

urlpatterns = [
    path("dates/", views.DateView.as_view(), name="date"),
    path("prints/", views.PrintListView.as_view(), name="prints"),
    path("prints/<int:print_id>/", views.PrintView.as_view(), name="print"),
    path("prints/<int:print_id>/images/", views.PrintImageListView.as_view(), name="print-images"),
    path("prints/<int:print_id>/images/<int:image_id>/", views.PrintImageView.as_view(), name="print-image"),
    path("prints/<int:print_id>/history/", views.PrintHistoryView.as_view(), name="print-history"),
    path(
        "prints/<int:print_id>/history/<int:revision_id>/restore/",
        views.PrintRestoreView.as_view(),
        name="print-restore",
    ),
]
