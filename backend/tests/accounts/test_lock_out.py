"""The lock after repeated failures: for names that exist and names that do not, at every door."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, SignInAttempt
from accounts.signing_in import MANY_NAMES
from tests.accounts.conftest import PASSWORD, House
from tests.indexing.fixtures import RunInThreads, run_in_threads

__all__ = ["run_in_threads"]

SESSION = "/api/v1/session/"
FAILURES = 3


@pytest.fixture(autouse=True)
def _few_failures(settings: Settings) -> None:
    settings.RECTO_SIGN_IN_FAILURES = FAILURES


def sign_in(client: Client, name: str = "curator", password: str = "wrong", address: str = "10.0.0.1") -> int:
    answer = client.post(SESSION, {"username": name, "password": password}, REMOTE_ADDR=address)
    return answer.status_code


def fail(client: Client, times: int = FAILURES, **who: str) -> list[int]:
    return [sign_in(client, **who) for _ in range(times)]


@pytest.mark.parametrize("name", ["curator", "nobody of this name"])
def test_the_right_password_comes_too_late(house: House, api: APIClient, name: str) -> None:
    assert fail(api, name=name) == [400] * (FAILURES - 1) + [429]
    response = api.post(SESSION, {"username": name, "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert (response.status_code, response.json()["error"]["code"]) == (429, "locked_out")
    assert 890 <= int(response["Retry-After"]) <= 900
    assert name not in response.json()["error"]["message"]


def test_the_answers_for_known_and_unknown_names_are_the_same(house: House, api: APIClient) -> None:
    answers = []
    for name in ("curator", "nobody"):
        form = {"username": name, "password": "wrong"}
        answers.append([api.post(SESSION, form, REMOTE_ADDR=f"10.0.0.{name}").json() for _ in range(5)])
    assert answers[0] == answers[1]


def test_another_address_is_not_locked_by_it(house: House, api: APIClient) -> None:
    fail(api)
    assert sign_in(api, password=PASSWORD, address="10.0.0.2") == 200


def test_the_lock_ends(house: House, api: APIClient) -> None:
    fail(api)
    SignInAttempt.objects.update(at=timezone.now() - timedelta(seconds=901))
    assert sign_in(api, password=PASSWORD) == 200
    assert not SignInAttempt.objects.exists()


def test_a_clock_that_is_set_back_makes_the_lock_no_longer(house: House, api: APIClient) -> None:
    fail(api)
    SignInAttempt.objects.update(at=timezone.now() + timedelta(days=3))
    assert sign_in(api, password=PASSWORD) == 200
    assert not SignInAttempt.objects.exists()


def test_a_success_forgets_the_failures_before_it(house: House, api: APIClient) -> None:
    for _ in range(3):
        assert fail(api, FAILURES - 1) == [400] * (FAILURES - 1)
        assert sign_in(api, password=PASSWORD) == 200


def test_upper_case_and_blanks_make_no_other_name(house: House, api: APIClient) -> None:
    assert [sign_in(api, name=name) for name in ("curator", " Curator", "CURATOR ")][-1] == 429


def test_one_address_cannot_try_many_names(house: House, api: APIClient) -> None:
    most = FAILURES * MANY_NAMES
    answers = [sign_in(api, name=f"name {number}") for number in range(most)]
    assert answers == [400] * (most - 1) + [429]
    assert sign_in(api, password=PASSWORD) == 429


def test_failures_are_told_in_the_trail_once_and_never_by_what_was_typed(
    house: House, api: APIClient
) -> None:
    fail(api, FAILURES + 2)
    fail(api, FAILURES + 2, name=PASSWORD)
    entries = AuditEntry.objects.filter(action="locked_out").values_list("user_name", "address")
    assert sorted(entries) == [("", "10.0.0.1"), ("curator", "10.0.0.1")]
    assert PASSWORD not in str(list(SignInAttempt.objects.values()))


def test_the_admin_pages_have_the_same_lock(house: House, client: Client) -> None:
    form = {"username": "administrator", "password": "wrong"}
    for _ in range(FAILURES):
        client.post("/admin/login/", form)
    client.post("/admin/login/", form | {"password": PASSWORD})
    assert client.get("/admin/").status_code == 302
    assert api_status(client) == 429


def api_status(client: Client) -> int:
    return client.post(SESSION, {"username": "administrator", "password": PASSWORD}).status_code


def test_the_password_of_a_stolen_session_cannot_be_guessed(house: House) -> None:
    api = house.client("curator")
    form = {"old_password": "wrong", "new_password": "another long phrase"}
    answers = [api.post("/api/v1/me/password/", form).status_code for _ in range(FAILURES + 1)]
    assert answers == [400] * (FAILURES - 1) + [429] * 2


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(
    house: House, api: APIClient, settings: Settings
) -> None:
    settings.RECTO_PROXIES = 1
    form = {"username": "curator", "password": "wrong"}
    for number in range(FAILURES):
        # What the client claims stands before what the proxy adds.
        api.post(SESSION, form, headers={"X-Forwarded-For": f"1.2.3.{number}, 10.9.9.9"})
    form["password"] = PASSWORD
    same = api.post(SESSION, form, headers={"X-Forwarded-For": "10.9.9.9"})
    other = api.post(SESSION, form, headers={"X-Forwarded-For": "10.9.9.9, 10.8.8.8"})
    assert (same.status_code, other.status_code) == (429, 200)


def test_without_a_proxy_nobody_can_claim_another_address(house: House, api: APIClient) -> None:
    form = {"username": "curator", "password": "wrong"}
    answers = [
        api.post(SESSION, form, headers={"X-Forwarded-For": f"1.2.3.{number}"}).status_code
        for number in range(FAILURES)
    ]
    assert answers[-1] == 429


def test_of_many_at_once_no_more_passwords_are_tried(
    transactional_db: None, house: House, run_in_threads: RunInThreads, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def authenticate(self: ModelBackend, request: Any, username: str = "", **rest: object) -> None:
        tried.append(username)

    monkeypatch.setattr(ModelBackend, "authenticate", authenticate)
    run_in_threads(*[lambda: sign_in(APIClient())] * 12)
    assert tried == ["curator"] * FAILURES


def test_a_name_is_locked_for_all_addresses_only_after_very_many(house: House, api: APIClient) -> None:
    answers = [sign_in(api, address=f"10.0.{number}.1") for number in range(59)]
    assert set(answers) == {400}
    assert sign_in(api, address="10.0.59.1") == 429
    assert User.objects.filter(username="curator").exists()
