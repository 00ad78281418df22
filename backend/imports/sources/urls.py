from django.urls import path

from imports.sources import views

urlpatterns = [
    path("imports/folders/", views.FolderListView.as_view(), name="import-folders"),
    path("imports/<int:import_id>/images/", views.ImportImagesView.as_view(), name="import-images"),
    path(
        "imports/<int:import_id>/retry-images/",
        views.ImportRetryImagesView.as_view(),
        name="import-retry-images",
    ),
]
