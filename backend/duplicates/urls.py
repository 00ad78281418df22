"""Addresses of the groups."""

from django.urls import path

from duplicates import views

urlpatterns = [
    path("image-groups/", views.GroupListView.as_view(), name="image-groups"),
    path("image-groups/export/", views.ExportView.as_view(), name="image-groups-export"),
    path("image-groups/find/", views.FindView.as_view(), name="image-groups-find"),
    path("image-groups/<int:group_id>/", views.GroupView.as_view(), name="image-group"),
    path("image-groups/<int:group_id>/accept/", views.AcceptView.as_view(), name="image-group-accept"),
    path("image-groups/<int:group_id>/reject/", views.RejectView.as_view(), name="image-group-reject"),
    path("image-groups/<int:group_id>/reopen/", views.ReopenView.as_view(), name="image-group-reopen"),
]
