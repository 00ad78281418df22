"""Vectors for every picture that has none: read, describe, store, batch by batch.

The next batch is decoded while the extractor works on this one. Each batch is stored with its lines in the
log in one transaction, so a run that is cut short anywhere loses at most one batch of work, and the next run
does the rest.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from catalog.data_files import data_file
from catalog.images import scan_limits
from catalog.models import PrintImage
from core.errors import OperatorError, UserError
from indexing.extractor_client import (
    FOR_A_JOB,
    Extracted,
    ExtractorAway,
    ExtractorFailed,
    ExtractorInfo,
    PictureRefused,
    extract_features,
    extractor_info,
)
from indexing.pictures import decoded_near, shrunk
from indexing.queries import PictureRef, picture_batches, pictures_without_feature
from indexing.services import Problem, record_problems, store_features

BATCH = 16
BATCHES_AHEAD = 1
DECODERS = 2
# Long enough for the extractor to load its network; past it the job runner takes over, with longer pauses.
PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0)
Progress = Callable[[int, int, str], None]
Wait = Callable[[float], None]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Picture:
    """A decoded picture: its row, and uint8 RGB of shape (h, w, 3)."""

    ref: PictureRef
    pixels: NDArray[np.uint8]


@dataclass
class ExtractionSummary:
    """What a run did; `skipped` counts the pictures left out by the code of the reason."""

    descriptor: str
    dim: int
    stored: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def sentence(self) -> str:
        """For people: `640 described, 8 left out (not_an_image: 8)`."""
        if not self.skipped:
            return f"{self.stored} described"
        reasons = ", ".join(f"{code}: {count}" for code, count in sorted(self.skipped.items()))
        return f"{self.stored} described, {self.skipped.total()} left out ({reasons})"


def extract_missing_features(*, progress: Progress, wait: Wait = time.sleep) -> ExtractionSummary:
    """Describe every picture without a vector under the extractor's descriptor.

    `progress(done, total, message)` is called after every batch and may raise to stop the run; done and total
    count all pictures of the catalogue, so that a run that goes on where another stopped does not begin at
    nought. Raises ExtractorAway when the extractor stays away.
    """
    info = patiently(lambda: extractor_info(fresh=True), wait=wait)
    summary = ExtractionSummary(info.descriptor, info.dim)
    total = PrintImage.objects.count()
    before = total - pictures_without_feature(descriptor=info.descriptor).count()
    started, handled = time.monotonic(), 0
    for loaded in _loaded_batches(info):
        _describe_batch(loaded, summary=summary, wait=wait)
        handled += len(loaded)
        rate = handled / max(time.monotonic() - started, 1e-6)
        done = before + handled
        progress(done, max(total, done), f"{summary.sentence()}; {rate:.1f} pictures/s")
    return summary


def patiently(ask: Callable[[], Answer], *, wait: Wait) -> Answer:
    """The answer of the extractor, asked again after a pause while it is away."""
    for pause in PAUSES_S:
        try:
            return ask()
        except ExtractorAway:
            wait(pause)
    return ask()


def _describe_batch(loaded: list[Picture | Problem], *, summary: ExtractionSummary, wait: Wait) -> None:
    problems = [entry for entry in loaded if isinstance(entry, Problem)]
    pictures = [entry for entry in loaded if isinstance(entry, Picture)]
    for some, extracted in _described(pictures, problems=problems, wait=wait):
        _check_same_descriptor(extracted, summary.descriptor)
        refs = [picture.ref for picture in some]
        summary.stored += store_features(
            descriptor=summary.descriptor, pictures=refs, vectors=extracted.vectors
        )
    if problems:
        record_problems(descriptor=summary.descriptor, problems=problems)
        summary.skipped.update(problem.code for problem in problems)


def _described(
    pictures: list[Picture], *, problems: list[Problem], wait: Wait
) -> Iterator[tuple[list[Picture], Extracted]]:
    """The vectors of pictures together, or, when one of them cannot be described, one by one without it."""
    if not pictures:
        return
    try:
        yield pictures, _described_together(pictures, wait=wait)
    except PictureRefused as refusal:
        if len(pictures) == 1:
            problems.append(Problem(pictures[0].ref, refusal.code, refusal.message))
            return
        for picture in pictures:
            yield from _described([picture], problems=problems, wait=wait)


def _described_together(pictures: list[Picture], *, wait: Wait) -> Extracted:
    pixels = [picture.pixels for picture in pictures]
    try:
        return patiently(lambda: extract_features(pixels, patience=FOR_A_JOB), wait=wait)
    except ExtractorFailed as failure:
        # It was there every time and broke every time: the pictures are to blame, if it is there now.
        patiently(lambda: extractor_info(fresh=True), wait=wait)
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


def _loaded_batches(info: ExtractorInfo) -> Iterator[list[Picture | Problem]]:
    """Decoded batches; the pictures of the next one are decoded while the caller works on this one."""
    side = 2 * info.input_size
    ahead: deque[list[Future[Picture | Problem]]] = deque()
    with ThreadPoolExecutor(DECODERS, thread_name_prefix="decode") as pool:
        for batch in picture_batches(descriptor=info.descriptor, size=BATCH):
            ahead.append([pool.submit(_load, ref, side) for ref in batch])
            if len(ahead) > BATCHES_AHEAD:
                yield [future.result() for future in ahead.popleft()]
        while ahead:
            yield [future.result() for future in ahead.popleft()]


def _load(ref: PictureRef, side: int) -> Picture | Problem:
    try:
        pixels, _ = decoded_near(data_file(ref.path), limits=scan_limits(), side=side)
        return Picture(ref, shrunk(pixels, side))
    except (UserError, OperatorError) as error:
        return Problem(ref, error.code, error.message)
    except OSError as error:
        return Problem(ref, "file_unreadable", f"{ref.path} cannot be read: {error.strerror or error}.")
