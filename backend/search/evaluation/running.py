"""Ask the queries of a plan, one after the other; the next picture is made while one is asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

import cv2
import numpy as np
from search_model.evaluation.queries import make_query, shared_detail
from search_model.evaluation.summary import Found, Outcome

from catalog.data_files import data_file
from catalog.images import Pixels, decode, scan_limits
from catalog.models import PrintImage
from search.evaluation.plan import Plan, Planned, Subject

JPEG_QUALITY = 92  # as a phone's
PICTURES_AHEAD = 3


@dataclass(frozen=True)
class Answered:
    """What the search said to one query: prints by road, and the verdicts of those that were verified."""

    roads: Mapping[str, Found]
    verdict: str | None
    verdicts: Mapping[int, str]
    timings_ms: Mapping[str, float]
    notices: Sequence[str]


class Asker(Protocol):
    """Whoever searches. A picture is looked at once, however many questions are asked about it."""

    def look(self, picture: bytes) -> Any:
        """Describe a JPEG file."""

    def answer(self, look: Any, without: Collection[int]) -> Answered:
        """Search for anything but the images with these ids."""


def asked(plan: Plan, asker: Asker) -> Iterator[tuple[Outcome, bytes]]:
    """Ask everything: what became of each query, and its JPEG file. Raises what the search raises."""
    left_out = [_images_of(tenth) for tenth in plan.tenths]
    groups = [list(group) for _, group in groupby(plan.queries, key=_photograph)]
    for queries, picture in zip(groups, _pictures([queries[0] for queries in groups]), strict=True):
        look = asker.look(picture)
        for query in queries:
            answered = asker.answer(look, () if query.tenth is None else left_out[query.tenth])
            yield _outcome(query, answered), picture


def _photograph(query: Planned) -> tuple[object, ...]:
    return (query.photograph, query.seed, query.subject, query.host)


def _outcome(query: Planned, answered: Answered) -> Outcome:
    return Outcome(
        kind=query.kind,
        query=f"{query.subject.name}, seed {query.seed}",
        shows=query.shows,
        roads=answered.roads,
        verdict=answered.verdict,
        verdicts=answered.verdicts,
        timings_ms=answered.timings_ms,
        notices=answered.notices,
        made_of=query.subject.print_id,
    )


def _images_of(subjects: Sequence[Subject]) -> list[int]:
    prints = [subject.print_id for subject in subjects]
    return list(PrintImage.objects.filter(print_id__in=prints).values_list("pk", flat=True))


def _pictures(queries: Sequence[Planned]) -> Iterator[bytes]:
    """The JPEG file of each query, in order, made in another thread a few ahead."""
    subjects = {query.subject for query in queries} | {query.host for query in queries if query.host}
    paths = dict(PrintImage.objects.filter(pk__in=[s.image_id for s in subjects]).values_list("pk", "path"))
    with ThreadPoolExecutor(1) as pool:
        coming = [pool.submit(_picture, query, paths) for query in queries[:PICTURES_AHEAD]]
        for number in range(len(queries)):
            picture = coming.pop(0).result()
            if number + PICTURES_AHEAD < len(queries):
                coming.append(pool.submit(_picture, queries[number + PICTURES_AHEAD], paths))
            yield picture


def _picture(query: Planned, paths: Mapping[int, str]) -> bytes:
    scan = read_scan(paths[query.subject.image_id])
    if query.host is None:
        return jpeg(make_query(query.photograph, scan, seed=query.seed))
    return jpeg(shared_detail(scan, read_scan(paths[query.host.image_id]), seed=query.seed))


def read_scan(path: str, longest_side: int = 2000) -> Pixels:
    """A picture of the catalogue, by its path in the data folder; larger ones make no better photograph."""
    return decode(data_file(path), limits=scan_limits(), longest_side=longest_side)


def jpeg(pixels: Pixels, quality: int = JPEG_QUALITY) -> bytes:
    """The picture, uint8 RGB, as a file."""
    bgr = np.ascontiguousarray(pixels[..., ::-1])
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])
