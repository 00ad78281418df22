"""A search with `keep`, and GET and DELETE /api/v1/searches/{id}/."""

import errno
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Collection, Example, Print
from search import keeping
from search.models import KeptSearch
from tests.indexing.fixtures import drawing, png
from tests.search.searching import URL, found, post, upload


def keep(api: APIClient, **form: Any) -> dict[str, Any]:
    """What is told of a search that was kept; a drawing of print 4 unless the form has another subject."""
    subject = {} if {"image", "image_id", "example", "kept", "url"} & form.keys() else {"image": a_drawing()}
    response = post(api, keep="true", **subject, **form)
    assert response.status_code == 200, response.content
    answer = response.json()
    assert answer["id"] == answer["kept"]["id"]
    kept: dict[str, Any] = answer["kept"]
    return kept


def a_drawing() -> SimpleUploadedFile:
    return upload(drawing(4))


def at(kept: dict[str, Any], key: str = "") -> str:
    return f"{URL}{kept['id']}/{key and f'?key={key}'}"


def files(data_dir: Path) -> list[Path]:
    return [file for file in (data_dir / "processed/kept").rglob("*") if file.is_file()]


@pytest.fixture
def signed_in(db: None) -> APIClient:
    client = APIClient()
    client.force_login(User.objects.create_user("ida"))
    return client


def test_nothing_is_kept_unless_asked(api: APIClient, prints: list[Print], data_dir: Path) -> None:
    answer = post(api, image=a_drawing()).json()
    assert answer["id"] is answer["kept"] is None
    assert not KeptSearch.objects.exists()
    assert files(data_dir) == []


def test_a_kept_search_is_answered_anew_with_framing_and_filters(api: APIClient, prints: list[Print]) -> None:
    form = {"crop": "0,0,1,0.9", "rotate": "180", "mirror": "true", "year_from": "1502"}
    first = post(
        api, keep="true", image=a_drawing(), collection=["prints"], include_undated="true", **form
    ).json()
    prints[9].delete()
    again = api.get(at(first["kept"])).json()
    assert {r["print"]["title"] for r in again["results"]} == {f"Print {number}" for number in range(2, 9)}
    assert (first["total"], again["total"]) == (8, 7)
    assert again["kept"]["framing"] == {
        "crop": [0, 0, 1, 0.9],
        "quad": None,
        "rotate": 180,
        "mirror": True,
    }
    assert again["kept"]["filters"] == {
        "collection": ["prints"],
        "year_from": ["1502"],
        "include_undated": ["true"],
    }
    assert len(api.get(at(first["kept"]), {"limit": 2}).json()["results"]) == 2


def test_the_link_is_unguessable_and_says_until_when(api: APIClient, prints: list[Print]) -> None:
    kept = keep(api)
    assert len(kept["id"]) == 22
    assert len(kept["delete_key"]) == 32
    days = datetime.fromisoformat(kept["expires_at"]) - timezone.now()
    assert timedelta(days=29, hours=23) < days <= timedelta(days=30)
    row = KeptSearch.objects.get()
    assert kept["delete_key"] not in str(vars(row))
    assert "127.0.0.1" not in str(vars(row))
    again = api.get(at(kept))
    assert again.json()["kept"]["delete_key"] is None
    assert again.json()["kept"]["may_delete"] is False
    assert again.headers["Cache-Control"] == "private, no-store"


def test_the_photograph_is_kept_upright_small_and_without_exif(
    api: APIClient, prints: list[Print], data_dir: Path
) -> None:
    exif = Image.Exif()
    exif[274], exif[271] = 6, "A camera with a serial number"
    exif.get_ifd(0x8825)[1] = "N"
    sent = io.BytesIO()
    Image.fromarray(drawing(4, width=2400, height=1800)).save(sent, "JPEG", exif=exif, comment=b"mine")
    kept = keep(api, image=SimpleUploadedFile("IMG_0001.jpg", sent.getvalue()))
    (file,) = files(data_dir)
    response = api.get(kept["picture_url"], headers={"accept": "image/avif,image/webp"})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.content == file.read_bytes()
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.size == (1200, 1600)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "comment", "icc_profile"} & picture.info.keys()
    assert b"camera" not in file.read_bytes()


def test_a_picture_of_the_catalogue_and_an_example_are_named_not_copied(
    api: APIClient, prints: list[Print], data_dir: Path
) -> None:
    (data_dir / "raw/prints/examples").mkdir()
    (data_dir / "raw/prints/examples/one.png").write_bytes(png(drawing(6)))
    Example.objects.create(slug="one", title="One", path="raw/prints/examples/one.png")
    stored, example = keep(api, image_id=prints[4].images.get().pk), keep(api, example="one")
    assert (stored["kind"], stored["image_id"]) == ("image", prints[4].images.get().pk)
    assert (example["kind"], example["example"]) == ("example", "one")
    assert found(api.get(at(stored)))[0] == prints[4].pk
    assert found(api.get(at(example)))[0] == prints[6].pk
    for kept in (stored, example):
        assert api.get(kept["picture_url"]).headers["Content-Type"] == "image/webp"
    assert files(data_dir) == []


def test_a_kept_search_can_be_searched_with_in_another_way(api: APIClient, prints: list[Print]) -> None:
    kept = keep(api, year_from=1505)
    assert found(post(api, kept=kept["id"]))[0] == prints[4].pk
    assert keep(api, kept=kept["id"])["id"] != kept["id"]
    assert post(api, kept="nobody").json()["error"]["code"] == "kept_not_found"


def test_the_key_deletes_it_at_once(api: APIClient, prints: list[Print], data_dir: Path) -> None:
    kept, other = keep(api), keep(api)
    for key in ("", "wrong", other["delete_key"]):
        response = api.delete(at(kept, key))
        assert (response.status_code, response.json()["error"]["code"]) == (403, "kept_not_yours")
    assert len(files(data_dir)) == 2
    assert api.delete(at(kept, kept["delete_key"])).status_code == 204
    assert [file.stem for file in files(data_dir)] == [other["id"]]
    for response in (
        api.get(at(kept)),
        api.get(kept["picture_url"]),
        api.delete(at(kept, kept["delete_key"])),
    ):
        assert (response.status_code, response.json()["error"]["code"]) == (404, "kept_not_found")
    assert not AuditEntry.objects.filter(action="kept_search_deleted").exists()


def test_who_was_signed_in_needs_no_key(api: APIClient, prints: list[Print], signed_in: APIClient) -> None:
    kept = keep(signed_in)
    assert signed_in.get(at(kept)).json()["kept"]["may_delete"] is True
    other = APIClient()
    other.force_login(User.objects.create_user("ada"))
    assert other.get(at(kept)).json()["kept"]["may_delete"] is False
    assert other.delete(at(kept)).status_code == 403
    assert signed_in.delete(at(kept)).status_code == 204


def test_an_administrator_may_delete_and_it_is_told_without_the_link(
    api: APIClient, prints: list[Print]
) -> None:
    kept = keep(api)
    administrator = APIClient()
    administrator.force_login(User.objects.create_superuser("root"))
    assert administrator.delete(at(kept)).status_code == 204
    entry = AuditEntry.objects.get(action="kept_search_deleted")
    assert entry.user_name == "root"
    assert kept["id"] not in entry.target


def test_past_its_time_it_is_gone_before_any_purge(api: APIClient, prints: list[Print]) -> None:
    kept = keep(api)
    KeptSearch.objects.update(expires_at=timezone.now())
    for response in (api.get(at(kept)), api.get(kept["picture_url"]), post(api, kept=kept["id"])):
        assert (response.status_code, response.json()["error"]["code"]) == (404, "kept_not_found")
    assert api.delete(at(kept, kept["delete_key"])).status_code == 404


def test_a_link_shows_nobody_more_than_they_may_see(api: APIClient, prints: list[Print]) -> None:
    """Kept while everything was public: by its own picture, and by a photograph."""
    by_image, by_photo = keep(api, image_id=prints[4].images.get().pk), keep(api)
    private = Collection.objects.create(slug="private", name="Private", visibility="private")
    Print.objects.filter(pk=prints[4].pk).update(collection=private)
    assert api.get(at(by_image)).status_code == 404
    assert api.get(by_image["picture_url"]).status_code == 404
    assert post(api, kept=by_image["id"]).status_code == 404
    # Not even that it exists.
    assert api.delete(at(by_image)).status_code == 404
    assert prints[4].pk not in found(api.get(at(by_photo)))
    assert api.get(at(by_photo)).json()["total"] == 9
    administrator = APIClient()
    administrator.force_login(User.objects.create_superuser("root"))
    assert found(administrator.get(at(by_image)))[0] == prints[4].pk
    assert found(administrator.get(at(by_photo)))[0] == prints[4].pk
    # Whoever kept it can still take it back.
    assert api.delete(at(by_image, by_image["delete_key"])).status_code == 204


def test_with_the_setting_0_nothing_is_kept(api: APIClient, prints: list[Print], settings: Settings) -> None:
    kept = keep(api)
    settings.RECTO_KEEP_DAYS = 0
    response = post(api, image=a_drawing(), keep="true")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "keeping_off")
    assert "keep" in response.json()["error"]["fields"]
    assert api.get("/api/v1/info/").json()["keep_days"] == 0
    # What was promised before is held.
    assert api.get(at(kept)).status_code == 200


def test_limits_of_one_asker_and_of_all(
    api: APIClient, prints: list[Print], settings: Settings, signed_in: APIClient, data_dir: Path
) -> None:
    settings.RECTO_KEEP_PER_ASKER, settings.RECTO_KEEP_MAX = 2, 4
    kept = [keep(api), keep(api)]
    response = post(api, image=a_drawing(), keep="true")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "kept_too_many")
    assert response.json()["error"]["said"]["params"] == {"count": 2}
    api.defaults["REMOTE_ADDR"] = "192.0.2.9"
    keep(api)
    keep(signed_in)
    response = post(signed_in, image=a_drawing(), keep="true")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "kept_full")
    assert len(files(data_dir)) == 4
    api.delete(at(kept[0], kept[0]["delete_key"]))
    # What is past its time does not count.
    KeptSearch.objects.filter(pk=kept[1]["id"]).update(expires_at=timezone.now())
    keep(signed_in)


@pytest.mark.parametrize(
    ("number", "words", "status"),
    [(errno.ENOSPC, "No space left on device", 507), (errno.EIO, "Input/output error", 500)],
)
def test_on_a_disk_that_takes_nothing_nothing_is_half_kept(
    api: APIClient,
    prints: list[Print],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
    status: int,
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, words)

    monkeypatch.setattr("search.kept_pictures.os.fsync", fail)
    response = post(api, image=a_drawing(), keep="true")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, "kept_not_stored")
    assert words in error["message"]
    assert str(data_dir) not in error["message"]
    assert files(data_dir) == []
    assert not KeptSearch.objects.exists()


def test_without_its_row_no_picture_stays(
    api: APIClient, prints: list[Print], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(filters: Any) -> Any:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(keeping, "_stored", broken)
    with pytest.raises(RuntimeError):
        post(api, image=a_drawing(), keep="true")
    assert files(data_dir) == []
    assert not KeptSearch.objects.exists()


def test_a_picture_that_cannot_be_searched_with_is_not_kept(
    api: APIClient, prints: list[Print], data_dir: Path
) -> None:
    half = SimpleUploadedFile("a.png", png(drawing(4, width=400, height=300))[:500])
    assert post(api, image=half, keep="true").status_code == 400
    assert files(data_dir) == []


def test_a_lost_file_is_a_404_and_can_be_forgotten(
    api: APIClient, prints: list[Print], data_dir: Path
) -> None:
    kept = keep(api)
    files(data_dir)[0].unlink()
    assert api.get(at(kept)).status_code == api.get(kept["picture_url"]).status_code == 404
    assert api.delete(at(kept, kept["delete_key"])).status_code == 204


@pytest.mark.parametrize("kept_id", ["..", "a" * 3000, "%00", "a%2Fb", "ä"])
def test_an_odd_id_is_a_404(api: APIClient, prints: list[Print], kept_id: str) -> None:
    for response in (api.get(f"{URL}{kept_id}/"), api.get(f"{URL}{kept_id}/picture/")):
        assert response.status_code == 404


def test_wrong_methods(api: APIClient, prints: list[Print]) -> None:
    kept = keep(api)
    assert api.post(at(kept)).status_code == api.put(at(kept)).status_code == 405
    assert api.post(kept["picture_url"]).status_code == 405
    assert api.get(at(kept), {"limit": 101}).status_code == 400


def test_it_costs_few_queries(
    api: APIClient, prints: list[Print], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kept = keep(api)
    with django_assert_max_num_queries(13):
        api.get(at(kept))
    with django_assert_max_num_queries(2):
        api.get(kept["picture_url"])


def test_the_admin_pages_list_neither_pictures_nor_links(api: APIClient, prints: list[Print]) -> None:
    kept = keep(api)
    api.force_login(User.objects.create_superuser("root"))
    listing = api.get("/admin/search/keptsearch/")
    assert listing.status_code == 200
    assert kept["id"][:6] in listing.content.decode()
    assert kept["id"] not in listing.content.decode()
    assert api.post("/admin/search/keptsearch/add/").status_code == 403
