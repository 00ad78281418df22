"""Addresses of the search."""

from django.urls import path

from search import views
from search.evaluation.views import EvaluationView

urlpatterns = [
    path("searches/", views.SearchView.as_view(), name="searches"),
    path("prints/<int:print_id>/similar/", views.SimilarView.as_view(), name="similar-prints"),
    path("knn-models/<int:model_id>/evaluation/", EvaluationView.as_view(), name="knn-model-evaluation"),
]
