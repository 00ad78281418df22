"""Pictures that show the same image are found, whichever of them was loaded first."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.models import Print
from core.jobs import handler_of
from core.models import Job
from core.tasks import run_job
from duplicates import comparing, tasks
from duplicates.comparing import find_same_images
from duplicates.models import ComparedImage, ImageGroup, ImagePair
from duplicates.services import FIND, enqueue_finding
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image
from tests.search.engravings import engraving
from tests.search.searching import describe

Pixels = NDArray[np.uint8]
AddPrint = Callable[[Pixels, str], int]


@pytest.fixture
def add(make_print: MakePrint, data_dir: Path, extractor: FakeExtractor) -> AddPrint:
    """Add a print with one picture; returns the picture's id."""

    def add_print(pixels: Pixels, name: str) -> int:
        made: Print = make_print(record_id=name)
        return add_image(made, data_dir, pixels, name=f"{name}.png").pk

    return add_print


def scanned_again(sheet: Pixels) -> Pixels:
    """Smaller, paler, yellower, with a margin."""
    small = cv2.resize(sheet, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA)
    toned = (small * np.array([0.8, 0.75, 0.6]) + 40).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(toned, 20, 40, 30, 10, cv2.BORDER_CONSTANT, value=(220, 210, 170)))


def find() -> list[tuple[int, int]]:
    find_same_images(progress=lambda *_: None)
    return list(ImagePair.objects.order_by("first", "second").values_list("first_id", "second_id"))


def test_another_scan_is_found_and_other_prints_are_not(add: AddPrint) -> None:
    ids = [add(engraving(seed), f"r{seed}") for seed in range(4)]
    copy = add(scanned_again(engraving(2)), "copy")
    describe()
    assert find() == [(ids[2], copy)]
    assert set(ImageGroup.objects.get().images.values_list("pk", flat=True)) == {ids[2], copy}


def test_a_mirror_image_is_found_and_called_so(add: AddPrint) -> None:
    ids = [add(engraving(seed), f"r{seed}") for seed in range(3)]
    reverse = add(np.ascontiguousarray(engraving(1)[:, ::-1]), "reverse")
    describe()
    assert find() == [(ids[1], reverse)]
    assert ImagePair.objects.get().mirrored


def test_only_new_pictures_are_compared_and_find_the_old_ones(add: AddPrint) -> None:
    first = add(engraving(0), "r0")
    describe()
    assert find() == []
    copy = add(scanned_again(engraving(0)), "copy")
    describe()
    assert find_same_images(progress=lambda *_: None).compared == 1
    assert ImagePair.objects.get().first_id == first
    assert ImagePair.objects.get().second_id == copy


def test_a_blank_picture_has_no_like(add: AddPrint) -> None:
    add(np.full((200, 200, 3), 255, np.uint8), "blank")
    add(np.full((200, 200, 3), 255, np.uint8), "white")
    describe()
    assert find() == []
    assert ComparedImage.objects.count() == 2


def test_a_run_that_was_stopped_goes_on(add: AddPrint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 1)
    for seed in range(3):
        add(engraving(seed), f"r{seed}")
    describe()

    def stop(done: int, *_: object) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        find_same_images(progress=stop)
    assert ComparedImage.objects.count() == 2
    assert find_same_images(progress=lambda *_: None).compared == 1
    assert ComparedImage.objects.count() == 3


def test_the_job_says_what_it_found(add: AddPrint) -> None:
    add(engraving(0), "r0")
    add(scanned_again(engraving(0)), "copy")
    describe()
    assert handler_of(FIND) is tasks.find
    job = enqueue_finding()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 2)
    assert job.message == "2 pictures compared, 1 groups wait for review"
