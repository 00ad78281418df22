"""GET /api/v1/jobs/ and one of them; cancelling, trying again; who sees what."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Membership
from catalog.models import Collection
from core.jobs import enqueue
from core.models import Job

LIST = "/api/v1/jobs/"
As = Callable[[User | None], APIClient]


@pytest.fixture
def prints(db: None) -> Collection:
    return Collection.objects.create(slug="prints", name="Prints")


@pytest.fixture
def curator(prints: Collection) -> User:
    return _member(prints, "curator")


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create(username="administrator", is_superuser=True)


@pytest.fixture
def acting() -> As:
    def client(user: User | None) -> APIClient:
        api = APIClient()
        if user is not None:
            api.force_authenticate(user)
        return api

    return client


def _member(collection: Collection, name: str, role: str = "curator") -> User:
    user = User.objects.create(username=name)
    Membership.objects.create(user=user, collection=collection, role=role)
    return user


def _kinds(api: APIClient, **query: str) -> list[str]:
    return [job["kind"] for job in api.get(LIST, query).json()["results"]]


def test_administrators_see_all_jobs_newest_first(
    acting: As, administrator: User, prints: Collection
) -> None:
    enqueue(kind="extract_features")
    enqueue(kind="apply_import", params={"import": 7}, collection_id=prints.pk)
    first = acting(administrator).get(LIST).json()["results"][0]
    assert _kinds(acting(administrator)) == ["apply_import", "extract_features"]
    assert (first["title"], first["collection"], first["import_id"]) == ("Load a table", "prints", 7)


def test_curators_see_their_own_and_those_of_their_collections(
    acting: As, curator: User, prints: Collection
) -> None:
    other = Collection.objects.create(slug="other", name="Other")
    enqueue(kind="extract_features")
    enqueue(kind="check_import", collection_id=other.pk)
    enqueue(kind="apply_import", collection_id=prints.pk)
    enqueue(kind="find_same_images", requested_by=curator)
    assert _kinds(acting(curator)) == ["find_same_images", "apply_import"]


@pytest.mark.parametrize("role", ["viewer", None])
def test_nobody_else_sees_any(acting: As, prints: Collection, role: str | None) -> None:
    user = _member(prints, "viewer", role) if role else None
    job = enqueue(kind="apply_import", collection_id=prints.pk, requested_by=user)
    for address in (LIST, f"{LIST}{job.pk}/"):
        assert acting(user).get(address).status_code == 403
    for act in ("cancel", "retry"):
        assert acting(user).post(f"{LIST}{job.pk}/{act}/").status_code == 403
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_job_of_another_collection_is_not_there(acting: As, curator: User) -> None:
    other = Collection.objects.create(slug="other", name="Other")
    job = enqueue(kind="apply_import", collection_id=other.pk)
    api = acting(curator)
    answers = [
        api.get(f"{LIST}{job.pk}/"),
        *(api.post(f"{LIST}{job.pk}/{act}/") for act in ("cancel", "retry")),
    ]
    absent = api.get(f"{LIST}999/")
    for answer in answers:
        assert answer.status_code == absent.status_code == 404
        assert answer.json()["error"]["code"] == absent.json()["error"]["code"]
    job.refresh_from_db()
    assert job.state == "queued"


def test_jobs_are_filtered(acting: As, administrator: User) -> None:
    enqueue(kind="extract_features")
    Job.objects.create(kind="apply_import", state="failed")
    api = acting(administrator)
    assert _kinds(api, state="failed") == ["apply_import"]
    assert _kinds(api, kind="extract_features") == ["extract_features"]
    assert _kinds(api, kind="extract_features", state="failed") == []
    for wrong in ({"state": "odd"}, {"kind": "Odd kind"}, {"page": "0"}):
        assert api.get(LIST, wrong).status_code == 400


def test_a_list_takes_the_same_queries_however_long(
    acting: As, administrator: User, django_assert_num_queries: DjangoAssertNumQueries, prints: Collection
) -> None:
    for number in range(5):
        enqueue(kind="x", params={"n": number}, requested_by=administrator, collection_id=prints.pk)
    with django_assert_num_queries(2):
        acting(administrator).get(LIST)


@pytest.mark.parametrize(
    ("state", "rate", "expected"),
    [("running", 2.0, (2.0, 30.0)), ("running", 0.0, (None, None)), ("done", 2.0, (None, None))],
)
def test_rate_and_time_left_are_of_what_runs(
    acting: As, administrator: User, state: str, rate: float, expected: tuple[float | None, float | None]
) -> None:
    job = Job.objects.create(kind="x", state=state, done=40, total=100, rate=rate)
    body = acting(administrator).get(f"{LIST}{job.pk}/").json()
    assert (body["rate"], body["seconds_left"]) == expected


def test_one_job_has_its_result(acting: As, administrator: User) -> None:
    job = Job.objects.create(kind="check_index", state="done", result={"differences": ["Oh."]}, left_out=3)
    body = acting(administrator).get(f"{LIST}{job.pk}/").json()
    assert (body["result"], body["left_out"]) == ({"differences": ["Oh."]}, 3)


def test_cancelling_and_trying_again(acting: As, curator: User, prints: Collection) -> None:
    job = enqueue(kind="apply_import", collection_id=prints.pk)
    api = acting(curator)
    assert api.post(f"{LIST}{job.pk}/cancel/").json()["state"] == "cancelled"
    again = api.post(f"{LIST}{job.pk}/cancel/")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "job_ended")
    answer = api.post(f"{LIST}{job.pk}/retry/")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    again = api.post(f"{LIST}{job.pk}/retry/")
    assert (again.status_code, again.json()["error"]["code"]) == (400, "not_retryable")
    acts = AuditEntry.objects.order_by("pk").values_list("action", "user_name", "collection__slug", "target")
    assert list(acts) == [
        ("job_cancelled", "curator", "prints", "Load a table"),
        ("job_retried", "curator", "prints", "Load a table"),
    ]
