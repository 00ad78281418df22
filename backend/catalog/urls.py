from django.urls import path

from catalog import views

urlpatterns = [
    path("facets/", views.FacetsView.as_view(), name="facets"),
    path("examples/", views.ExampleListView.as_view(), name="examples"),
]
