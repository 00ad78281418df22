"""The local index of this process, brought up to date from the log before every answer: see `live`."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures
from search_model.local.voting import Candidate, VotingIndex

from indexing.changes import Change, changes_since, last_change_id
from indexing.local_artifacts import ArtifactError, load_local_artifact
from indexing.local_queries import codec_of_new_features, packed_of, stored_local_features
from indexing.models import IndexChange, Road
from indexing.queries import active_model

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Loaded:
    """An index, its published version, the change that announced it, the last change it contains."""

    index: VotingIndex
    version: str | None
    announced: int
    cursor: int


class LiveLocalIndex:
    """One per process, for all its threads: searches side by side, changes one at a time."""

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None
        self._changing = threading.Lock()

    @property
    def version(self) -> str | None:
        """The published version in use; None before the first publication."""
        return self._loaded.version if self._loaded else None

    @property
    def codec(self) -> Codec:
        """The codec of the index: its packed rows and no others fit what a search returns."""
        return self._loaded.index.codec if self._loaded else codec_of_new_features()

    @property
    def last_change(self) -> int:
        """The last line of the log that the index contains."""
        return self._loaded.cursor if self._loaded else 0

    def search(
        self, features: LocalFeatures, k: int, allowed_ids: NDArray[np.int64] | None = None
    ) -> list[Candidate]:
        """The `k` images with most votes among the allowed ones, best first, with every committed change."""
        found: list[Candidate] = self.current().search(features, k, allowed_ids)
        return found

    def current(self) -> VotingIndex:
        """The index with every change that is committed now."""
        with self._changing:
            self._loaded = loaded = _caught_up(self._loaded or _load())
        return loaded.index

    def forget(self) -> None:
        """Load everything anew at the next search."""
        with self._changing:
            self._loaded = None


_live = LiveLocalIndex()


def live_local_index() -> LiveLocalIndex:
    """The local index of this process."""
    return _live


def _caught_up(loaded: _Loaded) -> _Loaded:
    """With the changes since, from a newer version if there is one. One query when nothing happened."""
    changes = changes_since(loaded.cursor, road=Road.LOCAL)
    # Again until no newer version appears: the log before the newest one may be cut at any time.
    while any(c.kind == IndexChange.Kind.PUBLISHED and c.id > loaded.announced for c in changes):
        loaded = _load()
        changes = changes_since(loaded.cursor, road=Road.LOCAL)
    return _applied(loaded, changes) if changes else loaded


def _load() -> _Loaded:
    """The published version; without one, or when its files are gone, the features of the database."""
    cursor = last_change_id()
    model = active_model(road=Road.LOCAL)
    if model is None:
        return _Loaded(
            local_index_from_database(codec_of_new_features()), None, announced=cursor, cursor=cursor
        )
    try:
        index, cursor = load_local_artifact(model.version, codec=model.descriptor), model.last_change
    except ArtifactError as error:
        logger.error("%s The features are read from the database; 'manage.py build_index' repairs it.", error)
        index = local_index_from_database(codec_of_new_features())
    return _Loaded(index, model.version, announced=model.published_change, cursor=cursor)


def local_index_from_database(codec: Codec) -> VotingIndex:
    """All stored local features of a codec, in memory."""
    index = VotingIndex(codec)
    for ids, rows in stored_local_features(codec=codec.id):
        _add(index, ids, rows)
    return index


def _add(index: VotingIndex, ids: NDArray[np.int64], rows: Sequence[bytes]) -> None:
    """Add images; one whose row is damaged is left out, so that the others can be found."""
    try:
        index.add(ids, rows)
    except ValueError:
        for image_id, row in zip(ids.tolist(), rows, strict=True):
            try:
                index.add([image_id], [row])
            except ValueError as error:
                logger.error("Image %s cannot be found by its details: %s", image_id, error)
                index.remove([image_id])


def _applied(loaded: _Loaded, changes: Sequence[Change]) -> _Loaded:
    """Removed images leave, added ones are read from the database; one that is gone again is not there."""
    codec = loaded.index.codec.id
    last_kind = {c.image_id: c.kind for c in changes if c.descriptor == codec and c.image_id is not None}
    if last_kind:
        added = [image_id for image_id, kind in last_kind.items() if kind == IndexChange.Kind.ADDED]
        ids, rows = packed_of(added, codec=codec)
        _add(loaded.index, ids, rows)
        gone = np.setdiff1d(np.fromiter(last_kind, dtype=np.int64, count=len(last_kind)), ids)
        loaded.index.remove(gone)
    return replace(loaded, cursor=changes[-1].id)
