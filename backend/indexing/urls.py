"""Addresses of the index: what is running, what was published, and the jobs."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
