"""Addresses of accounts."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("me/", views.MeView.as_view(), name="me"),
    path("session/", views.SessionView.as_view(), name="session"),
]
