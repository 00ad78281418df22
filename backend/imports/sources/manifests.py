"""Walking through IIIF collections to their manifests, a bounded number of them, one after the other."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import OperatorError, RectoError, UserError
from core.guarded_http import FetchRules
from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.progress import Progress
from imports.sources.downloads import download, forget_download, key_of
from imports.sources.iiif import Collection, Manifest, read_document
from imports.sources.polite import Manners

READING = say("steps.reading_manifests", "Reading manifests")
MAX_BYTES = 30_000_000  # of one manifest: the longest known, of newspapers, have half of that
DEEPEST = 8  # collections in collections
JSON = "application/ld+json, application/json"


@dataclass
class ManifestWalk:
    """Fetches what a first address leads to. `issues` are what was broken, or was one too many.

    What was read lies in `folder`, so that a walk that is cut short goes on where it was; whoever begins a
    new one removes it.
    """

    folder: Path
    rules: FetchRules
    manners: Manners
    most: int
    progress: Progress
    issues: list[Issue] = field(default_factory=list)
    first_is_collection: bool = False
    _seen: set[str] = field(default_factory=set)

    def manifests(self, url: str) -> Iterator[Manifest]:
        """The manifests in the order of the lists. A broken one is an issue, not an error."""
        waiting = deque([(url, 0)])
        done = 0
        while waiting:
            address, depth = waiting.popleft()
            if address in self._seen:
                continue
            if done >= self.most:
                self._say_too_many(len(waiting) + 1)
                return
            self._seen.add(address)
            document = self._document(address)
            if isinstance(document, Collection):
                self.first_is_collection |= address == url
                self._queue(document, depth, waiting)
            elif document is not None:
                done += 1
                self.issues += [_issue(address, "iiif_incomplete", problem) for problem in document.problems]
                yield document
            manifests = len(waiting) + done
            self.progress(done, min(manifests, self.most), READING)

    def _queue(self, collection: Collection, depth: int, waiting: deque[tuple[str, int]]) -> None:
        """The members of a list come before what stands after the list."""
        if depth >= DEEPEST:
            reason = say(
                "iiif_too_deep",
                f"collections lie more than {DEEPEST} deep in each other; this one is not opened",
                limit=DEEPEST,
            )
            self.issues.append(_issue(collection.id, "iiif_too_deep", reason))
            return
        if not collection.members:
            self.issues.append(
                _issue(collection.id, "iiif_incomplete", say("iiif_empty", "the collection lists nothing"))
            )
        waiting.extendleft(reversed([(member, depth + 1) for member, _ in collection.members]))

    def _document(self, url: str) -> Manifest | Collection | None:
        try:
            return read_document(self._fetched(url), url=url)
        except OperatorError:
            raise
        except RectoError as error:
            self.issues.append(_issue(url, error.code, error.sentence))
        except RecursionError:
            self.issues.append(
                _issue(url, "iiif_not_json", say("iiif_nested_too_deeply", "The JSON is nested too deeply."))
            )
        return None

    def _fetched(self, url: str) -> Any:
        kept = self.folder / f"{key_of(url)}.kept"
        if not kept.is_file():
            forget_download(url, self.folder)  # half of one, of an earlier attempt: manifests are small
            downloaded = download(url, self.folder, rules=self.rules, manners=self.manners, accept=JSON)
            assert downloaded.file is not None
            downloaded.file.replace(kept)
        try:
            return json.loads(kept.read_bytes())
        except ValueError as error:
            message = f"What is there is no JSON ({error})."
            raise UserError("iiif_not_json", say("iiif_not_json", message)) from error

    def _say_too_many(self, left: int) -> None:
        found = f"{left:,} or more manifests are left out; the limit is {self.most:,} of one import"
        remedy = "give the address of a smaller collection, or have RECTO_IIIF_MAX_MANIFESTS raised"
        reason = say("iiif_too_many_manifests", f"{found}; {remedy}", left=left, limit=self.most)
        self.issues.append(_issue("", "iiif_too_many_manifests", reason))


def _issue(url: str, code: str, reason: str) -> Issue:
    return make_issue(Source(url), code, reason, value=url, left_out=True)
