"""A picture that kills its decoder has killed nothing else; the next picture is decoded."""

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from catalog import decoder_process, images
from catalog.decode_limits import DecodeLimits
from catalog.decoders import Answer, DecoderFailed, Decoders
from core.errors import UserError
from tests.catalog.fake_decoder import ODD
from tests.catalog.test_images_refused import encoded

LIMITS = DecodeLimits(max_bytes=5_000_000, max_pixels=4_000_000, max_decoded_pixels=4_000_000)
FAKE = (sys.executable, "-m", "tests.catalog.fake_decoder")
PICTURE = encoded(Image.new("RGB", (40, 30), (200, 10, 10)), "PNG")


@pytest.fixture
def decoders() -> Iterator[Decoders]:
    decoders = Decoders(2, FAKE)
    yield decoders
    decoders.end()


def decode(decoders: Decoders, source: bytes | Path, *, seconds: float = 5.0) -> Answer:
    job: dict[str, Any] = {"do": "decode", "size": "as_it_is", "side": None, "seconds": seconds}
    return decoders.do(job, source, LIMITS, kind="PNG")


def hostile(word: str) -> bytes:
    return PICTURE + word.encode().rjust(8)


def processes(decoders: Decoders) -> list[int]:
    return [decoder._process.pid for decoder in decoders._idle]


@pytest.mark.parametrize("word", ["SEGFAULT", "ALLOCATE", "KILLED", "LIE", "GARBAGE"])
def test_a_picture_that_kills_its_decoder_is_a_400_and_the_next_one_is_decoded(
    decoders: Decoders, word: str
) -> None:
    with pytest.raises(UserError, match="PNG picture cannot be read") as caught:
        decode(decoders, hostile(word))
    assert (caught.value.status, caught.value.code) == (400, "image_breaks_decoder")
    assert decode(decoders, PICTURE)[0] == images.ImageInfo("PNG", 40, 30)


@pytest.mark.parametrize("word", ["SPIN", "HANG"])
def test_one_that_takes_for_ever_is_given_up(decoders: Decoders, word: str) -> None:
    decode(decoders, PICTURE)
    with pytest.raises(UserError, match="too much memory or time"):
        decode(decoders, hostile(word), seconds=0.05)
    assert decode(decoders, PICTURE)[1] is not None


@pytest.mark.parametrize("word", ["STUCK", "STOPPED", "HALF"])
def test_one_that_hangs_past_its_own_limits_is_ended_by_its_parent(
    decoders: Decoders, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode(decoders, PICTURE)
    (stuck,) = processes(decoders)
    with monkeypatch.context() as hasty:
        hasty.setattr("catalog.decoders.BEYOND_S", 0.5)
        with pytest.raises(UserError, match="too much memory or time"):
            decode(decoders, hostile(word), seconds=0.1)
    assert not psutil.pid_exists(stuck)
    assert processes(decoders) == []  # and no second one was tried
    assert decode(decoders, PICTURE)[1] is not None


def test_one_that_reads_no_picture_is_ended_by_its_parent(
    decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode(decoders, PICTURE)
    (stopped,) = processes(decoders)
    os.kill(stopped, signal.SIGSTOP)
    with monkeypatch.context() as hasty:
        hasty.setattr("catalog.decoders.BEYOND_S", 0.5)
        with pytest.raises(UserError, match="too much memory or time"):
            decode(decoders, PICTURE + bytes(1_000_000), seconds=0.1)
    assert not psutil.pid_exists(stopped)


@pytest.mark.parametrize("number", range(len(ODD)))
def test_an_odd_answer_ends_the_decoder(decoders: Decoders, number: int) -> None:
    decode(decoders, PICTURE)
    before = processes(decoders)
    with pytest.raises(UserError, match="PNG picture cannot be read"):
        decode(decoders, hostile(f"ODD{number}"))
    assert not set(processes(decoders)) & set(before)
    assert not psutil.pid_exists(before[0])


def test_one_that_dies_does_not_disturb_those_beside_it(decoders: Decoders) -> None:
    def outcome(source: bytes) -> str:
        try:
            info, _ = decode(decoders, source)
        except UserError as error:
            return error.code
        return info.format if info else ""

    sources = [hostile("SEGFAULT") if number % 3 == 0 else PICTURE for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(outcome, sources))
    assert outcomes == ["image_breaks_decoder" if i % 3 == 0 else "PNG" for i in range(12)]


def test_a_decoder_that_somebody_killed_meanwhile_is_replaced_unseen(decoders: Decoders) -> None:
    decode(decoders, PICTURE)
    before = processes(decoders)
    os.kill(before[0], signal.SIGKILL)
    assert decode(decoders, PICTURE)[1] is not None
    assert processes(decoders) != before


def test_decoders_that_ended_while_nobody_needed_them_are_replaced_unseen(decoders: Decoders) -> None:
    for _ in range(2):
        decoders.warm_up()
    for decoder in decoders._idle:
        decoder._process.kill()
        decoder._process.wait(10)
    assert decode(decoders, PICTURE)[0] == images.ImageInfo("PNG", 40, 30)


def test_a_refusal_keeps_the_decoder(decoders: Decoders) -> None:
    decode(decoders, PICTURE)
    before = processes(decoders)
    with pytest.raises(UserError, match="damaged or cut off"):
        decode(decoders, PICTURE[:60])
    assert processes(decoders) == before


def test_one_that_cannot_even_start_is_no_fault_of_the_picture() -> None:
    with pytest.raises(DecoderFailed, match="status 7"):
        decode(Decoders(1, (sys.executable, "-c", "raise SystemExit(7)")), PICTURE)


def test_large_pictures_ask_first(decoders: Decoders) -> None:
    side = 1500
    assert side * side > decoder_process.ASKED_FROM
    info, pixels = decode(decoders, encoded(Image.new("RGB", (side, side), (0, 0, 255)), "PNG"))
    assert info == images.ImageInfo("PNG", side, side)
    assert pixels is not None
    assert (pixels == (0, 0, 255)).all()


def test_a_decoder_knows_no_secrets(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECTO_SECRET_KEY", "a-secret-of-more-than-thirty-two-letters")
    decode(decoders, PICTURE)
    environment = Path(f"/proc/{processes(decoders)[0]}/environ")
    if not environment.exists():
        pytest.skip("needs /proc")
    assert b"RECTO" not in environment.read_bytes()


@pytest.mark.django_db
def test_a_search_with_a_hostile_picture_is_a_400_that_names_it(
    api: APIClient, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "_decoders", decoders)
    image = SimpleUploadedFile("photo.png", hostile("SEGFAULT"))
    response = api.post("/api/v1/searches/", {"image": image}, format="multipart")
    assert response.status_code == 400
    assert response.json()["error"]["said"] == {"key": "image_breaks_decoder", "params": {"type": "PNG"}}
