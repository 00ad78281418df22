from django.urls import path

from catalog import views

urlpatterns = [
    path("facets/", views.FacetsView.as_view(), name="facets"),
    path("prints/random/", views.RandomPrintView.as_view(), name="random-print"),
    path("suggestions/", views.SuggestionListView.as_view(), name="suggestions"),
    path("examples/", views.ExampleListView.as_view(), name="examples"),
]
