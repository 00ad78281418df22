"""How database and index can disagree: a code for programs, a sentence for people that names the rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexing.changes import changes_since
from indexing.models import KnnModel, Road

IDS_NAMED = 10
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Difference:
    """One disagreement: a code for programs, a sentence for people that names the rows."""

    code: str
    sentence: str


def named(code: str, what: str, ids: Ids) -> Iterator[Difference]:
    """The difference of these images; none when there are none of them."""
    if len(ids):
        names = ", ".join(str(i) for i in ids[:IDS_NAMED]) + (", …" if len(ids) > IDS_NAMED else "")
        yield Difference(code, f"{len(ids)} {what}: image {names}.")


def ids_of(values: Iterable[int]) -> Ids:
    """Ids as a rising array without repeats."""
    return np.unique(np.fromiter(values, dtype=np.int64))


def ids_not_in_log(model: KnnModel, *, published: Ids, stored: Ids) -> Ids:
    """Images that are in a published version or in the database alone, though no line of the log says why."""
    changes = changes_since(model.last_change, road=Road(model.road))
    changed = {change.image_id for change in changes if change.descriptor == model.descriptor}
    unexplained = np.setxor1d(published, stored)
    return np.array([i for i in unexplained.tolist() if i not in changed], dtype=np.int64)
