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
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from core.errors import OperatorError, RectoError, TryAgain, UserError
from core.working_for import REQUEST_ID_HEADER, current_request_id
from indexing.figures import EXTRACTOR_FAILURES, EXTRACTOR_SECONDS
from indexing.patient_http import BrokenOff, NoAnswer, Patience, Reply, Request, drop_connection, exchange
from indexing.pictures import shrunk

RETRY_AFTER_S = 5
NPY = "application/x-npy"
UNKNOWN_DESCRIPTOR = "unknown_descriptor"
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


class DescriptorNotOffered(OperatorError):
    """The service has no weights for the descriptor that it was asked for."""


@dataclass(frozen=True)
class ExtractorInfo:
    """What the service says of one of its descriptors; its id `descriptor` names every vector made by it."""

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
FOR_A_LOOK = Patience(silence_s=0.8, answer_s=1.0)


_known: dict[str, tuple[ExtractorInfo, ...]] = {}


def extractor_info(*, descriptor: str | None = None, fresh: bool = False) -> ExtractorInfo:
    """What the service says of a descriptor, by default of its own default.

    Asked once a process, and again when the descriptor was not among those it named. Raises ExtractorAway
    when it was never reached, DescriptorNotOffered when it has no weights for the descriptor.
    """
    for info in offered_descriptors(fresh=fresh):
        if descriptor in (None, info.descriptor):
            return info
    if not fresh:
        return extractor_info(descriptor=descriptor, fresh=True)
    offered = ", ".join(info.descriptor for info in offered_descriptors())
    raise _not_offered(f"it has no weights for {descriptor}; it offers {offered}")


def offered_descriptors(*, fresh: bool = False) -> tuple[ExtractorInfo, ...]:
    """All descriptors that the service can make vectors of, its default first. Raises ExtractorAway."""
    url = settings.RECTO_EXTRACTOR_URL
    if fresh or url not in _known:
        _known[url] = _parse_info(_ask("GET", "/v1/info", patience=FOR_A_VISITOR))
    return _known[url]


def ask_how_it_is() -> ExtractorInfo:
    """Its default descriptor, if its network is loaded and it answers quickly. Raises ExtractorAway."""
    _ask("GET", "/health", patience=FOR_A_LOOK)
    url = settings.RECTO_EXTRACTOR_URL
    _known[url] = _parse_info(_ask("GET", "/v1/info", patience=FOR_A_LOOK))
    return _known[url][0]


def known_extractor(descriptor: str | None = None) -> ExtractorInfo | None:
    """What the service said of a descriptor, or of its default, when it was last asked, without asking it."""
    known = _known.get(settings.RECTO_EXTRACTOR_URL, ())
    return next((info for info in known if descriptor in (None, info.descriptor)), None)


def extract_features(
    pictures: Sequence[NDArray[np.uint8]],
    *,
    descriptor: str | None = None,
    patience: Patience = FOR_A_VISITOR,
) -> Extracted:
    """Vectors of RGB pictures (uint8, (h, w, 3), any sizes), in their order; without a descriptor, those of
    the service's default.

    Raises ExtractorAway (try again), PictureRefused (never again), DescriptorNotOffered or ExtractorWrong
    (the operator must act).
    """
    side = 2 * extractor_info(descriptor=descriptor).input_size
    parts = [_npy(shrunk(picture, side)) for picture in pictures]
    body, content_type = (parts[0], NPY) if len(parts) == 1 else _multipart(parts, NPY)
    headers = {"Content-Type": content_type, "Accept": NPY}
    reply = _ask("POST", _features_path(descriptor), body=body, headers=headers, patience=patience)
    return _parse_features(reply, count=len(pictures), descriptor=descriptor)


def extract_from_files(files: Sequence[bytes], *, descriptor: str) -> Extracted:
    """Vectors of JPEG files, which the service decodes itself, in their order: for measuring. Raises what
    `extract_features` raises."""
    body, content_type = _multipart(files, "image/jpeg")
    headers = {"Content-Type": content_type, "Accept": NPY}
    reply = _ask("POST", _features_path(descriptor), body=body, headers=headers, patience=FOR_A_JOB)
    return _parse_features(reply, count=len(files), descriptor=descriptor)


def _features_path(descriptor: str | None) -> str:
    return "/v1/features" + (f"?{urlencode({'descriptor': descriptor})}" if descriptor else "")


def _not_offered(reason: str) -> DescriptorNotOffered:
    return DescriptorNotOffered(
        "descriptor_not_offered",
        f"The feature extraction service cannot make the vectors that are wanted: {reason}. Give it the "
        "weights again, or change to a descriptor that it offers: 'manage.py change_descriptor'.",
    )


def forget_extractor() -> None:
    """Forget what is known of the service and drop this thread's connection."""
    _known.clear()
    drop_connection()


def _ask(
    method: str, path: str, *, patience: Patience, body: bytes = b"", headers: Mapping[str, str] = NO_HEADERS
) -> Reply:
    """One request and its answer; errors of the service become ours. It is told for which request of ours."""
    known = {REQUEST_ID_HEADER: current_request_id()} if current_request_id() else {}
    request = Request(method, path, probe="/health", body=body, headers={**headers, **known})
    call = path.partition("?")[0]
    with EXTRACTOR_SECONDS.labels(call).time(), EXTRACTOR_FAILURES.labels(call).count_exceptions(RectoError):
        return _answer(request, patience)


def _answer(request: Request, patience: Patience) -> Reply:
    try:
        return _checked(exchange(settings.RECTO_EXTRACTOR_URL, request, patience))
    except BrokenOff as error:
        raise _away(str(error), ExtractorFailed) from error
    except NoAnswer as error:
        raise _away(str(error)) from error


def _checked(reply: Reply) -> Reply:
    if reply.status == 200:
        return reply
    code, message = _error_of(reply)
    if code == UNKNOWN_DESCRIPTOR:
        # It was started anew with other weights.
        _known.clear()
        raise _not_offered(message)
    if reply.status in (429, 503):
        raise _away(message, retry_after=_retry_after(reply))
    if reply.status >= 500:
        raise _away(f"it failed on this request: {message}", ExtractorFailed)
    if reply.status in (400, 413, 415, 422):
        raise PictureRefused("picture_refused", f"The extractor refused the picture: {message}")
    raise ExtractorWrong("extractor_wrong", f"The extractor answered {reply.status}: {message}")


def _error_of(reply: Reply) -> tuple[str, str]:
    """Code and message of an error's body."""
    try:
        error = json.loads(reply.content)["error"]
        return str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):
        return "", f"status {reply.status}"


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


def _parse_info(reply: Reply) -> tuple[ExtractorInfo, ...]:
    try:
        said = json.loads(reply.content)
        default = _parse_descriptor(said)
        others = [_parse_descriptor(each) for each in said.get("descriptors", ())]
    except (ValueError, KeyError, TypeError) as error:
        raise ExtractorWrong(
            "extractor_wrong", f"The extractor's /v1/info cannot be read: {error!r}"
        ) from error
    return (default, *(info for info in others if info.descriptor != default.descriptor))


def _parse_descriptor(said: Mapping[str, Any]) -> ExtractorInfo:
    return ExtractorInfo(
        descriptor=str(said["descriptor"]),
        name=str(said["name"]),
        dim=int(said["dim"]),
        input_size=int(said["input_size"]),
        weights_source=str(said["weights_source"]),
        weights_sha256=str(said["weights_sha256"]),
        version=str(said["version"]),
    )


def _parse_features(reply: Reply, *, count: int, descriptor: str | None) -> Extracted:
    named = reply.headers.get("x-descriptor", "")
    try:
        vectors = np.load(io.BytesIO(reply.content), allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise ExtractorWrong("extractor_wrong", f"The extractor's vectors cannot be read: {error}") from error
    info = extractor_info(descriptor=descriptor)
    if named != info.descriptor and descriptor is None:
        info = extractor_info(fresh=True)
    if named != info.descriptor or vectors.shape != (count, info.dim) or not np.isfinite(vectors).all():
        raise ExtractorWrong(
            "extractor_wrong",
            f"The extractor sent {vectors.shape} vectors of {named or 'no descriptor'}, "
            f"not {(count, info.dim)} finite ones of {info.descriptor}.",
        )
    _check_lengths(vectors)
    return Extracted(named, vectors.astype(np.float32, copy=False))


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


def _multipart(parts: Sequence[bytes], part_type: str) -> tuple[bytes, str]:
    boundary = uuid4().hex
    chunks: list[bytes] = []
    for number, part in enumerate(parts):
        head = (
            f'Content-Disposition: form-data; name="image"; filename="{number}"\r\nContent-Type: {part_type}'
        )
        chunks += [f"--{boundary}\r\n{head}\r\n\r\n".encode(), part, b"\r\n"]
    chunks.append(f"--{boundary}--\r\n".encode())
    return b"".join(chunks), f"multipart/form-data; boundary={boundary}"
