"""From images by similarity to prints by similarity. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """The best image of a print, with its cosine similarity to the query in [-1, 1]."""

    image_id: int
    score: float


def best_of_each_print(
    images: Iterable[Hit], print_of_image: Mapping[int, int], *, without: int | None = None
) -> list[Hit]:
    """Each print once, by its first image, but not the print `without`; deleted images are left out.

    `images` come best first, and so do the hits.
    """
    best: dict[int, Hit] = {}
    for hit in images:
        print_id = print_of_image.get(hit.image_id)
        if print_id is not None and print_id != without:
            best.setdefault(print_id, hit)
    return list(best.values())


def merged_hits(lists: Iterable[Iterable[Hit]]) -> list[Hit]:
    """The hits of several queries as one list: each image with its best score, best first, ties by id."""
    scores: dict[int, float] = {}
    for hits in lists:
        for hit in hits:
            scores[hit.image_id] = max(hit.score, scores.get(hit.image_id, -1.0))
    return [Hit(image_id, score) for image_id, score in sorted(scores.items(), key=lambda s: (-s[1], s[0]))]
