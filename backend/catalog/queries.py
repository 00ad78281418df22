"""Reads of the catalogue (being written)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from catalog.models import Print, PrintImage


@dataclass(frozen=True)
class PrintFilters:
    collection: Sequence[str] = ()  # slugs
    institution: Sequence[int] = ()
    classification: Sequence[int] = ()
    technique: Sequence[int] = ()
    relation: Sequence[str] = ()  # kinds
    person: Sequence[int] = ()
    year_from: int | None = None
    year_to: int | None = None
    include_undated: bool = False
    q: str = ""


def filtered_prints(filters: PrintFilters) -> QuerySet[Print]:
    raise NotImplementedError


def image_ids_for(filters: PrintFilters) -> npt.NDArray[np.int64] | None:
    """Sorted ids of the pictures of the filtered prints; None when nothing is filtered."""
    raise NotImplementedError


def prints_for_images(image_ids: Sequence[int]) -> list[PrintImage]:
    """The pictures with these ids, in this order, each with `.print` and all its serializer needs; a deleted one is left out."""
    raise NotImplementedError


def facets(filters: PrintFilters) -> dict[str, Any]:
    raise NotImplementedError
