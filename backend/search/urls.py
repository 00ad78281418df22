"""Addresses of the search."""

from django.urls import path

from search import kept_views, views
from search.evaluation.views import EvaluationView

urlpatterns = [
    path("searches/", views.SearchView.as_view(), name="searches"),
    path("searches/<str:search_id>/", kept_views.KeptSearchView.as_view(), name="kept-search"),
    path(
        "searches/<str:search_id>/picture/", kept_views.KeptPictureView.as_view(), name="kept-search-picture"
    ),
    path("prints/<int:print_id>/similar/", views.SimilarView.as_view(), name="similar-prints"),
    path("knn-models/<int:model_id>/evaluation/", EvaluationView.as_view(), name="knn-model-evaluation"),
]
