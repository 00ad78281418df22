from django.urls import path

from catalog import views

urlpatterns = [
    path("prints/", views.PrintListView.as_view(), name="prints"),
    path("prints/<int:print_id>/", views.PrintView.as_view(), name="print"),
    path("facets/", views.FacetsView.as_view(), name="facets"),
    path("examples/", views.ExampleListView.as_view(), name="examples"),
]
