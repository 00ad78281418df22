"""Addresses of accounts."""

from django.urls import path

from accounts import audit_views, collection_views, views

urlpatterns = [
    path("me/", views.MeView.as_view(), name="me"),
    path("me/password/", views.PasswordView.as_view(), name="own-password"),
    path("me/tokens/", views.TokenListView.as_view(), name="own-tokens"),
    path("me/tokens/<int:token_id>/", views.TokenView.as_view(), name="own-token"),
    path("session/", views.SessionView.as_view(), name="session"),
    path("collections/", collection_views.CollectionListView.as_view(), name="collections"),
    path("collections/<slug:slug>/", collection_views.CollectionView.as_view(), name="collection"),
    path("collections/<slug:slug>/members/", collection_views.MembersView.as_view(), name="members"),
    path("audit/", audit_views.AuditView.as_view(), name="audit"),
]
