"""The HTTP contract, with a network that returns the mean colour's direction instead of features."""

import io
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from numpy.typing import NDArray
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from search_model.descriptors import Descriptor
from search_model.extractor.app import create_app
from search_model.extractor.batching import Run
from search_model.extractor.choice import Choice, Offer
from search_model.extractor.settings import Settings

TOY = Descriptor(
    name="toy",
    version=2,
    input_size=8,
    preprocessing="squash-unit",
    pooling="mean",
    dim=3,
    weights_source="a test",
    weights_sha256="12345678" + 56 * "0",
)
CHOICE = Choice(descriptor=TOY, weights_path=Path("toy.npz"), reason="the test says so")
SETTINGS = Settings(max_bytes=20_000, max_pixels=10_000, max_images=3)
FEATURES = "/v1/features"
NPY = {"Accept": "application/x-npy"}


def mean_colour(batch: NDArray[np.float32]) -> NDArray[np.float32]:
    means = batch.mean(axis=(1, 2))
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 0)


def started(load: Callable[[Choice, int], Run], settings: Settings = SETTINGS) -> FlaskClient:
    app = create_app(settings, Offer((CHOICE,)), load=load, on_failure=lambda _: None)
    return app.test_client()


@pytest.fixture
def client() -> Iterator[FlaskClient]:
    made = started(lambda _choice, _threads: mean_colour)
    wait_until_ready(made)
    return made


def wait_until_ready(client: FlaskClient) -> None:
    for _ in range(1000):
        if client.application.extensions["service"].ready:
            return
        threading.Event().wait(0.002)
    raise AssertionError("the service never became ready")


def png(colour: tuple[int, int, int], size: tuple[int, int] = (5, 4)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def npy(colour: tuple[int, int, int]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.full((4, 5, 3), colour, dtype=np.uint8))
    return buffer.getvalue()


def part(body: bytes, content_type: str) -> tuple[io.BytesIO, str, str]:
    return io.BytesIO(body), "a name", content_type


def test_info_names_the_descriptor_and_its_weights(client: FlaskClient) -> None:
    info = client.get("/v1/info").get_json()
    assert info["descriptor"] == "toy@12345678"
    assert (info["name"], info["dim"], info["input_size"], info["version"]) == ("toy", 3, 8, 2)
    assert (info["weights_source"], info["weights_sha256"]) == ("a test", TOY.weights_sha256)
    assert info["reason"] == "the test says so"
    assert info["limits"] == {"max_bytes": 20_000, "max_pixels": 10_000, "max_images": 3}


def test_health_when_ready(client: FlaskClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.get_json()) == (200, {"status": "ready"})


@pytest.mark.parametrize(
    ("body", "content_type"), [(png((255, 0, 0)), "image/png"), (npy((255, 0, 0)), "application/x-npy")]
)
def test_one_picture_as_the_body(client: FlaskClient, body: bytes, content_type: str) -> None:
    response = client.post(FEATURES, data=body, content_type=content_type)
    assert response.status_code == 200
    assert response.headers["X-Descriptor"] == "toy@12345678"
    assert response.get_json() == {"descriptor": "toy@12345678", "dim": 3, "features": [[1.0, 0.0, 0.0]]}


def test_many_pictures_as_multipart_keep_their_order(client: FlaskClient) -> None:
    parts = [
        part(npy((0, 255, 0)), "application/x-npy"),
        part(png((255, 0, 0)), "image/png"),
        part(npy((0, 0, 255)), "application/x-npy"),
    ]
    response = client.post(FEATURES, data={"image": parts}, headers=NPY)
    made = np.load(io.BytesIO(response.data))
    assert response.mimetype == "application/x-npy"
    assert response.headers["X-Descriptor"] == "toy@12345678"
    assert made.dtype == np.float32
    assert made.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]


def test_a_photograph_never_reaches_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two views of one, as the search sends them for a descriptor that looks at 448 pixels."""

    def written(*_: object) -> None:
        raise AssertionError("a part of the request was written to a file")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", written)
    client = started(lambda _choice, _threads: mean_colour, Settings())
    wait_until_ready(client)
    view = io.BytesIO()
    np.save(view, np.full((448, 448, 3), 200, dtype=np.uint8))
    files = [FileStorage(io.BytesIO(view.getvalue()), "a name", content_type="application/x-npy") for _ in range(2)]
    boundary, body = encode_multipart(MultiDict(("image", one) for one in files))
    response = client.post(FEATURES, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"", "image/png", 400, "broken_image"),
        (b"junk", "application/x-npy", 400, "broken_image"),
        (b"{}", "application/json", 400, "unsupported_type"),
        (png((9, 9, 9), size=(101, 100)), "image/png", 413, "image_too_large"),
        (b"x" * 20_001, "image/png", 413, "request_too_large"),
        (npy((0, 0, 0)), "application/x-npy", 400, "no_features"),
    ],
)
def test_a_picture_that_cannot_be_taken(
    client: FlaskClient, body: bytes, content_type: str, status: int, code: str
) -> None:
    response = client.post(FEATURES, data=body, content_type=content_type)
    assert response.status_code == status
    error = response.get_json()["error"]
    assert error["code"] == code
    assert error["message"]


def test_too_many_pictures(client: FlaskClient) -> None:
    parts = [part(png((1, 2, 3)), "image/png") for _ in range(4)]
    response = client.post(FEATURES, data={"image": parts})
    assert response.status_code == 413
    assert response.get_json()["error"]["code"] == "too_many_images"


def test_a_multipart_without_pictures(client: FlaskClient) -> None:
    response = client.post(FEATURES, data={"note": "hello"}, content_type="multipart/form-data")
    assert (response.status_code, response.get_json()["error"]["code"]) == (400, "no_image")


def test_a_part_of_another_name(client: FlaskClient) -> None:
    response = client.post(FEATURES, data={"picture": part(png((1, 2, 3)), "image/png")})
    assert (response.status_code, response.get_json()["error"]["code"]) == (400, "unknown_field")


@pytest.mark.parametrize(("method", "path", "status"), [("get", FEATURES, 405), ("get", "/v2", 404)])
def test_http_errors_have_the_same_body(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert set(response.get_json()["error"]) == {"code", "message"}


def test_until_the_network_is_loaded_only_info_answers() -> None:
    may_load = threading.Event()

    def slow(_choice: Choice, _threads: int) -> Run:
        assert may_load.wait(10)
        return mean_colour

    client = started(slow)
    for response in (client.get("/health"), client.post(FEATURES, data=png((1, 2, 3)), content_type="image/png")):
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "2"
        assert response.get_json()["error"]["code"] == "not_ready"
    assert client.get("/v1/info").status_code == 200
    may_load.set()
    wait_until_ready(client)


def test_too_many_waiting_pictures_are_a_503() -> None:
    client = started(lambda _choice, _threads: mean_colour, Settings(max_waiting=1))
    wait_until_ready(client)
    service = client.application.extensions["service"]
    blocked = threading.Event()

    def hold(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        assert blocked.wait(10)
        return mean_colour(batch)

    service.default._batcher._run = hold
    parts = [part(png((1, 2, 3)), "image/png") for _ in range(5)]
    response = client.post(FEATURES, data={"image": parts})
    blocked.set()
    assert (response.status_code, response.get_json()["error"]["code"]) == (503, "busy")
    assert response.headers["Retry-After"] == "2"


def test_a_network_that_cannot_be_loaded_is_reported() -> None:
    failures: list[Exception] = []

    def broken(_choice: Choice, _threads: int) -> Run:
        raise ValueError("toy.npz does not hold the network")

    app = create_app(SETTINGS, Offer((CHOICE,)), load=broken, on_failure=failures.append)
    for _ in range(1000):
        if failures:
            break
        threading.Event().wait(0.002)
    assert [str(error) for error in failures] == ["toy.npz does not hold the network"]
    assert app.test_client().get("/health").status_code == 503
