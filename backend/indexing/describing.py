"""Asking the extractor for the vectors of a batch: it may be away, or break on one picture of many."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from indexing.extractor_client import (
    FOR_A_JOB,
    Extracted,
    ExtractorAway,
    ExtractorFailed,
    PictureRefused,
    extract_features,
    extractor_info,
)
from indexing.loading import Picture
from indexing.services import Problem

# Long enough for the extractor to load its network; past it the job runner takes over, with longer pauses.
PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0)
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


def described(
    pictures: list[Picture], *, descriptor: str, problems: list[Problem], wait: Wait
) -> Iterator[tuple[list[Picture], Extracted]]:
    """The vectors of pictures together, or, when one of them cannot be described, one by one without it.

    Pictures that cannot be described are appended to `problems`. Raises ExtractorAway.
    """
    if not pictures:
        return
    try:
        extracted = _described_together(pictures, descriptor=descriptor, wait=wait)
    except PictureRefused as refusal:
        if len(pictures) == 1:
            problems.append(Problem(pictures[0].ref, refusal.code, refusal.message))
            return
        for picture in pictures:
            yield from described([picture], descriptor=descriptor, problems=problems, wait=wait)
    else:
        _check_same_descriptor(extracted, descriptor)
        yield pictures, extracted


def _described_together(pictures: list[Picture], *, descriptor: str, wait: Wait) -> Extracted:
    pixels = [picture.pixels for picture in pictures]
    try:
        return patiently(
            lambda: extract_features(pixels, descriptor=descriptor, patience=FOR_A_JOB), wait=wait
        )
    except ExtractorFailed as failure:
        # It was there every time and broke every time: the pictures are to blame, if it is there now.
        patiently(lambda: extractor_info(descriptor=descriptor, fresh=True), wait=wait)
        raise PictureRefused(
            "breaks_extractor", f"The extractor breaks on it: {failure.message}"
        ) from failure


def _check_same_descriptor(extracted: Extracted, descriptor: str) -> None:
    if extracted.descriptor != descriptor:
        raise ExtractorAway(
            "extractor_changed",
            f"The extractor changed from {descriptor} to {extracted.descriptor}; starting anew.",
            retry_after=1,
        )
