"""Addresses of the index: what is in force, what was published, and the jobs."""

from django.urls import path

from indexing import views

urlpatterns = [
    path("info/", views.InfoView.as_view(), name="info"),
    path("knn-models/", views.KnnModelListView.as_view(), name="knn-models"),
    path("knn-models/<int:model_id>/activate/", views.ActivateView.as_view(), name="knn-model-activate"),
    path("jobs/", views.JobListView.as_view(), name="jobs"),
]
