"""Asking the extractor for the vectors of a batch: it may be away, or break on one picture of many."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

import numpy as np

from indexing.extractor_client import (
    FOR_A_JOB,
    Extracted,
    ExtractorAway,
    ExtractorFailed,
    PictureRefused,
    extract_features,
)
from indexing.loading import Picture
from indexing.services import Problem

# Long enough for the extractor to load its network; past it the job runner takes over, with longer pauses.
PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0)
# Any picture in which there is something to see.
HARMLESS = np.random.default_rng(0).integers(0, 256, size=(64, 64, 3), dtype=np.uint8)
# It has one connection, and no database.
_asker = ThreadPoolExecutor(1, thread_name_prefix="ask-extractor")
Wait = Callable[[float], None]
Answer = TypeVar("Answer")


def patiently(ask: Callable[[], Answer], *, wait: Wait) -> Answer:
    """The answer of the extractor, asked again after a pause while it is away."""
    for pause in PAUSES_S:
        try:
            return ask()
        except ExtractorAway:
            wait(pause)
    return ask()


class FirstAnswer:
    """The extractor, asked about a batch in another thread while this one stores the batch before.

    The first call waits for that answer, or raises what it raised; each later one asks again, here.
    """

    def __init__(self, pictures: list[Picture], *, descriptor: str) -> None:
        self._pixels = [picture.pixels for picture in pictures]
        self._descriptor = descriptor
        self._first: Future[Extracted] | None = _asker.submit(self._ask) if pictures else None

    def __call__(self) -> Extracted:
        first, self._first = self._first, None
        return first.result() if first else self._ask()

    def _ask(self) -> Extracted:
        return extract_features(self._pixels, descriptor=self._descriptor, patience=FOR_A_JOB)


def described(
    pictures: list[Picture],
    *,
    descriptor: str,
    problems: list[Problem],
    wait: Wait,
    ask: Callable[[], Extracted],
) -> Iterator[tuple[list[Picture], Extracted]]:
    """The vectors of pictures together, or, when one of them cannot be described, one by one without it.

    `ask` asks about all of them. Pictures that cannot be described are appended to `problems`. Raises
    ExtractorAway.
    """
    if not pictures:
        return
    try:
        extracted = _described_together(ask, descriptor=descriptor, wait=wait)
    except PictureRefused as refusal:
        if len(pictures) == 1:
            problems.append(Problem(pictures[0].ref, refusal.code, refusal.sentence))
            return
        for picture in pictures:
            yield from described(
                [picture],
                descriptor=descriptor,
                problems=problems,
                wait=wait,
                ask=partial(_described_alone, picture, descriptor),
            )
    else:
        _check_same_descriptor(extracted, descriptor)
        yield pictures, extracted


def _described_alone(picture: Picture, descriptor: str) -> Extracted:
    return extract_features([picture.pixels], descriptor=descriptor, patience=FOR_A_JOB)


def _described_together(ask: Callable[[], Extracted], *, descriptor: str, wait: Wait) -> Extracted:
    try:
        return patiently(ask, wait=wait)
    except ExtractorFailed as failure:
        # It was there every time and broke every time: the pictures are to blame, if it does another now.
        _check_it_works(descriptor, wait=wait)
        raise PictureRefused(
            "breaks_extractor", f"The extractor breaks on it: {failure.message}"
        ) from failure


def _check_it_works(descriptor: str, *, wait: Wait) -> None:
    """Else no picture may be blamed: those that are left out are not tried again. Raises ExtractorAway."""
    with suppress(PictureRefused):
        patiently(lambda: extract_features([HARMLESS], descriptor=descriptor, patience=FOR_A_JOB), wait=wait)


def _check_same_descriptor(extracted: Extracted, descriptor: str) -> None:
    if extracted.descriptor != descriptor:
        raise ExtractorAway(
            "extractor_changed",
            f"The extractor changed from {descriptor} to {extracted.descriptor}; starting anew.",
            retry_after=1,
        )
