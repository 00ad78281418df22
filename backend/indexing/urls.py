"""Addresses of the index: what is in force, what was published, its state, and the jobs."""

from django.urls import path

from indexing import job_views, status_views, views

urlpatterns = [
    path("info/", views.InfoView.as_view(), name="info"),
    path("knn-models/", views.KnnModelListView.as_view(), name="knn-models"),
    path("knn-models/<int:model_id>/activate/", views.ActivateView.as_view(), name="knn-model-activate"),
    path("index/", status_views.IndexView.as_view(), name="index"),
    path("index/check/", status_views.IndexCheckView.as_view(), name="index-check"),
    path("index/compact/", status_views.IndexCompactView.as_view(), name="index-compact"),
    path("index/problems/", status_views.ProblemListView.as_view(), name="index-problems"),
    path("jobs/", job_views.JobListView.as_view(), name="jobs"),
    path("jobs/<int:job_id>/", job_views.JobView.as_view(), name="job"),
    path("jobs/<int:job_id>/cancel/", job_views.JobCancelView.as_view(), name="job-cancel"),
    path("jobs/<int:job_id>/retry/", job_views.JobRetryView.as_view(), name="job-retry"),
]
