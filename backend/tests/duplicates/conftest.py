"""The fixtures of this folder."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from tests.indexing.fixtures import _fresh_live_index, extractor, make_print

__all__ = ["_fresh_live_index", "extractor", "make_print"]


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("curator", is_staff=True, is_superuser=True)


@pytest.fixture
def api(curator: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(curator)
    return client
