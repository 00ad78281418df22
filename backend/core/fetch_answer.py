"""Judging the head of an HTTP answer, and writing its content within the limits."""

import http.client
import re
import zlib
from collections.abc import Iterator
from email.message import Message
from time import monotonic

from core.fetch_rules import Body, Fetched, FetchRefused, FetchRules, Validators
from core.pinned_http import FetchFailed
from core.public_addresses import WebAddress
from core.sentences import say

CHUNK = 64 * 1024
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_RETRY_AFTER = 86_400.0


class Answer:
    """An answer that is no redirect: its head judged, its content written within the limits."""

    def __init__(self, address: WebAddress, response: http.client.HTTPResponse, rules: FetchRules) -> None:
        self._address, self._response, self._rules = address, response, rules
        self._headers = response.headers

    def into(self, body: Body, known: Validators | None) -> Fetched:
        if self._response.status == 304 and known:
            return Fetched(self._address.url, 0, known, unchanged=True)
        offset = self._offset(body)
        self._check_status(body)
        coding = self._headers.get("Content-Encoding", "identity").strip().lower() or "identity"
        if coding not in ("identity", "gzip", "x-gzip"):
            raise FetchRefused(
                "fetch_encoding",
                say(
                    "fetch_encoding",
                    f"The content is packed as {coding!r}, which was not asked for.",
                    coding=coding,
                ),
            )
        declared = self._declared_length(offset)
        offset = 0 if coding != "identity" else offset
        body.begin(self._validators() if coding == "identity" else Validators())
        body.file.seek(offset)
        body.file.truncate()
        received = self._write(body, offset, packed=coding != "identity")
        if declared is not None and received < declared:
            message = say(
                "fetch_cut_off",
                f"{received:,} of {declared:,} bytes came, then the connection ended.",
                received=received,
                declared=declared,
            )
            raise FetchFailed("fetch_cut_off", message)
        return Fetched(self._address.url, body.file.tell(), body.validators)

    def _validators(self) -> Validators:
        headers = self._headers
        return Validators(headers.get("ETag", ""), headers.get("Last-Modified", "")[:100])

    def _offset(self, body: Body) -> int:
        """From which byte on the content comes: 0, or for a 206 the end of what is there."""
        if self._response.status != 206:
            return 0
        have = body.file.seek(0, 2)
        part = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", self._headers.get("Content-Range", ""))
        if have and part and int(part[1]) == have and part[3] in ("*", str(int(part[2]) + 1)):
            return have
        body.validators = Validators()
        raise FetchFailed(
            "fetch_wrong_range", say("fetch_wrong_range", "The server sent another part than was asked for.")
        )

    def _check_status(self, body: Body) -> None:
        status = self._response.status
        if status in (200, 206):
            return
        if status == 416:  # what is there is no beginning of what the server has now
            body.validators = Validators()
            message = say("fetch_changed", "The file on the server has changed meanwhile.")
            raise FetchFailed("fetch_wrong_range", message)
        place = self._address.place
        found = f"{place} answers {status} {self._response.reason}".rstrip()
        if status == 410:
            raise FetchRefused("fetch_gone", say("fetch_gone", f"{found}: it is gone for good.", place=place))
        pause = _retry_after(self._headers)
        message = say("fetch_status", f"{found}.", place=place, status=str(status))
        raise FetchFailed(f"fetch_status_{status}", message, retry_after=pause, soon=status in _LATER)

    def _declared_length(self, offset: int) -> int | None:
        """Content-Length, or None. Raises FetchRefused when it is nonsense or beyond the limit."""
        values = {value.strip() for value in self._headers.get_all("Content-Length", [])}
        if not values or self._response.chunked:
            return None
        text = values.pop()
        if values or not (text.isascii() and text.isdigit()):
            raise FetchRefused(
                "fetch_wrong_length", "The answer says in two ways, or in none, how long it is."
            )
        if offset + int(text) > self._rules.max_bytes:
            raise self._too_large(int(text))
        return int(text)

    def _too_large(self, size: int | None = None) -> FetchRefused:
        limit = self._rules.max_bytes / 1e6
        found = f"The file has {size / 1e6:,.1f} MB" if size else "The file does not end"
        message = say("fetch_too_large", f"{found}; the limit is {limit:g} MB.", limit=limit)
        return FetchRefused("fetch_too_large", message)

    def _write(self, body: Body, offset: int, *, packed: bool) -> int:
        """Write the content; returns the bytes that came over the line."""
        received, written = 0, offset
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
        for chunk in self._chunks():
            received += len(chunk)
            room = self._rules.max_bytes - written + 1
            content = unpack.decompress(chunk, room) if unpack else chunk
            written += len(content)
            if written > self._rules.max_bytes or received > self._rules.max_bytes:
                raise self._too_large()
            body.write(content)
        if unpack and not unpack.eof:
            raise FetchFailed(
                "fetch_cut_off", say("fetch_pack_cut_off", "The packed content is not complete.")
            )
        return received

    def _chunks(self) -> Iterator[bytes]:
        """The content piece by piece, as long as it comes fast enough."""
        window_begins, in_window = monotonic(), 0
        while chunk := self._response.read1(CHUNK):
            yield chunk
            in_window += len(chunk)
            seconds = monotonic() - window_begins
            if seconds >= self._rules.slow_window_s:
                if in_window < self._rules.slowest * seconds:
                    found = f"Only {in_window / seconds:.0f} bytes a second come"
                    message = say(
                        "fetch_too_slow",
                        f"{found}; the limit is {self._rules.slowest}.",
                        bytes=round(in_window / seconds),
                        limit=self._rules.slowest,
                    )
                    raise FetchFailed("fetch_too_slow", message)
                window_begins, in_window = monotonic(), 0


def _retry_after(headers: Message) -> float:
    """The seconds of Retry-After; a date counts as one minute, for clocks differ."""
    text = (headers.get("Retry-After") or "").strip()
    if not text:
        return 0.0
    return min(float(text), _LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() else 60.0
