from django.urls import include, path

from imports import applying_views, download_views, views

urlpatterns = [
    path("", include("imports.sources.urls")),
    path("imports/", views.ImportListView.as_view(), name="imports"),
    path("imports/template/", download_views.ImportTemplateView.as_view(), name="import-template"),
    path("imports/<int:import_id>/", views.ImportView.as_view(), name="import"),
    path("imports/<int:import_id>/check/", views.ImportCheckView.as_view(), name="import-check"),
    path("imports/<int:import_id>/abandon/", views.ImportAbandonView.as_view(), name="import-abandon"),
    path("imports/<int:import_id>/apply/", applying_views.ImportApplyView.as_view(), name="import-apply"),
    path("imports/<int:import_id>/undo/", applying_views.ImportUndoView.as_view(), name="import-undo"),
    path("imports/<int:import_id>/records/", views.ImportRecordListView.as_view(), name="import-records"),
    path(
        "imports/<int:import_id>/issues/export/",
        download_views.ImportIssueExportView.as_view(),
        name="import-issues-export",
    ),
    path(
        "collections/<slug:slug>/export/",
        download_views.CollectionExportView.as_view(),
        name="collection-export",
    ),
    path("imports/<int:import_id>/issues/", views.ImportIssueListView.as_view(), name="import-issues"),
]
