"""Addresses of the search."""

from django.urls import path

from search import views

urlpatterns = [
    path("searches/", views.SearchView.as_view(), name="searches"),
    path("prints/<int:print_id>/similar/", views.SimilarView.as_view(), name="similar-prints"),
]
