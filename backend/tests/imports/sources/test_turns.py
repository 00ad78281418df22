"""A long fetch lets other imports go first: what is on its way arrives, nothing is asked for twice."""

from collections.abc import Callable

import celery
import pytest

from catalog.models import PrintImage
from core import job_runner, turns
from core.jobs import JobMadeWay
from core.models import Job
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import request_check
from imports.running import apply_import
from imports.sources import fetching
from imports.sources.fetching_jobs import fetch_images, start_fetching
from imports.sources.giving import give_pictures
from imports.sources.preparing import open_pictures
from tests.core.odd_server import OddServer, Visit, body
from tests.imports.sources.conftest import MakeRun

PICTURES = 20
SOURCE = {"kind": "url"}


@pytest.fixture
def long_run(
    server: OddServer,
    make_run: MakeRun,
    picture: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> ImportRun:
    """An import that is written and has pictures to be fetched, two at a time."""
    monkeypatch.setattr(fetching, "AHEAD", 2)
    monkeypatch.setattr(fetching, "MOMENT_S", 60.0)
    for number in range(PICTURES):
        server.paths[f"/{number}.png"] = body(picture(f"{number}.png"))
    lines = [f"{number},{server.url}/{number}.png" for number in range(PICTURES)]
    run = make_run("record_id,image_url", *lines, source=SOURCE)
    check_import(run)
    apply_import(run, opened=open_pictures)
    return run


def test_what_is_on_its_way_arrives_and_is_not_asked_for_again(
    long_run: ImportRun, server: OddServer
) -> None:
    def make_way(done: int, total: int, step: str) -> None:
        if done >= 3:
            raise JobMadeWay

    with pytest.raises(JobMadeWay):
        fetch_images(long_run, progress=make_way)
    so_far = PrintImage.objects.count()
    assert 3 <= so_far < PICTURES
    assert so_far == len(server.visits)
    fetch_images(long_run)
    assert PrintImage.objects.count() == PICTURES
    assert sorted(path for path, _ in server.visits) == sorted(server.paths)


def test_what_takes_too_long_is_continued_in_the_next_turn(
    long_run: ImportRun, server: OddServer, monkeypatch: pytest.MonkeyPatch, picture: Callable[..., bytes]
) -> None:
    monkeypatch.setattr(fetching, "MOMENT_S", 0.0)
    content = picture("0.png")

    def dribble(visit: Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Length", str(len(content)))
        visit.end_headers()
        visit.raw(*(content[at : at + 10] for at in range(0, len(content), 10)), pause_s=0.05)

    server.paths["/0.png"] = dribble

    def make_way(done: int, total: int, step: str) -> None:
        if done >= 1:
            raise JobMadeWay

    with pytest.raises(JobMadeWay):
        fetch_images(long_run, progress=make_way)
    assert not long_run.issues.exists()
    server.paths["/0.png"] = body(content)
    fetch_images(long_run)
    assert PrintImage.objects.count() == PICTURES


def test_a_small_check_is_done_while_a_long_fetch_goes_on(
    long_run: ImportRun, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch, server: OddServer
) -> None:
    monkeypatch.setattr(turns, "TURN_S", 0.0)
    monkeypatch.setattr(turns, "LOOK_EVERY_S", 0.0)
    sent: list[int] = []
    monkeypatch.setattr(celery.current_app, "send_task", lambda name, args, **options: sent.extend(args))
    small = make_run("record_id,title", "new,Small", source={"kind": "none"})

    def somebody_else_comes(run: ImportRun, names: set[str]) -> None:
        give_pictures(run, names)
        if not Job.objects.filter(kind="check_import").exists():
            sent.append(request_check(small, user=None).job_id or 0)

    monkeypatch.setattr(fetching, "give_pictures", somebody_else_comes)
    long = start_fetching(long_run, user=None)
    assert long is not None
    job_runner.run(long.pk)
    long.refresh_from_db()
    assert (long.state, 0 < PrintImage.objects.count() < PICTURES) == ("queued", True)
    assert [Job.objects.get(pk=pk).kind for pk in sent] == ["check_import", "fetch_images"]
    job_runner.run(sent[0])
    small.refresh_from_db()
    assert (small.state, small.counts["created"]) == ("checked", 1)
    job_runner.run(sent[1])
    long.refresh_from_db()
    assert (long.state, long.done, PrintImage.objects.count()) == ("done", PICTURES, PICTURES)
    assert len(server.visits) == PICTURES
