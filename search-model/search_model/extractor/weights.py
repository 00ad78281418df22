"""Finding, fetching and verifying weight files. No Keras here: a wrong file is refused before TensorFlow
starts.
"""

import hashlib
import http.client
import os
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
TIMEOUT_SECONDS = 30


class WeightsError(Exception):
    """Weights that cannot be used; one sentence with the file, what is wrong and what to do."""


@dataclass(frozen=True)
class PublishedFile:
    """A weights file as its publisher describes it. md5 because that is what Keras publishes; it guards
    against accidents, and sha256 is what names the descriptor.

    Attributes:
        name: its file name in the cache.
        url: where it is published.
        md5: hex digest.
        size: bytes, None when it is not known.
    """

    name: str
    url: str
    md5: str
    size: int | None = None


@dataclass(frozen=True)
class Weights:
    """A verified file: its path, where it came from in words for people, and its sha256."""

    path: Path
    source: str
    sha256: str


# keras/src/applications/vgg16.py, WEIGHTS_PATH_NO_TOP
VGG16_NO_TOP = PublishedFile(
    name="vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
    url=(
        "https://storage.googleapis.com/tensorflow/keras-applications/vgg16/"
        "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
    ),
    md5="6d6bbae143d832006294945121d1f1fc",
    size=58_889_256,
)

Opener = Callable[[str], BinaryIO]


def open_url(url: str) -> BinaryIO:
    """Open an http(s) address for reading, with a time limit on every read."""
    if not url.startswith("https://"):
        raise WeightsError(f"{url} is not an https address; weights are fetched over https only")
    response: BinaryIO = urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS)  # noqa: S310 - https, checked above
    return response


def find_weights(
    published: PublishedFile,
    *,
    explicit: Path | None,
    explicit_md5: str | None = None,
    cache: Path,
    may_download: bool,
    opener: Opener = open_url,
) -> Weights | None:
    """The weights file to use: the explicit path, else Keras's cache, else a download into that cache.

    Args:
        published: the file wanted.
        explicit: a path that someone gave; when it is given nothing else is tried.
        explicit_md5: the md5 that the explicit file must have, the published one by default.
        cache: folder of Keras's cached models.
        may_download: whether the network may be used.
        opener: opens an address for reading.

    Returns:
        The verified weights, or None when there are none and a download is not allowed.

    Raises:
        WeightsError: a file is there but wrong, or the download failed.
    """
    if explicit is not None:
        return _explicit_weights(published, explicit, explicit_md5)
    cached = cache / published.name
    if cached.exists():
        remedy = f"delete it, then fetch {published.url} again"
        return _verified(cached, published, source="Keras's cache", remedy=remedy)
    if may_download:
        return download(published, cached, opener=opener)
    return None


def download(published: PublishedFile, target: Path, *, opener: Opener = open_url) -> Weights:
    """Fetch to a temporary file beside the target, verify, rename: an interrupted download leaves no target.

    Raises:
        WeightsError: no network, a truncated or altered answer, or a folder that cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
            temporary = Path(part.name)
            try:
                _fetch(published.url, part, opener)
                source, remedy = f"downloaded from {published.url}", "nothing was kept; try again"
                weights = _verified(temporary, published, source=source, remedy=remedy, called="the download")
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise WeightsError(
            f"{published.name} could not be downloaded from {published.url} ({_reason(error)});"
            f" check the network, or copy the file to {target} by hand, or unset RECTO_VGG16_DOWNLOAD"
            " to use the network Recto ships"
        ) from error
    except OSError as error:
        raise WeightsError(f"{target} cannot be written ({error.strerror}); free or open that folder") from error
    return Weights(path=target, source=weights.source, sha256=weights.sha256)


def shipped_weights(path: Path) -> Weights:
    """The file that comes with Recto.

    Raises:
        WeightsError: it is not there.
    """
    if not path.is_file():
        raise WeightsError(f"{path} is missing, though Recto ships it; check out or install Recto again")
    return Weights(path=path, source="shipped with Recto", sha256=_digest(path, "sha256"))


def own_weights(path: Path) -> Weights:
    """A file that the owner trained with `python -m search_model.training`.

    Raises:
        WeightsError: it is not there, or no file of tensors. (Whether they fit is seen when they are loaded.)
    """
    if not path.is_file():
        raise WeightsError(f"RECTO_COMPACT_WEIGHTS names {path}, which is no file; correct the path or unset it")
    if not zipfile.is_zipfile(path):
        raise WeightsError(
            f"RECTO_COMPACT_WEIGHTS names {path}, which is no .npz file; name one that search_model.training wrote"
        )
    return Weights(path=path, source=f"the file {path.name}", sha256=_digest(path, "sha256"))


def _explicit_weights(published: PublishedFile, path: Path, md5: str | None) -> Weights:
    if not path.is_file():
        raise WeightsError(f"RECTO_VGG16_WEIGHTS names {path}, which is no file; correct the path or unset it")
    wanted = published if md5 is None else PublishedFile(path.name, published.url, md5.lower())
    remedy = f"name the file of {published.url}, or give the md5 of your own in RECTO_VGG16_MD5"
    return _verified(path, wanted, source=f"the file {path.name}", remedy=remedy)


def _verified(path: Path, published: PublishedFile, *, source: str, remedy: str, called: str | None = None) -> Weights:
    """The file as `Weights` once its length and md5 are right; errors call it by its path, or by `called`."""
    name, size = called or path, path.stat().st_size
    if published.size is not None and size < published.size:
        raise WeightsError(f"{name} is truncated: it has {size:,} of {published.size:,} bytes; {remedy}")
    found = _digest(path, "md5")
    if found != published.md5:
        raise WeightsError(f"{name} is not {published.name}: its md5 is {found}, not {published.md5}; {remedy}")
    return Weights(path=path, source=source, sha256=_digest(path, "sha256"))


def _fetch(url: str, part: "tempfile._TemporaryFileWrapper[bytes]", opener: Opener) -> None:
    with opener(url) as answer:
        while chunk := answer.read(CHUNK):
            part.write(chunk)
    part.flush()
    os.fsync(part.fileno())


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.new(algorithm, usedforsecurity=False))
        return digest.hexdigest()


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error or type(error).__name__)
