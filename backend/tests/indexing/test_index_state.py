"""GET /api/v1/index/, its check, its compaction, and what could not be described."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Membership
from catalog.models import Collection, PrintImage
from core import job_runner
from core.models import Job
from indexing.models import Feature, IndexChange, KnnModel, LocalFeature
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint

INDEX = "/api/v1/index/"
PROBLEMS = f"{INDEX}problems/"


@pytest.fixture
def administrator(api: APIClient, db: None) -> APIClient:
    api.force_authenticate(User.objects.create(username="administrator", is_superuser=True))
    return api


@pytest.fixture
def built(make_print: MakePrint, extractor: FakeExtractor, data_dir: Path) -> None:
    """Three pictures of two prints, one of which cannot be read."""
    make_print(1, 2)
    broken = make_print(3).images.get()
    (data_dir / broken.path).write_bytes(b"this is no picture")
    call_command("build_index")


def _road(body: dict[str, Any], name: str) -> dict[str, Any]:
    return next(road for road in body["roads"] if road["road"] == name)


def _run(kind: str) -> Job:
    job = Job.objects.get(kind=kind)
    assert job_runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.last_error
    return job


def test_everything_is_counted_and_agrees(
    administrator: APIClient, built: None, extractor: FakeExtractor
) -> None:
    body = administrator.get(INDEX).json()
    assert (body["records"], body["images"]) == (2, 3)
    assert (body["descriptor"], body["weights_source"]) == (extractor.descriptor, "made by the tests")
    assert (body["agree"], body["differences"], body["working"]) == (True, [], False)
    for name in ("global", "local"):
        road = _road(body, name)
        counts = {key: road[key] for key in ("features", "entries", "waiting", "left_out", "changes")}
        assert counts == {"features": 2, "entries": 2, "waiting": 0, "left_out": 1, "changes": 0}
        assert road["version"] == KnnModel.objects.get(road=name).version
    assert [(model["road"], model["state"]) for model in body["models"]] == [
        ("global", "active"),
        ("local", "active"),
    ]
    assert (body["last_check"], body["last_compaction"]) == (None, None)


def test_it_is_told_without_an_extractor_and_without_anything(
    administrator: APIClient, extractor: FakeExtractor, data_dir: Path
) -> None:
    extractor.away = True
    body = administrator.get(INDEX).json()
    assert (body["records"], body["descriptor"], body["extractor_ready"]) == (0, None, False)
    assert (body["agree"], _road(body, "global")["entries"]) == (True, 0)


def test_vectors_that_no_log_tells_of_are_a_difference(administrator: APIClient, built: None) -> None:
    administrator.get(INDEX)
    feature = Feature.objects.all()[0]
    Feature.objects.filter(pk=feature.pk)._raw_delete("default")
    body = administrator.get(INDEX).json()
    assert body["agree"] is False
    assert "The index holds 2 vectors, the database 1." in body["differences"]


def test_what_waits_is_a_difference_when_nobody_works_on_it(
    administrator: APIClient, built: None, make_print: MakePrint
) -> None:
    make_print(4, record_id="late")
    body = administrator.get(INDEX).json()
    assert (body["agree"], _road(body, "global")["waiting"]) == (False, 1)
    place = body["differences"].index("1 images wait for their vectors, and no job makes them.")
    assert body["differences_said"][place] == {"key": "vectors_wait", "params": {"count": 1}}
    Job.objects.create(kind="extract_features", state="running")
    body = administrator.get(INDEX).json()
    assert (body["agree"], body["working"]) == (True, True)


def test_a_check_is_a_job_whose_result_is_told(administrator: APIClient, built: None) -> None:
    answer = administrator.post(f"{INDEX}check/")
    assert (answer.status_code, answer.json()["kind"]) == (202, "check_index")
    assert administrator.get(INDEX).json()["last_check"]["state"] == "queued"
    job = _run("check_index")
    assert job.message == "all agree"
    assert job.result["local"]["indexed"] == 2
    body = administrator.get(INDEX).json()
    assert (body["agree"], body["last_check"]["finished_at"] is not None) == (True, True)


def test_what_a_check_finds_is_told_until_the_next_one(administrator: APIClient, built: None) -> None:
    Feature.objects.update(vector=Feature.objects.all()[0].vector)
    administrator.post(f"{INDEX}check/")
    job = _run("check_index")
    assert job.message == "1 differences"
    body = administrator.get(INDEX).json()
    assert body["agree"] is False
    assert ["differ from the index" in sentence for sentence in body["differences"]] == [True]


def test_compaction_folds_the_logs_of_both_roads(administrator: APIClient, built: None) -> None:
    PrintImage.objects.all()[0].delete()
    assert _road(administrator.get(INDEX).json(), "local")["changes"] == 1
    assert administrator.post(f"{INDEX}compact/").status_code == 202
    _run("compact_index")
    body = administrator.get(INDEX).json()
    assert [(road["changes"], road["entries"]) for road in body["roads"]] == [(0, 1), (0, 1)]
    assert body["last_compaction"]["state"] == "done"
    assert not IndexChange.objects.filter(kind="removed").exists()
    assert LocalFeature.objects.count() == 1


def test_who_had_it_checked_and_compacted_is_written_down(administrator: APIClient, built: None) -> None:
    administrator.post(f"{INDEX}check/")
    administrator.post(f"{INDEX}compact/")
    entries = AuditEntry.objects.exclude(action="index_built").order_by("pk")
    assert list(entries.values_list("action", "user_name")) == [
        ("index_check_requested", "administrator"),
        ("index_compaction_requested", "administrator"),
    ]


def test_curators_look_and_administrators_act(api: APIClient, built: None) -> None:
    for address in (INDEX, PROBLEMS):
        assert api.get(address).status_code == 403
    user = User.objects.create(username="curator")
    Membership.objects.create(user=user, collection=Collection.objects.get(), role="curator")
    api.force_authenticate(user)
    assert api.get(INDEX).status_code == 200
    for act in ("check", "compact"):
        assert api.post(f"{INDEX}{act}/").status_code == 403
    assert not Job.objects.exists()


def test_nobody_is_told_how_large_the_collections_of_others_are(
    administrator: APIClient, built: None, make_print: MakePrint
) -> None:
    administrator.post(f"{INDEX}check/")
    _run("check_index")
    other = Collection.objects.create(slug="other", name="Other")
    Collection.objects.exclude(pk=other.pk).update(visibility="private")
    user = User.objects.create(username="curator of another")
    Membership.objects.create(user=user, collection=other, role="curator")
    administrator.force_authenticate(user)
    body = administrator.get(INDEX).json()
    assert (body["records"], body["images"], body["agree"]) == (0, 0, True)
    for road in body["roads"]:
        assert [road[key] for key in ("features", "entries", "waiting", "left_out", "changes")] == [0] * 5
    models = body["models"] + administrator.get("/api/v1/knn-models/").json()["results"]
    assert [(model["count"], model["last_change"]) for model in models] == [(None, None)] * 4
    last = body["last_check"]
    assert (last["state"], last["done"], last["total"], last["message"]) == ("done", 0, 0, "")


def test_pictures_that_could_not_be_described_are_named_to_those_who_may_see_them(
    api: APIClient, built: None
) -> None:
    prints, other = Collection.objects.get(), Collection.objects.create(slug="other", name="Other")
    for collection, count in ((prints, 2), (other, 0)):
        user = User.objects.create(username=collection.slug)
        Membership.objects.create(user=user, collection=collection, role="curator")
        api.force_authenticate(user)
        listed = api.get(PROBLEMS).json()
        assert listed["count"] == count
    api.force_authenticate(User.objects.create(username="administrator", is_superuser=True))
    (first, second) = api.get(PROBLEMS).json()["results"]
    assert {first["record_id"], second["record_id"]} == {"r3"}
    assert first["code"] == second["code"]
    assert first["reason"]
    assert api.get(PROBLEMS, {"code": "other"}).json()["count"] == 0
    assert api.get(PROBLEMS, {"code": "No!"}).status_code == 400
