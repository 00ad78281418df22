"""The feature extraction service: the one file that knows its address, timeouts, retries and wire format.

An extractor that is away is noticed within two seconds, one that is merely busy is waited for: when a request
stays unanswered, `/health` is asked on a second connection, and only if that is silent too is the extractor
called away.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import uuid4

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from core.errors import OperatorError, TryAgain, UserError
from indexing.patient_http import BrokenOff, NoAnswer, Patience, Reply, Request, drop_connection, exchange
from indexing.pictures import shrunk

RETRY_AFTER_S = 5
NPY = "application/x-npy"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# float16 and the network's own arithmetic leave a length of 1 within this.
LENGTH_TOLERANCE = 1e-3


class ExtractorAway(TryAgain):
    """The service cannot be reached, is starting, or has stopped answering."""


class ExtractorFailed(ExtractorAway):
    """The service was reached and broke on this very request: after a few times, suspect the pictures."""


class PictureRefused(UserError):
    """The service says that this picture can never be read: do not send it again."""


class ExtractorWrong(OperatorError):
    """The service answers, but not what the contract says."""


@dataclass(frozen=True)
class ExtractorInfo:
    """What the service says of itself; `descriptor` is the id that names every vector it makes."""

    descriptor: str
    name: str
    dim: int
    input_size: int
    weights_source: str
    weights_sha256: str
    version: str


@dataclass(frozen=True)
class Extracted:
    """Vectors, float32 of shape (n, dim) with rows of length 1, and the descriptor that made them."""

    descriptor: str
    vectors: NDArray[np.float32]


FOR_A_VISITOR = Patience(silence_s=0.8, answer_s=20.0)
FOR_A_JOB = Patience(silence_s=5.0, answer_s=180.0)


_known: dict[str, ExtractorInfo] = {}


def extractor_info(*, fresh: bool = False) -> ExtractorInfo:
    """What the service is. Asked once a process and again when an answer names another descriptor.

    Raises ExtractorAway when it was never reached.
    """
    url = settings.RECTO_EXTRACTOR_URL
    if fresh or url not in _known:
        _known[url] = _parse_info(_ask("GET", "/v1/info", patience=FOR_A_VISITOR))
    return _known[url]


def known_extractor() -> ExtractorInfo | None:
    """What the service said when it was last asked, without asking it."""
    return _known.get(settings.RECTO_EXTRACTOR_URL)


def extract_features(
    pictures: Sequence[NDArray[np.uint8]], *, patience: Patience = FOR_A_VISITOR
) -> Extracted:
    """Vectors of RGB pictures (uint8, (h, w, 3), any sizes), in their order.

    Raises ExtractorAway (try again), PictureRefused (never again) or ExtractorWrong (the operator must act).
    """
    side = 2 * extractor_info().input_size
    parts = [_npy(shrunk(picture, side)) for picture in pictures]
    body, content_type = (parts[0], NPY) if len(parts) == 1 else _multipart(parts)
    headers = {"Content-Type": content_type, "Accept": NPY}
    reply = _ask("POST", "/v1/features", body=body, headers=headers, patience=patience)
    return _parse_features(reply, count=len(pictures))


def forget_extractor() -> None:
    """Forget what is known of the service and drop this thread's connection."""
    _known.clear()
    drop_connection()


def _ask(
    method: str, path: str, *, patience: Patience, body: bytes = b"", headers: Mapping[str, str] = NO_HEADERS
) -> Reply:
    """One request and its answer; errors of the service become ours."""
    request = Request(method, path, probe="/health", body=body, headers=headers)
    try:
        return _checked(exchange(settings.RECTO_EXTRACTOR_URL, request, patience))
    except BrokenOff as error:
        raise _away(str(error), ExtractorFailed) from error
    except NoAnswer as error:
        raise _away(str(error)) from error


def _checked(reply: Reply) -> Reply:
    if reply.status == 200:
        return reply
    message = _error_message(reply)
    if reply.status in (429, 503):
        raise _away(message, retry_after=_retry_after(reply))
    if reply.status >= 500:
        raise _away(f"it failed on this request: {message}", ExtractorFailed)
    if reply.status in (400, 413, 415, 422):
        raise PictureRefused("picture_refused", f"The extractor refused the picture: {message}")
    raise ExtractorWrong("extractor_wrong", f"The extractor answered {reply.status}: {message}")


def _error_message(reply: Reply) -> str:
    try:
        return str(json.loads(reply.content)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {reply.status}"


def _retry_after(reply: Reply) -> int:
    value = reply.headers.get("retry-after", "")
    return max(1, int(value)) if value.isdigit() else RETRY_AFTER_S


def _away(
    reason: str, kind: type[ExtractorAway] = ExtractorAway, *, retry_after: int = RETRY_AFTER_S
) -> ExtractorAway:
    return kind(
        "extractor_away",
        f"The feature extraction service is away: {reason.rstrip('.')}. Browsing works; try again soon.",
        retry_after=retry_after,
    )


def _parse_info(reply: Reply) -> ExtractorInfo:
    try:
        said = json.loads(reply.content)
        return ExtractorInfo(
            descriptor=str(said["descriptor"]),
            name=str(said["name"]),
            dim=int(said["dim"]),
            input_size=int(said["input_size"]),
            weights_source=str(said["weights_source"]),
            weights_sha256=str(said["weights_sha256"]),
            version=str(said["version"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ExtractorWrong(
            "extractor_wrong", f"The extractor's /v1/info cannot be read: {error!r}"
        ) from error


def _parse_features(reply: Reply, *, count: int) -> Extracted:
    descriptor = reply.headers.get("x-descriptor", "")
    try:
        vectors = np.load(io.BytesIO(reply.content), allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise ExtractorWrong("extractor_wrong", f"The extractor's vectors cannot be read: {error}") from error
    info = extractor_info()
    if descriptor != info.descriptor:
        info = extractor_info(fresh=True)
    if descriptor != info.descriptor or vectors.shape != (count, info.dim) or not np.isfinite(vectors).all():
        raise ExtractorWrong(
            "extractor_wrong",
            f"The extractor sent {vectors.shape} vectors of {descriptor or 'no descriptor'}, "
            f"not {(count, info.dim)} finite ones of {info.descriptor}.",
        )
    _check_lengths(vectors)
    return Extracted(descriptor, vectors.astype(np.float32, copy=False))


def _check_lengths(vectors: NDArray[np.float32]) -> None:
    """A picture in which the network sees nothing at all has no direction to search in."""
    if (np.abs(np.linalg.norm(vectors, axis=1) - 1) > LENGTH_TOLERANCE).any():
        raise PictureRefused(
            "picture_featureless", "There is nothing to see in the picture. Use another one."
        )


def _npy(picture: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, picture, allow_pickle=False)
    return buffer.getvalue()


def _multipart(parts: Sequence[bytes]) -> tuple[bytes, str]:
    boundary = uuid4().hex
    chunks: list[bytes] = []
    for number, part in enumerate(parts):
        head = f'Content-Disposition: form-data; name="image"; filename="{number}.npy"\r\nContent-Type: {NPY}'
        chunks += [f"--{boundary}\r\n{head}\r\n\r\n".encode(), part, b"\r\n"]
    chunks.append(f"--{boundary}--\r\n".encode())
    return b"".join(chunks), f"multipart/form-data; boundary={boundary}"
