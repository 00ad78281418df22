"""IIIF from a real server: manifests become a table, records and pictures; broken ones become problems."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from catalog.models import Collection, Print, PrintImage
from core.jobs import JobCancelled, JobMadeWay
from core.models import Job
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import abandon_import, configure_import, table_file
from imports.sources.harvesting import create_iiif_import, harvest
from tests.core.odd_server import OddServer, Visit, body
from tests.imports.sources.conftest import codes, load, pictures_of
from tests.imports.sources.iiif_documents import collection_2, collection_3, manifest_2, manifest_3

Harvest = Callable[..., ImportRun]


@pytest.fixture
def museum(server: OddServer, picture: Callable[..., bytes]) -> OddServer:
    """A server with four pictures, at an address each and behind an image service."""
    for name in ("recto", "verso", "p1", "p2"):
        server.paths[f"/{name}.png"] = body(picture(f"{name}.png"))
        server.paths[f"/image/{name}/full/max/0/default.jpg"] = body(picture(f"{name}.png"))
    return server


@pytest.fixture
def harvested(museum: OddServer, collection: Collection) -> Harvest:
    """A run whose table has been made from the document at /start, and of others."""

    def make(start: object, records: str = "", **others: object) -> ImportRun:
        for name, document in {"start": start, **others}.items():
            content = document if isinstance(document, bytes) else json.dumps(document).encode()
            museum.paths[f"/{name}"] = body(content)
        source = {"kind": "iiif", "url": f"{museum.url}/start"} | ({"records": records} if records else {})
        run = create_iiif_import(
            collection=collection, action="add_and_update", image_source=source, user=None
        )
        harvest(run)
        return run

    return make


def values(record_id: str) -> dict[str, Any]:
    one = Print.objects.get(record_id=record_id)
    return {
        "title": one.title,
        "date": one.date_text,
        "licence": one.licence,
        "url": one.record_url,
        **one.extra,
    }


def test_a_manifest_of_version_2_becomes_records_and_images(museum: OddServer, harvested: Harvest) -> None:
    run = harvested(manifest_2(museum.url, "start", ["recto", "verso"]))
    assert (run.state, run.table_name) == ("uploaded", "manifests.csv")
    configure_import(run, user=None, mapping={"Creator": "person", "Technique": "material_technique"})
    load(run)
    recto = f"{museum.url}/start/recto"
    assert values(recto) == {
        "title": "The Trees, recto",
        "date": "ca. 1868",
        "licence": "https://creativecommons.org/publicdomain/mark/1.0/",
        "url": "https://museum.example/objects/1",
        "attribution": "The Print Room",
    }
    one = Print.objects.get(record_id=recto)
    assert (one.year_min, one.year_max) == (1863, 1873)
    assert [person.name for person in one.people.all()] == ["Doré, Gustave"]
    assert sorted(technique.name for technique in one.techniques.all()) == ["Print & proof", "Wood engraving"]
    assert pictures_of(recto) == [f"{museum.url}/recto.png"]
    assert pictures_of(f"{museum.url}/start/verso") == [f"{museum.url}/verso.png"]
    assert not run.issues.exists()


def test_a_manifest_of_version_3_becomes_records_and_images(museum: OddServer, harvested: Harvest) -> None:
    run = load(harvested(manifest_3(museum.url, "start", ["p1", "p2"]), records="manifest"))
    name = f"{museum.url}/start"
    found = values(name)
    assert found == {
        "title": "Die Bäume",
        "date": "1868",
        "licence": "http://creativecommons.org/publicdomain/zero/1.0/",
        "url": "https://museum.example/objects/2",
        "Creator": "Doré, Gustave",
        "description": "Trees in a wood.",
        "attribution": "The Print Room",
    }
    institution = Print.objects.get(record_id=name).institution
    assert institution is not None
    assert institution.name == "Print Room"
    assert pictures_of(name) == [
        f"{museum.url}/image/p1/full/max/0/default.jpg",
        f"{museum.url}/image/p2/full/max/0/default.jpg",
    ]
    assert not run.issues.exists()


def test_each_manifest_of_a_collection_is_a_record(museum: OddServer, harvested: Harvest) -> None:
    base = museum.url
    members = [("Manifest", "one"), ("Collection", "inner"), ("Manifest", "one")]
    run = load(
        harvested(
            collection_3(base, "start", members),
            one=manifest_3(base, "one", ["p1", "p2"]),
            inner=collection_2(base, "inner", ["two"]),
            two=manifest_2(base, "two", ["recto", "verso"]),
        )
    )
    assert list(Print.objects.order_by("id").values_list("record_id", flat=True)) == [
        f"{base}/one", f"{base}/two",
    ]  # fmt: skip
    assert PrintImage.objects.count() == 4
    assert not run.issues.exists()


def test_the_pages_of_a_long_list_are_followed(museum: OddServer, harvested: Harvest) -> None:
    base = museum.url
    run = harvested(
        collection_2(base, "start", [], first=f"{base}/page1"),
        page1=collection_2(base, "page1", ["one"], next=f"{base}/page2"),
        page2=collection_2(base, "page2", ["two"]),
        one=manifest_2(base, "one", ["recto"]),
        two=manifest_2(base, "two", ["verso"]),
    )
    load(run)
    assert Print.objects.count() == 2


BROKEN: dict[str, tuple[object, str]] = {
    "no JSON": (b"<html>Not found</html>", "iiif_not_json"),
    "not UTF-8": (b'{"label": "\xff"}', "iiif_not_json"),
    "cut off": (b'{"@type": "sc:Manifest", "label": ', "iiif_not_json"),
    "nested without end": (b"[" * 100_000, "iiif_not_json"),
    "a list": ([1, 2], "iiif_not_a_manifest"),
    "another type": ({"type": "Canvas"}, "iiif_not_a_manifest"),
    "no type": ({"label": "x"}, "iiif_not_a_manifest"),
    "nothing in it": ({"type": "Manifest"}, "iiif_incomplete"),
    "items that are none": ({"type": "Manifest", "items": "none", "label": 5}, "iiif_incomplete"),
    "a list of nothing": ({"type": "Collection"}, "iiif_incomplete"),
    "sequences that are none": ({"@type": "sc:Manifest", "sequences": [None, 3]}, "iiif_incomplete"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_is_a_problem_and_no_failure(
    name: str, museum: OddServer, harvested: Harvest
) -> None:
    document, code = BROKEN[name]
    base = museum.url
    run = harvested(
        collection_2(base, "start", ["broken", "good"]),
        broken=document,
        good=manifest_2(base, "good", ["recto"]),
    )
    assert codes(run) == {f"{base}/broken": code}
    load(run)
    assert run.issues.filter(code=code, value=f"{base}/broken").count() == 1
    assert pictures_of(f"{base}/good")


@pytest.mark.parametrize("name", BROKEN)
def test_also_when_it_is_the_only_one(name: str, harvested: Harvest) -> None:
    document, code = BROKEN[name]
    run = load(harvested(document))
    assert code in run.issues.values_list("code", flat=True)
    assert not PrintImage.objects.exists()


def test_a_member_that_is_not_there_is_a_problem(museum: OddServer, harvested: Harvest) -> None:
    base = museum.url
    document = collection_2(base, "start", ["away", "good"])
    document["manifests"].append({"@id": "http://127.0.0.1/private", "@type": "sc:Manifest"})
    run = harvested(document, good=manifest_2(base, "good", ["recto"]))
    assert codes(run) == {f"{base}/away": "fetch_status_404", "http://127.0.0.1/private": "fetch_not_public"}


def test_odd_canvases_are_named_and_the_others_loaded(museum: OddServer, harvested: Harvest) -> None:
    base = museum.url
    document = manifest_3(base, "start", ["p1"])
    sound = {"type": "Annotation", "motivation": "painting", "body": {"id": f"{base}/a.mp3", "type": "Sound"}}
    document["items"].append(
        {"id": f"{base}/c2", "type": "Canvas", "label": {"en": ["Voice"]}, "items": [{"items": [sound]}]}
    )
    document["items"].append("no canvas")
    run = load(harvested(document, records="manifest"))
    issue = run.issues.get()
    assert (issue.code, issue.reason) == ("iiif_incomplete", "canvas 2 (Voice) has no picture")
    assert len(pictures_of(f"{base}/start")) == 1


def test_a_picture_that_cannot_be_fetched_is_a_problem_of_its_record(
    museum: OddServer, harvested: Harvest
) -> None:
    run = load(harvested(manifest_2(museum.url, "start", ["recto", "lost"])))
    issue = run.issues.get()
    assert (issue.code, issue.record_id) == ("fetch_status_404", f"{museum.url}/start/lost")
    assert Print.objects.count() == 2


def test_only_so_many_manifests_are_read(museum: OddServer, harvested: Harvest, settings: Settings) -> None:
    settings.RECTO_IIIF_MAX_MANIFESTS = 2
    names = [f"m{number}" for number in range(5)]
    others: dict[str, object] = {name: manifest_2(museum.url, name, ["recto"]) for name in names}
    run = harvested(collection_2(museum.url, "start", names), **others)
    issue = run.issues.get()
    assert issue.code == "iiif_too_many_manifests"
    assert "3 or more manifests" in issue.reason
    assert len(table_file(run).read_text().splitlines()) == 3


def test_collections_in_a_circle_end(museum: OddServer, harvested: Harvest) -> None:
    base = museum.url
    run = harvested(
        collection_3(base, "start", [("Collection", "other")]),
        other=collection_3(base, "other", [("Collection", "start"), ("Manifest", "one")]),
        one=manifest_2(base, "one", ["recto"]),
    )
    assert not run.issues.exists()


def test_loading_a_manifest_again_changes_nothing(museum: OddServer, harvested: Harvest) -> None:
    document = manifest_3(museum.url, "start", ["p1", "p2"])
    load(harvested(document))
    before = list(Print.objects.values()), list(PrintImage.objects.values())
    run = load(harvested(document))
    assert (list(Print.objects.values()), list(PrintImage.objects.values())) == before
    assert run.counts["unchanged"] == 2


def test_the_import_is_begun_over_http(museum: OddServer, collection: Collection) -> None:
    museum.paths["/start"] = body(json.dumps(manifest_2(museum.url, "start", ["recto"])).encode())
    client = APIClient()
    client.force_login(User.objects.create_superuser("admin"))
    source = json.dumps({"kind": "iiif", "url": f"{museum.url}/start"})
    form = {"collection": "prints", "image_source": source}
    answer = client.post("/api/v1/imports/", form, format="multipart")
    assert answer.status_code == 201
    found = answer.json()
    assert (found["state"], found["job"]["kind"], found["columns"]) == ("checking", "harvest_iiif", [])
    run = ImportRun.objects.get(pk=found["id"])
    harvest(run)
    detail = client.get(f"/api/v1/imports/{run.pk}/").json()
    assert detail["state"] == "uploaded"
    assert {column["header"]: column["field"] for column in detail["columns"]}["record_id"] == "record_id"


def test_manifests_that_could_not_be_read_are_read_again_by_the_check(
    museum: OddServer, collection: Collection
) -> None:
    museum.paths["/start"] = body(b"maintenance")
    client = APIClient()
    client.force_login(User.objects.create_superuser("admin"))
    source = json.dumps({"kind": "iiif", "url": f"{museum.url}/start"})
    made = client.post(
        "/api/v1/imports/", {"collection": "prints", "image_source": source}, format="multipart"
    )
    run = ImportRun.objects.get(pk=made.json()["id"])
    harvest(run)
    Job.objects.update(state=Job.State.DONE)
    address = f"/api/v1/imports/{run.pk}/"
    assert client.get(address).json()["reading"]["rows"] == 0
    assert [issue["code"] for issue in client.get(f"{address}issues/").json()["results"]] == ["iiif_not_json"]
    ImportRun.objects.update(state="failed")
    assert client.post(f"{address}apply/").status_code == 400
    museum.paths["/start"] = body(json.dumps(manifest_2(museum.url, "start", ["recto"])).encode())
    again = client.post(f"{address}check/")
    assert (again.status_code, again.json()["state"], again.json()["job"]["kind"]) == (
        202,
        "checking",
        "harvest_iiif",
    )
    harvest(ImportRun.objects.get(pk=run.pk))
    Job.objects.update(state=Job.State.DONE)
    assert client.get(address).json()["reading"]["rows"] == 1
    assert client.post(f"{address}check/").json()["job"]["kind"] == "check_import"


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "http://0x7f000001/manifest.json"])
def test_an_address_that_cannot_be_one_is_a_400(db: None, collection: Collection, url: str) -> None:
    client = APIClient()
    client.force_login(User.objects.create_superuser("admin"))
    form = {"collection": "prints", "image_source": json.dumps({"kind": "iiif", "url": url})}
    answer = client.post("/api/v1/imports/", form, format="multipart")
    assert answer.status_code == 400
    assert not ImportRun.objects.exists()
    assert not Job.objects.exists()


def test_an_import_abandoned_meanwhile_stays_abandoned(museum: OddServer, collection: Collection) -> None:
    run = create_iiif_import(
        collection=collection,
        action="add",
        image_source={"kind": "iiif", "url": f"{museum.url}/start"},
        user=None,
    )

    def abandoned_meanwhile(visit: Visit) -> None:
        visit.say(200, json.dumps(manifest_2(museum.url, "start", ["recto"])).encode())

    museum.paths["/start"] = abandoned_meanwhile
    stale = ImportRun.objects.get(pk=run.pk)
    abandon_import(run, user=None)
    with pytest.raises(JobCancelled):
        harvest(stale)
    run.refresh_from_db()
    assert run.state == "abandoned"


def test_reading_that_makes_way_goes_on_where_it_was(museum: OddServer, collection: Collection) -> None:
    base = museum.url
    names = ["recto", "verso"]
    documents = {name: manifest_2(base, f"m-{name}", [name]) for name in names}
    documents["start"] = collection_2(base, "start", [f"m-{name}" for name in names])
    for name, document in documents.items():
        path = name if name == "start" else f"m-{name}"
        museum.paths[f"/{path}"] = body(json.dumps(document).encode())
    source = {"kind": "iiif", "url": f"{base}/start"}
    run = create_iiif_import(collection=collection, action="add", image_source=source, user=None)

    def make_way(done: int, total: int, step: str) -> None:
        if done == 1:
            raise JobMadeWay

    with pytest.raises(JobMadeWay):
        harvest(run, progress=make_way)
    harvest(run)
    assert [path for path, _ in museum.visits] == ["/start", "/m-recto", "/m-verso"]
    assert table_file(run).read_text().count("\n") == 3
    assert not (table_file(run).parent / "manifests").exists()


def test_what_was_configured_stays_when_the_job_dies_after_its_last_word_and_runs_again(
    museum: OddServer, harvested: Harvest
) -> None:
    run = harvested(manifest_2(museum.url, "start", ["recto"]))
    run.refresh_from_db()
    configure_import(run, user=None, mapping={"Technique": "classification"}, action="update")
    harvest(ImportRun.objects.get(pk=run.pk))
    run.refresh_from_db()
    assert (run.mapping["Technique"], run.action, run.state) == ("classification", "update", "uploaded")


def test_a_checked_import_stays_checked_when_the_job_that_made_its_table_runs_again(
    museum: OddServer, harvested: Harvest
) -> None:
    run = harvested(manifest_2(museum.url, "start", ["recto"]))
    check_import(ImportRun.objects.get(pk=run.pk))
    harvest(ImportRun.objects.get(pk=run.pk))
    run.refresh_from_db()
    assert run.state == "checked"
