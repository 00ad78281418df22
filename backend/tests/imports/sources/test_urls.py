"""Pictures from the addresses in a table: fetched after the records, each on its own."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from catalog.models import PrintImage, Revision
from core.errors import OperatorError, UserError
from core.jobs import JobCancelled
from core.models import Job
from imports.checking import check_import
from imports.editing_images import remove_image, replace_image
from imports.models import FetchedFile, ImportRun
from imports.running import apply_import, undo_import
from imports.sources import fetching
from imports.sources.fetching_jobs import fetch_images, retry_images, start_fetching, to_fetch_again
from imports.sources.preparing import open_pictures
from imports.uploads import imports_folder
from tests.core.odd_server import OddServer, Visit, body, free_port
from tests.imports.pictures_drawn import no_image_available, save
from tests.imports.sources.conftest import MakeRun, codes, load, pictures_of

SOURCE = {"kind": "url"}
Draw = Callable[..., bytes]


def test_records_come_first_and_pictures_after_them(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    server.paths["/1.png"] = body(picture("1.png"), Content_Type="text/html")
    run = make_run("record_id,title,image_url", f"1,A,{server.url}/1.png", "2,B,", source=SOURCE)
    check_import(run)
    assert server.visits == []
    apply_import(run, opened=open_pictures)
    assert PrintImage.objects.count() == 0
    job = start_fetching(run, user=None)
    assert job is not None
    assert (job.kind, job.collection_id, run.job) == ("fetch_images", run.collection_id, job)
    fetch_images(run)
    assert pictures_of("1") == [f"{server.url}/1.png"]
    assert codes(run) == {"2": "row_without_image"}
    assert Job.objects.filter(kind="extract_features").exists()
    run.refresh_from_db()
    assert run.counts["images"] == {"added": 1, "replaced": 0, "unchanged": 0, "removed": 0}


def test_several_addresses_of_a_record_keep_the_tables_order(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    names = [f"/{number}.png" for number in range(6)]
    for name in names:
        server.paths[name] = body(picture(name[1:]))
    urls = [server.url + name for name in names]
    lines = [f"1,{urls[0]}; {urls[1]}", f"1,{urls[2]} {urls[3]}", f"1,{urls[4]}|{urls[5]}"]
    load(make_run("record_id,image_url", *lines, source=SOURCE))
    assert pictures_of("1") == urls


def test_loading_again_asks_whether_it_changed_and_changes_nothing(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    def answer(visit: Visit) -> None:
        known = visit.headers["If-None-Match"] == '"v1"'
        visit.say(304) if known else visit.say(200, picture(), ETag='"v1"')

    server.paths["/1.png"] = answer
    lines = ["record_id,image_url", f"1,{server.url}/1.png"]
    load(make_run(*lines, source=SOURCE))
    before = list(PrintImage.objects.values())
    run = load(make_run(*lines, source=SOURCE))
    assert list(PrintImage.objects.values()) == before
    assert [visit[1].get("If-None-Match") for visit in server.visits] == [None, '"v1"']
    assert run.counts["unchanged"] == 1
    assert Revision.objects.filter(origin_id=run.pk).count() == 0


def test_another_picture_at_the_same_address_replaces_the_old_one(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    lines = ["record_id,image_url", f"1,{server.url}/1.png"]
    for name in ("old.png", "new.png"):
        server.paths["/1.png"] = body(picture(name), ETag=f'"{name}"')
        run = load(make_run(*lines, source=SOURCE))
    assert run.counts["images"]["replaced"] == 1
    assert PrintImage.objects.count() == 1


def test_what_failed_is_tried_again_alone(server: OddServer, make_run: MakeRun, picture: Draw) -> None:
    server.paths |= {"/1.png": body(picture("1.png")), "/2.png": lambda visit: visit.say(404)}
    lines = [f"{number},{server.url}/{number}.png" for number in (1, 2)]
    run = load(make_run("record_id,image_url", *lines, source=SOURCE))
    issue = run.issues.get()
    assert (issue.code, issue.record_id, issue.retryable) == ("fetch_status_404", "2", True)
    assert issue.value == f"{server.url}/2.png"
    assert run.counts["issues"] == 1
    server.visits.clear()
    server.paths["/2.png"] = body(picture("2.png"))
    fetch_images(retry_images(run, user=None))
    assert [path for path, _ in server.visits] == ["/2.png"]
    assert pictures_of("2") == [f"{server.url}/2.png"]
    run.refresh_from_db()
    assert (run.issues.count(), run.counts["issues"]) == (0, 0)


def test_a_server_that_is_busy_for_a_moment_is_asked_again(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    answers = itertools.chain([503, 500], itertools.repeat(200))
    server.paths["/1.png"] = lambda visit: visit.say(next(answers), picture())
    run = load(make_run("record_id,image_url", f"1,{server.url}/1.png", source=SOURCE))
    assert pictures_of("1")
    assert not run.issues.exists()


def test_what_a_killed_job_had_fetched_is_continued(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    content = picture()
    half = len(content) // 2
    server.paths["/1.png"] = lambda visit: visit.say(
        200, content[:half], Content_Length=str(len(content)), ETag='"v1"'
    )
    run = load(make_run("record_id,image_url", f"1,{server.url}/1.png", source=SOURCE))
    assert run.issues.get().code == "fetch_cut_off"
    rest = f"bytes {half}-{len(content) - 1}/{len(content)}"
    server.paths["/1.png"] = lambda visit: visit.say(206, content[half:], Content_Range=rest, ETag='"v1"')
    fetch_images(retry_images(run, user=None))
    assert server.visits[-1][1]["Range"] == f"bytes={half}-"
    assert pictures_of("1")
    assert not (imports_folder() / str(run.pk) / "fetched").exists()


def test_a_server_that_is_down_costs_a_few_attempts_and_not_one_for_each_picture(
    make_run: MakeRun, settings: Settings, socket_enabled: None
) -> None:
    place = f"127.0.0.1:{free_port()}"
    settings.RECTO_FETCH_ALLOW_HOSTS = [place]
    lines = [f"{number},http://{place}/{number}.png" for number in range(40)]
    run = load(make_run("record_id,image_url", *lines, source=SOURCE))
    found = list(run.issues.values_list("code", "retryable"))
    assert len(found) == 40
    assert all(retryable for _, retryable in found)
    assert sum(code == "fetch_host_down" for code, _ in found) >= 30


def test_placeholders_of_the_collection_are_left_out(
    server: OddServer, make_run: MakeRun, data_dir: object
) -> None:
    folder = imports_folder().parent.parent / "raw" / "prints" / "images_to_remove"
    none = save(no_image_available(), folder / "none.png")
    server.paths["/1.png"] = body(none.read_bytes())
    run = load(make_run("record_id,image_url", f"1,{server.url}/1.png", source=SOURCE))
    assert codes(run) == {f"{server.url}/1.png": "placeholder"}
    assert not PrintImage.objects.exists()
    assert not run.issues.get().retryable


def test_undoing_takes_fetched_pictures_back_and_ends_the_fetching(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    server.paths |= {"/1.png": body(picture("1.png")), "/2.png": lambda visit: visit.say(404)}
    lines = [f"{number},{server.url}/{number}.png" for number in (1, 2)]
    run = load(make_run("record_id,image_url", *lines, source=SOURCE))
    undo_import(run, user=None)
    assert not PrintImage.objects.exists()
    run.refresh_from_db()
    with pytest.raises(UserError, match="undone"):
        retry_images(run, user=None)
    run.images.update(state="waiting")
    fetch_images(run)
    assert not PrintImage.objects.exists()


def test_an_import_undone_while_pictures_come_gets_no_more_of_them(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    run = make_run("record_id,image_url", f"1,{server.url}/1.png", source=SOURCE)
    check_import(run)
    apply_import(run, opened=open_pictures)

    def undone_meanwhile(visit: Visit) -> None:
        visit.say(200, picture())

    server.paths["/1.png"] = undone_meanwhile
    stale = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(state="undone")
    with pytest.raises(JobCancelled):
        fetch_images(stale)
    assert not PrintImage.objects.exists()


def test_a_cancelled_job_stops_and_the_next_one_goes_on(
    server: OddServer, make_run: MakeRun, picture: Draw
) -> None:
    for number in range(60):
        server.paths[f"/{number}.png"] = body(picture(f"{number}.png"))
    lines = [f"{number},{server.url}/{number}.png" for number in range(60)]
    run = make_run("record_id,image_url", *lines, source=SOURCE)
    check_import(run)
    apply_import(run, opened=open_pictures)

    def cancel(done: int, total: int, step: str) -> None:
        if done >= 10:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        fetch_images(run, progress=cancel)
    so_far = PrintImage.objects.count()
    assert 10 <= so_far < 60
    assert to_fetch_again(run).count() == 60 - so_far
    fetch_images(retry_images(run, user=None))
    assert PrintImage.objects.count() == 60
    assert not to_fetch_again(run).exists()


def test_a_full_disk_ends_the_job_and_no_picture_is_blamed(
    server: OddServer, make_run: MakeRun, picture: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object) -> object:
        raise OperatorError("disk_full", "There is no room left on the disk.")

    server.paths["/1.png"] = body(picture())
    run = make_run("record_id,image_url", f"1,{server.url}/1.png", source=SOURCE)
    with monkeypatch.context() as patched:
        patched.setattr(fetching, "keep_scan", full)
        with pytest.raises(OperatorError, match="no room"):
            load(run)
    run.refresh_from_db()
    assert not run.issues.exists()
    fetch_images(run)
    assert pictures_of("1")
    assert FetchedFile.objects.get().url == f"{server.url}/1.png"


def test_an_address_that_cannot_be_one_is_said_by_the_check(make_run: MakeRun) -> None:
    run = make_run("record_id,image_url", "1,http://2130706433/a.png", source=SOURCE)
    check_import(run)
    assert codes(run) == {"http://2130706433/a.png": "fetch_unusual_address"}
    assert not run.images.exists()


@pytest.fixture
def half_fetched(server: OddServer, make_run: MakeRun, picture: Draw) -> ImportRun:
    """A record with its first two pictures; the third could not be had, and can now."""
    server.paths |= {f"/{number}.png": body(picture(f"{number}.png")) for number in (1, 2)}
    server.paths["/3.png"] = lambda visit: visit.say(404)
    urls = "; ".join(f"{server.url}/{number}.png" for number in (1, 2, 3))
    run = load(make_run("record_id,image_url", f"1,{urls}", source=SOURCE))
    server.paths["/3.png"] = body(picture("3.png"))
    return run


def names_of(record_id: str) -> list[str]:
    return [name.rpartition("/")[2] for name in pictures_of(record_id)]


def test_a_picture_that_was_removed_meanwhile_does_not_come_back_with_the_one_that_is_tried_again(
    half_fetched: ImportRun,
) -> None:
    remove_image(image=PrintImage.objects.get(name__endswith="/2.png"), user=None)
    fetch_images(retry_images(half_fetched, user=None))
    assert names_of("1") == ["1.png", "3.png"]


def test_a_better_scan_stays_alone_in_its_place_when_another_picture_is_tried_again(
    half_fetched: ImportRun, tmp_path: Path
) -> None:
    better = save(no_image_available(text="better"), tmp_path / "better.png")
    worse = PrintImage.objects.get(name__endswith="/2.png")
    replace_image(image=worse, file=better, name="better.png", user=None)
    fetch_images(retry_images(half_fetched, user=None))
    assert names_of("1") == ["1.png", "better.png", "3.png"]
