"""Users of every kind, and a collection of every visibility with one print each."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from accounts.models import Membership
from catalog.models import Collection, Print

PASSWORD = "a long enough phrase"


@dataclass(frozen=True)
class House:
    """Collections by visibility, a print in each, and users by role. `curator` curates the private one."""

    collections: dict[str, Collection]
    prints: dict[str, Print]
    users: dict[str, User]

    def client(self, role: str) -> APIClient:
        """Somebody of that role; `anonymous` has not signed in."""
        client = APIClient()
        if role != "anonymous":
            client.force_login(self.users[role])
        return client


@pytest.fixture
def house(db: None) -> House:
    collections = {
        name: Collection.objects.create(slug=name, name=f"The {name} one", visibility=name)
        for name in Collection.Visibility.values
    }
    prints = {
        name: Print.objects.create(collection=row, record_id=f"{name}-1", title=f"A {name} print")
        for name, row in collections.items()
    }
    users = {
        name: User.objects.create_user(name, password=PASSWORD) for name in ("staff", "viewer", "curator")
    }
    users["administrator"] = User.objects.create_superuser("administrator", password=PASSWORD)
    for name in ("viewer", "curator"):
        Membership.objects.create(user=users[name], collection=collections["private"], role=name)
    return House(collections, prints, users)
