"""A feature extraction service in memory: the wire format of the real one, and no socket below it.

Its vectors are the picture shrunk to 6 x 6, so that pictures that look alike have vectors that are alike.
Another descriptor than the first has them turned round, end to start.
"""

import io
import json
from collections.abc import Mapping
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import cv2
import numpy as np
from numpy.typing import NDArray

from indexing.patient_http import NoAnswer, Patience, Reply, Request

SIDE = 6
DIM = SIDE * SIDE * 3


FAKE = "fake-mean@0000abcd"
OTHER = "other@11111111"


class FakeExtractor:
    """Set `away` to make it disappear, `answers` to make it answer something else, `offers` to have it serve
    more than its default `descriptor`."""

    def __init__(self) -> None:
        self.descriptor = FAKE
        self.offers: list[str] = []
        self.away = False
        self.answers: dict[str, Reply] = {}
        self.requests: list[str] = []
        self.told: list[Mapping[str, str]] = []  # the headers of each request
        self.sizes: list[tuple[int, ...]] = []
        self.breaks_on: set[tuple[int, ...]] = set()

    def exchange(self, url: str, request: Request, patience: Patience) -> Reply:
        """Stands in for `patient_http.exchange`."""
        if self.away:
            raise NoAnswer("it cannot be reached (ConnectionRefusedError)")
        self.told.append(request.headers)
        return self.answer(request.path, request.body, request.headers.get("Content-Type", ""))

    def answer(self, path: str, body: bytes, content_type: str) -> Reply:
        """What the service says."""
        self.requests.append(path)
        address = urlsplit(path)
        if address.path in self.answers:
            return self.answers[address.path]
        if address.path == "/health":
            return reply(b'{"status": "ready"}')
        if address.path == "/v1/info":
            return reply(json.dumps(self.info()).encode())
        wanted = parse_qs(address.query).get("descriptor", [self.descriptor])[0]
        return self._features(_pictures(body, content_type), wanted)

    def info(self) -> dict[str, Any]:
        facts = [self._facts(descriptor) for descriptor in self._on_offer()]
        return {**facts[0], "descriptors": facts}

    def _on_offer(self) -> list[str]:
        return [self.descriptor, *(each for each in self.offers if each != self.descriptor)]

    def _facts(self, descriptor: str) -> dict[str, Any]:
        return {
            "descriptor": descriptor,
            "name": descriptor.partition("@")[0],
            "dim": DIM,
            "input_size": 64,
            "weights_source": "made by the tests",
            "weights_sha256": "0000abcd" * 8,
            "version": "1",
        }

    def _features(self, pictures: list[NDArray[np.uint8]], descriptor: str) -> Reply:
        if descriptor not in self._on_offer():
            return reply(b'{"error": {"code": "unknown_descriptor", "message": "not known"}}', status=404)
        self.sizes += [picture.shape for picture in pictures]
        if any(picture.shape in self.breaks_on for picture in pictures):
            return reply(b'{"error": {"code": "oops", "message": "out of memory"}}', status=500)
        buffer = io.BytesIO()
        np.save(buffer, np.stack([fake_vector(picture, descriptor) for picture in pictures]))
        return reply(buffer.getvalue(), descriptor=descriptor)


def fake_vector(picture: NDArray[np.uint8], descriptor: str = FAKE) -> NDArray[np.float32]:
    """The vector of a picture, float32 of shape (108,) and length 1."""
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32).ravel() - 127.5
    turned = small if descriptor == FAKE else small[::-1]
    return np.asarray(turned / np.linalg.norm(turned), dtype=np.float32)


def reply(content: bytes, *, status: int = 200, descriptor: str = "", **headers: str) -> Reply:
    """An answer of the service."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"x-descriptor": descriptor, **named}, content)


def _pictures(body: bytes, content_type: str) -> list[NDArray[np.uint8]]:
    if not content_type.startswith("multipart/"):
        return [_picture(body)]
    message = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [_picture(part) for part in parts if isinstance(part, bytes)]


def _picture(part: bytes) -> NDArray[np.uint8]:
    """Of an array as the backend sends them, or of a file."""
    if part.startswith(b"\x93NUMPY"):
        array: NDArray[np.uint8] = np.load(io.BytesIO(part), allow_pickle=False)
        return array
    bgr = np.asarray(cv2.imdecode(np.frombuffer(part, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)
    return bgr[..., ::-1]
