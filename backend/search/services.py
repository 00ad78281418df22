"""The search: a picture, described for both roads at the same time -> prints. It writes and keeps nothing."""

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from search_model.local.features import extract_local
from search_model.local.fusion import Judged

from catalog.data_files import data_file
from catalog.found import FoundImage
from catalog.images import scan_limits
from catalog.models import PrintImage
from catalog.queries import example, print_count, print_record, prints_for_images
from catalog.queries import image as stored_image
from core.errors import TryAgain
from indexing.extractor_client import extract_features
from indexing.live import live_index
from indexing.live_local import live_local_index
from indexing.queries import active_model, descriptor_in_force, vector_of_image, vectors_of_print
from search.answers import Answer, Result, Wanted
from search.framing import Framing
from search.global_road import Described
from search.looks import Look, Photograph, Source, photograph, stored_looks
from search.matches import Sheet, sheet_of_edges, sheet_of_match, shown
from search.searching import VERIFIED, Found, find
from search.stages import StageClock
from search.workers import aside, computed


@dataclass(frozen=True)
class Subject:
    """What to search with: exactly one of them."""

    photo: bytes | None = None
    image_id: int | None = None
    example: str | None = None


def search(*, subject: Subject, framing: Framing, wanted: Wanted) -> Answer:
    """Search with whatever it is. Raises what the three below raise."""
    if subject.image_id is not None:
        return search_by_stored_image(image_id=subject.image_id, framing=framing, wanted=wanted)
    if subject.example is not None:
        return search_by_example(slug=subject.example, framing=framing, wanted=wanted)
    return search_by_image(data=subject.photo or b"", framing=framing, wanted=wanted)


def search_by_image(*, data: bytes, framing: Framing, wanted: Wanted) -> Answer:
    """Search with an uploaded picture. Raises UserError for an unreadable one, TryAgain, OperatorError."""
    return _search_by_pixels(Source(data), framing, wanted, StageClock())


def search_by_example(*, slug: str, framing: Framing, wanted: Wanted) -> Answer:
    """Search with one of the photographs that are there to try. Raises NotFound for an unknown one."""
    source = Source(data_file(example(slug, audience=wanted.audience).path), scan_limits())
    return _search_by_pixels(source, framing, wanted, StageClock())


def search_by_stored_image(*, image_id: int, framing: Framing, wanted: Wanted) -> Answer:
    """Search with a picture of the catalogue; as it is, by what is stored of it and without the extractor."""
    clock = StageClock()
    image = stored_image(image_id, audience=wanted.audience)
    described = _stored_description(image, clock) if framing.is_plain else None
    if described is None:
        return _search_by_pixels(Source(data_file(image.path), scan_limits()), framing, wanted, clock)
    look = stored_looks([image], clock)[0]
    return _answered(look, find([look], lambda: described, wanted, clock), wanted, clock)


def similar_prints(*, print_id: int, wanted: Wanted) -> Answer:
    """The other prints that look like this one or share details with it, by what is stored of its images."""
    clock = StageClock()
    images = list(print_record(print_id, audience=wanted.audience).images.all())

    def described() -> Described:
        with clock.stage("knn"):
            descriptor = descriptor_in_force()
            return Described(descriptor, vectors_of_print(print_id, descriptor=descriptor))

    looks = stored_looks(images, clock)
    found = find(looks, described, wanted, clock, own_images=[image.pk for image in images])
    return _answered(looks[0] if looks else Look(0, 0), found, wanted, clock)


def _search_by_pixels(source: Source, framing: Framing, wanted: Wanted, clock: StageClock) -> Answer:
    taken = photograph(source, framing, clock)
    asked = _ask_extractor(taken, clock)
    with clock.stage("local"):
        features = computed(lambda: extract_local(taken.pixels, role="query"))
    look = Look(taken.width, taken.height, framing, features)
    found = find([look], asked.result, wanted, clock)
    return _answered(look, found, wanted, clock, edges=taken.sheet)


def _ask_extractor(taken: Photograph, clock: StageClock) -> "Future[Described]":
    """In another thread: which descriptor to ask for is read here, where there is a database connection."""
    model, views = active_model(), taken.views()

    def ask() -> Described:
        with clock.stage("features"):
            extracted = extract_features(views, descriptor=model.descriptor if model else None)
        return Described(extracted.descriptor, extracted.vectors)

    return aside(ask)


def _stored_description(image: PrintImage, clock: StageClock) -> Described | None:
    """None when the image has no vector, or nobody can say which descriptor is in force."""
    with clock.stage("knn"), suppress(TryAgain):
        descriptor = descriptor_in_force()
        vector = vector_of_image(image.pk, descriptor=descriptor)
        return None if vector is None else Described(descriptor, vector[np.newaxis])
    return None


def _answered(
    look: Look,
    found: Found,
    wanted: Wanted,
    clock: StageClock,
    *,
    edges: NDArray[np.float64] | None = None,
) -> Answer:
    """With the metadata of the prints; one that was deleted meanwhile simply is not there."""
    with clock.stage("metadata"):
        lines = {line.image_id: line for line in found.judged}
        images = prints_for_images(list(lines))
        total = print_count(wanted.filters, audience=wanted.audience)
    results = [_result(rank, lines[image.pk], found, image) for rank, image in enumerate(images, start=1)]
    return Answer(
        descriptor=found.descriptor,
        index_version=live_index().version_of(found.descriptor) if found.descriptor else None,
        local_index_version=live_local_index().version,
        verdict=found.verdict,
        total=total,
        width=look.width,
        height=look.height,
        sheet=_sheet(look, found, edges),
        results=results,
        notices=found.notices,
        timings_ms=clock.stop(),
    )


def _result(rank: int, line: Judged, found: Found, image: FoundImage) -> Result:
    sighting = found.sightings.get(line.image_id)
    return Result(
        rank=rank,
        score=line.score,
        similarity=line.evidence.cosine,
        verdict=line.verdict,
        match=shown(sighting.match, sighting.look) if sighting and line.verdict in VERIFIED else None,
        image=image,
    )


def _sheet(look: Look, found: Found, edges: NDArray[np.float64] | None) -> Sheet | None:
    """Of the best print that is shown whole; else what its edges show."""
    for line in found.judged:
        if line.verdict == "same_image" and (
            sheet := sheet_of_match(found.sightings[line.image_id].match, look.framing)
        ):
            return sheet
    return None if edges is None else sheet_of_edges(edges, look.framing)
