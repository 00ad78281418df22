"""`manage.py load_collection`: what it prints, what it refuses, and how it waits."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import Job
from imports import watching
from tests.imports.pictures_drawn import make_collection, row

pytestmark = pytest.mark.django_db


def printed(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command("load_collection", *[str(one) for one in arguments], stdout=out, **options)
    return out.getvalue()


def test_it_prints_what_was_loaded_and_left_out(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row("1", "a.jpg", date="Frühling"), row("2", "gone.jpg", title="Gone")]
    text = printed(make_collection(raw / "c", ["a.jpg"], rows))
    assert "prints: 1 created, 0 changed, 0 unchanged, 0 removed" in text
    assert "left out: 1\n    1 × row_without_image\n      metadata.csv, row 3: record '2'" in text
    assert "metadata.csv, row 2 date 'Frühling': no year could be read" in text
    assert "Checking images: 100%" in capsys.readouterr().err


def test_only_some_examples_of_each_finding_are_printed(raw: Path) -> None:
    rows = [row(str(number), f"gone-{number}.jpg") for number in range(9)]
    text = printed(make_collection(raw / "c", ["a.jpg"], rows), show=2)
    assert "9 × row_without_image" in text
    assert "… and 7 more" in text


def test_a_folder_that_cannot_be_loaded_is_one_sentence(raw: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        printed(raw / "gone")


@pytest.mark.parametrize(("state", "ends_well"), [("done", True), ("failed", False), ("cancelled", False)])
def test_it_waits_for_the_features(
    raw: Path, monkeypatch: pytest.MonkeyPatch, state: str, ends_well: bool
) -> None:
    def work(_: float) -> None:
        """What a worker does meanwhile: the first time it begins, the second it ends."""
        job = Job.objects.get()
        job.state = "running" if job.state == "queued" else state
        job.done, job.total, job.message = 1, 1, "Stopped by hand."
        job.save()

    monkeypatch.setattr(watching.wait_for_jobs, "__kwdefaults__", {"sleep": work})
    folder = make_collection(raw / "c", ["a.jpg"])
    if ends_well:
        assert "can be searched" in printed(folder, wait=True)
    else:
        with pytest.raises(CommandError, match=rf"has {state}: Stopped by hand"):
            printed(folder, wait=True)


def test_a_path_is_also_looked_for_beside_the_data_folder(raw: Path) -> None:
    make_collection(raw / "c", ["a.jpg"])
    assert "prints: 1 created" in printed("data/raw/c")
