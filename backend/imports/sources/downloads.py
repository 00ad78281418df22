"""One picture from an address: asked for what is new, continued where it was cut off, and kept as a scan."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from catalog.images import probe, scan_limits
from catalog.scans import KeptScan, no_room
from core.guarded_http import Body, Fetched, FetchRules, Validators, fetch
from core.public_addresses import web_address
from imports.models import FetchedFile
from imports.sources.polite import Manners, Stopped

PICTURES = "image/*, */*;q=0.1"


def manners() -> Manners:
    """The manners that the operator set."""
    return Manners(per_host=settings.RECTO_FETCH_PER_HOST, pause_s=settings.RECTO_FETCH_PAUSE_MS / 1000)


def key_of(url: str) -> str:
    """What an address is known by: addresses may be longer than a database or a file name keeps."""
    return hashlib.sha256(url.encode()).hexdigest()


@dataclass(frozen=True)
class Downloaded:
    """The content in `file`, or None when the server has nothing newer than what was kept before."""

    fetched: Fetched
    file: Path | None


class _ResumableBody(Body):
    """A body on disk, with its version beside it, so that what a killed process had is continued, too."""

    def __init__(self, file: BinaryIO, note: Path, manners: Manners) -> None:
        super().__init__(file, _noted(note))
        self._note, self._manners = note, manners

    def begin(self, validators: Validators) -> None:
        super().begin(validators)
        self._note.write_text(json.dumps(asdict(validators)))

    def write(self, content: bytes) -> None:
        if self._manners.stopped:
            raise Stopped
        super().write(content)


def _noted(note: Path) -> Validators:
    try:
        return Validators(**json.loads(note.read_text()))
    except (OSError, ValueError, TypeError):
        return Validators()


def download(
    url: str,
    into: Path,
    *,
    rules: FetchRules,
    manners: Manners,
    known: Validators | None = None,
    accept: str = "*/*",
) -> Downloaded:
    """Fetch `url` into the folder `into`.

    Raises what `core.guarded_http.fetch` raises, Stopped, or OperatorError when the disk is full.
    """
    host, part = web_address(url).host, into / f"{key_of(url)}.part"
    try:
        into.mkdir(parents=True, exist_ok=True)
        part.touch()
        with part.open("r+b") as file:
            body = _ResumableBody(file, part.with_suffix(".json"), manners)
            fetched = manners.ask(host, lambda: fetch(url, body, rules, known=known, accept=accept))
    except OSError as error:
        raise no_room(error) from error
    return Downloaded(fetched, None if fetched.unchanged else part)


def forget_download(url: str, into: Path) -> None:
    """Remove what was fetched, once it is kept or refused."""
    for ending in (".part", ".json"):
        (into / f"{key_of(url)}{ending}").unlink(missing_ok=True)


def known_file(url: str) -> FetchedFile | None:
    """What was fetched from this address before, if its scan is still there."""
    known = FetchedFile.objects.filter(key=key_of(url)).first()
    if known is None or not (Path(settings.RECTO_DATA_DIR) / known.path).is_file():
        return None
    return known


def kept_before(path: str) -> KeptScan:
    """The scan that an earlier fetch has kept."""
    file = Path(settings.RECTO_DATA_DIR) / path
    info = probe(file, limits=scan_limits())
    return KeptScan(path, file.stem, info.width, info.height, info.format)
