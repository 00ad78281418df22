"""The client of the feature extraction service, over real sockets on loopback."""

import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from time import monotonic

import numpy as np
import pytest
from pytest_django import Settings

from indexing.extractor_client import (
    NPY,
    DescriptorNotOffered,
    ExtractorAway,
    ExtractorFailed,
    ExtractorWrong,
    PictureRefused,
    extract_features,
    extractor_info,
    forget_extractor,
    known_extractor,
    offered_descriptors,
)
from indexing.patient_http import Patience, Request, drop_connection, exchange
from tests.indexing.fake_extractor import DIM, OTHER, FakeExtractor, fake_vector, reply
from tests.indexing.fake_server import QuietServer, served
from tests.indexing.fixtures import drawing

pytestmark = pytest.mark.enable_socket
BRIEFLY = Patience(silence_s=0.1, answer_s=0.3)


@pytest.fixture
def fake(settings: Settings) -> Iterator[FakeExtractor]:
    extractor = FakeExtractor()
    forget_extractor()
    with served(extractor) as url:
        settings.RECTO_EXTRACTOR_URL = url
        yield extractor
        forget_extractor()


@pytest.fixture
def silent_port(settings: Settings) -> Iterator[socket.socket]:
    """A service that has stopped: the kernel accepts connections, nobody answers them."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        settings.RECTO_EXTRACTOR_URL = f"http://127.0.0.1:{listener.getsockname()[1]}"
        forget_extractor()
        yield listener
        forget_extractor()


def test_info_is_what_the_service_says(fake: FakeExtractor) -> None:
    info = extractor_info()
    assert (info.descriptor, info.dim, info.input_size) == (fake.descriptor, DIM, 64)


def test_one_picture_comes_back_as_one_vector(fake: FakeExtractor) -> None:
    extracted = extract_features([drawing(1)])
    assert extracted.descriptor == fake.descriptor
    assert extracted.vectors.dtype == np.float32
    np.testing.assert_array_equal(extracted.vectors, fake_vector(drawing(1))[np.newaxis])


def test_many_pictures_come_back_in_their_order(fake: FakeExtractor) -> None:
    pictures = [drawing(seed, width=100 + seed) for seed in range(20)]
    expected = np.stack([fake_vector(picture) for picture in pictures])
    np.testing.assert_array_equal(extract_features(pictures).vectors, expected)


def test_a_kept_connection_that_was_closed_is_replaced(fake: FakeExtractor, settings: Settings) -> None:
    port = int(settings.RECTO_EXTRACTOR_URL.rpartition(":")[2])
    extractor_info()
    with served(fake) as other:
        settings.RECTO_EXTRACTOR_URL = other
        extractor_info()
        port = int(other.rpartition(":")[2])
    with served(fake, port=port):
        assert extractor_info(fresh=True).descriptor == fake.descriptor


def test_a_refused_connection_means_away_at_once(settings: Settings) -> None:
    forget_extractor()
    settings.RECTO_EXTRACTOR_URL = "http://127.0.0.1:1"
    started = monotonic()
    with pytest.raises(ExtractorAway, match="cannot be reached") as caught:
        extractor_info()
    assert monotonic() - started < 1
    assert caught.value.retry_after >= 1


def test_a_service_that_has_stopped_is_away_within_two_seconds(silent_port: socket.socket) -> None:
    started = monotonic()
    with pytest.raises(ExtractorAway, match="stopped answering"):
        extractor_info()
    assert monotonic() - started < 2


def test_a_busy_service_is_waited_for(fake: FakeExtractor) -> None:
    extractor_info()
    probed = threading.Event()
    answer = fake.answer

    def slow(path: str, body: bytes, content_type: str) -> object:
        if path == "/health":
            probed.set()
        elif path == "/v1/features":
            assert probed.wait(5)
        return answer(path, body, content_type)

    fake.answer = slow  # type: ignore[assignment, method-assign]
    patience = Patience(silence_s=0.05, answer_s=5)
    assert len(extract_features([drawing(1)], patience=patience).vectors) == 1
    assert probed.is_set()


def test_a_request_over_a_slow_line_is_sent_to_its_end() -> None:
    """Nothing is taken for longer than anybody may be silent, while the service lives."""
    body, probed = bytes(16_000_000), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            probed.set()

        def do_POST(self) -> None:
            assert probed.wait(5)
            self.rfile.read(len(body))
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Silence."""

    with QuietServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        request = Request("POST", "/v1/features", probe="/health", body=body)
        try:
            url = f"http://127.0.0.1:{server.server_address[1]}"
            assert exchange(url, request, Patience(silence_s=0.1, answer_s=10)).status == 200
        finally:
            server.shutdown()
            thread.join()
            drop_connection()


def test_a_service_that_never_ends_is_given_up(fake: FakeExtractor) -> None:
    extractor_info()
    ended = threading.Event()
    answer = fake.answer

    def endless(path: str, body: bytes, content_type: str) -> object:
        if path == "/v1/features":
            ended.wait(5)
        return answer(path, body, content_type)

    fake.answer = endless  # type: ignore[assignment, method-assign]
    with pytest.raises(ExtractorFailed, match=r"within 0\.3 s"):
        extract_features([drawing(1)], patience=BRIEFLY)
    ended.set()


def test_retry_after_is_passed_on(fake: FakeExtractor) -> None:
    extractor_info()
    body = b'{"error": {"code": "busy", "message": "too many pictures are waiting"}}'
    fake.answers["/v1/features"] = reply(body, status=503, retry_after="17")
    with pytest.raises(ExtractorAway, match="too many pictures") as caught:
        extract_features([drawing(1)])
    assert caught.value.retry_after == 17
    assert not isinstance(caught.value, ExtractorFailed)


def test_a_refused_picture_is_not_to_be_sent_again(fake: FakeExtractor) -> None:
    extractor_info()
    fake.answers["/v1/features"] = reply(b'{"error": {"code": "x", "message": "too thin"}}', status=400)
    with pytest.raises(PictureRefused, match="too thin"):
        extract_features([drawing(1)])


def test_a_failure_of_the_service_may_be_the_pictures_fault(fake: FakeExtractor) -> None:
    extractor_info()
    fake.answers["/v1/features"] = reply(b"oops", status=500)
    with pytest.raises(ExtractorFailed):
        extract_features([drawing(1)])


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"descriptor": "x"}', b"\xff"])
def test_an_info_that_cannot_be_read_is_for_the_operator(fake: FakeExtractor, content: bytes) -> None:
    fake.answers["/v1/info"] = reply(content)
    with pytest.raises(ExtractorWrong, match="/v1/info"):
        extractor_info()


def test_vectors_that_cannot_be_read_are_for_the_operator(fake: FakeExtractor) -> None:
    fake.answers["/v1/features"] = reply(b"no vectors", descriptor=fake.descriptor)
    with pytest.raises(ExtractorWrong, match="cannot be read"):
        extract_features([drawing(1)])


def test_vectors_of_an_unnamed_descriptor_are_for_the_operator(fake: FakeExtractor) -> None:
    good = fake.answer("/v1/features", *_npy(drawing(1)))
    fake.answers["/v1/features"] = reply(good.content)
    with pytest.raises(ExtractorWrong, match="no descriptor"):
        extract_features([drawing(1)])


def test_a_changed_descriptor_is_learnt_from_the_answer(fake: FakeExtractor) -> None:
    extractor_info()
    fake.descriptor = "other@11111111"
    assert extract_features([drawing(1)]).descriptor == "other@11111111"
    assert extractor_info().descriptor == "other@11111111"


def test_a_picture_with_nothing_in_it_is_refused(fake: FakeExtractor) -> None:
    content = fake.answer("/v1/features", *_npy(drawing(1))).content
    zeros = content[: -4 * DIM] + bytes(4 * DIM)
    fake.answers["/v1/features"] = reply(zeros, descriptor=fake.descriptor)
    with pytest.raises(PictureRefused, match="nothing to see"):
        extract_features([drawing(1)])


def test_an_address_that_is_none_is_named(settings: Settings) -> None:
    forget_extractor()
    settings.RECTO_EXTRACTOR_URL = "ftp://somewhere"
    with pytest.raises(ExtractorAway, match="ftp://somewhere"):
        extractor_info()


def _npy(pixels: np.ndarray) -> tuple[bytes, str]:
    buffer = io.BytesIO()
    np.save(buffer, pixels)
    return buffer.getvalue(), NPY


# ---- Several descriptors ----------------------------------------------------------------------------------


def test_a_descriptor_on_offer_is_asked_for_by_its_id(fake: FakeExtractor) -> None:
    fake.offers = [OTHER]
    assert extractor_info().descriptor == fake.descriptor
    assert extractor_info(descriptor=OTHER).descriptor == OTHER
    extracted = extract_features([drawing(1), drawing(2)], descriptor=OTHER)
    assert extracted.descriptor == OTHER
    expected = np.stack([fake_vector(drawing(seed), OTHER) for seed in (1, 2)])
    np.testing.assert_array_equal(extracted.vectors, expected)


def test_what_is_offered_since_is_noticed(fake: FakeExtractor) -> None:
    extractor_info()
    fake.offers = [OTHER]
    assert extractor_info(descriptor=OTHER).descriptor == OTHER


def test_a_descriptor_that_is_not_offered_is_for_the_operator(fake: FakeExtractor) -> None:
    with pytest.raises(DescriptorNotOffered, match=f"no weights for {OTHER}; it offers {fake.descriptor}"):
        extract_features([drawing(1)], descriptor=OTHER)


def test_a_descriptor_that_is_no_longer_offered_is_noticed(fake: FakeExtractor) -> None:
    fake.offers = [OTHER]
    extractor_info(descriptor=OTHER)
    fake.offers = []
    with pytest.raises(DescriptorNotOffered, match="not known"):
        extract_features([drawing(1)], descriptor=OTHER)
    assert known_extractor(OTHER) is None


def test_a_service_of_one_descriptor_that_lists_none_is_understood(fake: FakeExtractor) -> None:
    said = {name: value for name, value in fake.info().items() if name != "descriptors"}
    fake.answers["/v1/info"] = reply(json.dumps(said).encode())
    assert [info.descriptor for info in offered_descriptors()] == [fake.descriptor]
