"""Passwords are kept as Argon2id; older digests are made anew when their user signs in."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher, make_password
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.password_hashing import AT_ONCE, BoundedArgon2Hasher
from config import settings as real_settings

PASSWORD = "a print room key"


@pytest.fixture
def in_earnest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real hashers; the older one made quick."""
    settings.PASSWORD_HASHERS = real_settings.PASSWORD_HASHERS
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)


@pytest.mark.usefixtures("in_earnest")
def test_a_password_is_kept_as_argon2id_with_19_mib() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.django_db
@pytest.mark.usefixtures("in_earnest")
def test_an_older_digest_is_made_anew_when_its_user_signs_in(api: APIClient) -> None:
    older = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user = User.objects.create(username="anna", password=older)
    for password, status, kept_as in (("wrong", 400, "pbkdf2_sha256"), (PASSWORD, 200, "argon2")):
        answer = api.post("/api/v1/session/", {"username": "anna", "password": password})
        user.refresh_from_db()
        assert (answer.status_code, user.password.split("$")[0]) == (status, kept_as)


def test_only_so_many_digests_are_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most, lock = [0], [0], threading.Lock()
    all_there = threading.Barrier(AT_ONCE, timeout=10)

    def encode(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        all_there.wait()
        with lock:
            under_way[0] -= 1
        return "digest"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: BoundedArgon2Hasher().encode(PASSWORD, "salt"), range(8 * AT_ONCE)))
    assert most[0] == AT_ONCE
