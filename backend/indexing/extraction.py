"""What every picture lacks on either road: read once, described by both, stored batch by batch.

While the extractor works on a batch, the next one is decoded and its local features made, and the one before
is stored. Each batch is stored with its lines in the log, so a run that is cut short anywhere loses the work
on a few batches at most, and the next run does the rest. The roads are independent: while the extractor is
away local features are made alone.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search_model.local.codec import Codec

from catalog.models import PrintImage
from core.errors import OperatorError
from core.sentences import Sentence
from indexing.describing import FirstAnswer, Wait, described, patiently
from indexing.extractor_client import ExtractorAway, ExtractorInfo, extractor_info
from indexing.loading import Picture, loaded_batches
from indexing.local_queries import codec_of_new_features
from indexing.local_services import PackedFeatures, store_local_features
from indexing.missing import picture_batches, pictures_lacking
from indexing.services import Problem, record_problems, store_features

BATCH = 16
Progress = Callable[[int, int, str], None]


@dataclass
class ExtractionSummary:
    """What a run did; `stored` and `skipped` (pictures by code of the reason) are of its first descriptor."""

    descriptor: str
    dim: int
    stored: int = 0
    stored_locally: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def count(self, descriptor: str, stored: int, problems: Sequence[Problem]) -> None:
        """Add what became of a batch; what other descriptors made of it is not counted again."""
        if descriptor == self.descriptor:
            self.stored += stored
            self.skipped.update(problem.code for problem in problems)

    def sentence(self) -> str:
        """For people: `640 described (655 locally), 8 left out (not_an_image: 8)`."""
        described = f"{self.stored} described"
        if self.stored_locally != self.stored:
            described += f" ({self.stored_locally} locally)"
        if not self.skipped:
            return described
        reasons = ", ".join(f"{code}: {count}" for code, count in sorted(self.skipped.items()))
        return f"{described}, {self.skipped.total()} left out ({reasons})"


class Pace:
    """How far a run is and how fast: both counts are of all pictures of the catalogue, so that a run that
    goes on where another stopped does not begin at nought."""

    def __init__(self, *, descriptors: Sequence[str], codec: str, progress: Progress) -> None:
        self._progress = progress
        lacking = pictures_lacking(descriptors=descriptors, codec=codec).count()
        self._before = PrintImage.objects.count() - lacking
        self._started, self._handled = time.monotonic(), 0

    def tell(self, handled: int, sentence: str) -> None:
        """Report `handled` pictures more. Whatever the listener raises stops the run."""
        self._handled += handled
        rate = self._handled / max(time.monotonic() - self._started, 1e-6)
        done = self._before + self._handled
        # An import may load more while this runs.
        total = max(PrintImage.objects.count(), done)
        text = f"{sentence}; {rate:.1f} pictures/s"
        self._progress(done, total, sentence.with_text(text) if isinstance(sentence, Sentence) else text)


def extract_missing_features(
    *, progress: Progress, wait: Wait = time.sleep, descriptors: Sequence[str] | None = None
) -> ExtractionSummary:
    """Describe every picture that lacks a vector under a descriptor, or local features.

    Without `descriptors`, under the extractor's default; the summary is of the first one.
    `progress(done, total, message)` is called after every batch and may raise to stop the run. Raises what
    `extractor_info` raises when the extractor stays away or lacks a descriptor; all local features are made
    then.
    """
    codec = codec_of_new_features()
    try:
        infos = [_known_patiently(name, wait=wait) for name in descriptors or (None,)]
        return _extract(infos, codec, progress=progress, wait=wait)
    except (ExtractorAway, OperatorError):
        extract_missing_local_features(progress=progress)
        raise


def _known_patiently(descriptor: str | None, *, wait: Wait) -> ExtractorInfo:
    return patiently(lambda: extractor_info(descriptor=descriptor, fresh=True), wait=wait)


def extract_missing_local_features(*, progress: Progress) -> int:
    """Make the local features that are missing, without the extractor; returns how many pictures got some."""
    codec, stored = codec_of_new_features(), 0
    pace = Pace(descriptors=[], codec=codec.id, progress=progress)
    batches = picture_batches(descriptors=[], codec=codec.id, size=BATCH)
    for loaded in loaded_batches(batches, side=1, codec=codec):
        stored += _store_local(loaded, codec=codec)
        pace.tell(len(loaded), f"{stored} described locally, the extractor is away")
    return stored


def _extract(
    infos: Sequence[ExtractorInfo], codec: Codec, *, progress: Progress, wait: Wait
) -> ExtractionSummary:
    summary = ExtractionSummary(infos[0].descriptor, infos[0].dim)
    names = [info.descriptor for info in infos]
    pace = Pace(descriptors=names, codec=codec.id, progress=progress)
    batches = picture_batches(descriptors=names, codec=codec.id, size=BATCH)
    side = 2 * max(info.input_size for info in infos)
    for batch in _asked_ahead(loaded_batches(batches, side=side, codec=codec), names):
        summary.stored_locally += _store_local(batch.loaded, codec=codec)
        for name in names:
            stored, problems = _store_described(batch, descriptor=name, wait=wait)
            summary.count(name, stored, problems)
        pace.tell(len(batch.loaded), summary.sentence())
    return summary


@dataclass(frozen=True)
class Asked:
    """A batch of which the extractor has been asked: what it lacks of each descriptor, and the answers."""

    loaded: Sequence[Picture | Problem]
    pictures: Mapping[str, list[Picture]]
    answers: Mapping[str, FirstAnswer]


def _asked_ahead(batches: Iterable[Sequence[Picture | Problem]], names: Sequence[str]) -> Iterator[Asked]:
    """Each batch when the extractor has been asked about the next one."""
    before = None
    for loaded in batches:
        lacking = {name: _lacking(loaded, name) for name in names}
        answers = {name: FirstAnswer(pictures, descriptor=name) for name, pictures in lacking.items()}
        if before is not None:
            yield before
        before = Asked(loaded, lacking, answers)
    if before is not None:
        yield before


def _lacking(loaded: Sequence[Picture | Problem], name: str) -> list[Picture]:
    return [entry for entry in loaded if isinstance(entry, Picture) and name in entry.ref.lacks]


def _store_local(loaded: Sequence[Picture | Problem], *, codec: Codec) -> int:
    """Store the local features of a batch; returns how many pictures had some to store."""
    made = [entry.local for entry in loaded if isinstance(entry, Picture)]
    problems = _problems((*loaded, *made), lacking=codec.id)
    if problems:
        record_problems(descriptor=codec.id, problems=problems)
    rows = [entry for entry in made if isinstance(entry, PackedFeatures)]
    return store_local_features(codec=codec.id, rows=rows) if rows else 0


def _store_described(batch: Asked, *, descriptor: str, wait: Wait) -> tuple[int, list[Problem]]:
    """Store the vectors of the pictures that lack one; returns how many, and what was left out, and why."""
    problems = _problems(batch.loaded, lacking=descriptor)
    pictures, ask = batch.pictures[descriptor], batch.answers[descriptor]
    stored = 0
    for some, extracted in described(pictures, descriptor=descriptor, problems=problems, wait=wait, ask=ask):
        refs = [picture.ref for picture in some]
        stored += store_features(descriptor=descriptor, pictures=refs, vectors=extracted.vectors)
    if problems:
        record_problems(descriptor=descriptor, problems=problems)
    return stored, problems


def _problems(entries: Iterable[object], *, lacking: str) -> list[Problem]:
    """The problems of pictures that lack this; one that has it, and whose file went away since, keeps it."""
    return [entry for entry in entries if isinstance(entry, Problem) and lacking in entry.picture.lacks]
