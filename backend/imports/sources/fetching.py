"""Fetching the pictures of an import: several at a time, each given to its record as soon as it is here."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings
from django.db import transaction

from catalog.scans import KeptScan, keep_scan, keeping_scans
from core.errors import OperatorError, RectoError
from core.fetch_rules import operators_rules
from core.guarded_http import Validators
from core.jobs import JobMadeWay
from core.sentences import say
from imports.issues import storable
from imports.models import FetchedFile, ImportImage, ImportRun
from imports.picture import Picture
from imports.progress import Progress
from imports.sources.downloads import (
    PICTURES,
    download,
    forget_download,
    kept_before,
    key_of,
    known_file,
    manners,
)
from imports.sources.findings import Finding
from imports.sources.giving import give_pictures
from imports.sources.polite import Stopped
from imports.sources.preparing import failed, store_found
from imports.sources.unwanted import Unwanted
from imports.uploads import imports_folder

THREADS = 8
AHEAD = 32  # pictures that are asked for, or wait for their turn, at any time
MOMENT_S = 5.0  # what is on its way may take so long when another job waits
LOOK_EVERY_S = 1.0  # how soon a cancelled job is noticed
State = ImportImage.State


@dataclass(frozen=True)
class _Fetched:
    """What came of an address; `known` is what was kept of it before."""

    scan: KeptScan
    validators: Validators


@dataclass
class FetchingPictures:
    """One job over one run. Only the calling thread talks to the database."""

    run: ImportRun
    progress: Progress
    _done: int = 0
    _total: int = 0
    _asked: dict[Future[_Fetched], ImportImage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._manners = manners()
        self._rules = operators_rules(settings.RECTO_SCAN_MAX_BYTES)
        self._folder = imports_folder() / str(self.run.pk) / "fetched"
        self._unwanted = Unwanted(self.run, None)

    def fetch_all(self) -> None:
        """Fetch what waits. What fails is written down and does not stop the rest."""
        waiting = self.run.images.filter(state=State.WAITING).order_by("pk")
        left = iter(list(waiting.values_list("pk", flat=True)))
        self._total = self.run.images.count()
        self._done = self._total - waiting.count()
        self._say()
        # Until the last row is written: what the threads keep is named by nobody before.
        with keeping_scans(), ThreadPoolExecutor(THREADS, "fetch-picture") as threads:
            try:
                while self._ask(threads, left) or self._asked:
                    arrived, _ = wait(self._asked, timeout=LOOK_EVERY_S, return_when=FIRST_COMPLETED)
                    self._take(arrived)
                    self._say()
            except JobMadeWay:
                self._take_begun()
                raise
            finally:
                self._manners.stop()
                threads.shutdown(wait=True, cancel_futures=True)

    def _say(self) -> None:
        self.progress(self._done, self._total, say("steps.fetching", "Fetching pictures"))

    def _ask(self, threads: ThreadPoolExecutor, left: Iterator[int]) -> bool:
        """Have threads ask for the next pictures, as many as there is room for."""
        row_ids = list(islice(left, AHEAD - len(self._asked)))
        for row in ImportImage.objects.filter(pk__in=row_ids, state=State.WAITING).order_by("pk"):
            known = known_file(row.location)
            self._asked[threads.submit(self._fetch, row.location, known)] = row
        return bool(row_ids)

    def _fetch(self, url: str, known: FetchedFile | None) -> _Fetched:
        """In a thread: fetched, found to be a whole picture, and kept."""
        before = Validators(known.etag, known.last_modified) if known else None
        downloaded = download(
            url, self._folder, rules=self._rules, manners=self._manners, known=before, accept=PICTURES
        )
        if downloaded.file is not None:
            scan = keep_scan(downloaded.file)
        else:
            assert known is not None
            scan = kept_before(known.path)
        return _Fetched(scan, downloaded.fetched.validators)

    def _take_begun(self) -> None:
        """Ask for nothing more, and wait a moment for what is on its way; the rest is for the next turn."""
        self._manners.close()
        begun = [future for future in self._asked if not future.cancel()]
        arrived, _ = wait(begun, timeout=MOMENT_S)
        self._take(future for future in arrived if not isinstance(future.exception(), Stopped))

    def _take(self, arrived: Iterable[Future[_Fetched]]) -> None:
        """Write down what has arrived, and give it to its records, in one transaction."""
        found = [(self._asked.pop(future), _outcome(future)) for future in arrived]
        if not found:
            return
        with transaction.atomic():
            store_found(
                self.run,
                [(row, _picture(row, one) if isinstance(one, _Fetched) else one) for row, one in found],
                self._unwanted,
            )
            _remember([(row.location, one) for row, one in found if isinstance(one, _Fetched)])
            give_pictures(self.run, {row.record_id for row, _ in found})
        for row, _ in found:
            if row.state != State.FAILED or not row.retryable:
                forget_download(row.location, self._folder)
        self._done += len(found)


def _outcome(future: Future[_Fetched]) -> _Fetched | Finding:
    """What a thread brought. A full disk ends the job, for it would end every picture."""
    try:
        return future.result()
    except OperatorError:
        raise
    except RectoError as error:
        return failed(error)


def _picture(row: ImportImage, fetched: _Fetched) -> Picture:
    scan = fetched.scan
    return Picture(storable(row.location), scan.path, scan.sha256, scan.width, scan.height, scan.format)


def _remember(found: Iterable[tuple[str, _Fetched]]) -> None:
    """What the servers said of the versions, for the next time."""
    for url, fetched in found:
        FetchedFile.objects.update_or_create(
            key=key_of(url),
            defaults={
                "url": url,
                "etag": storable(fetched.validators.etag),
                "last_modified": storable(fetched.validators.last_modified),
                "path": fetched.scan.path,
            },
        )
