"""One service, several descriptors: each request names the one it wants, networks are loaded when first wanted."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, VGG16_MAC_LEGACY
from search_model.extractor.app import create_app
from search_model.extractor.batching import Run
from search_model.extractor.choice import Choice, Offer, choose, offer
from search_model.extractor.settings import Settings
from search_model.extractor.weights import PublishedFile, WeightsError
from tests.extractor.test_app import FEATURES, SETTINGS, TOY, mean_colour, png, wait_until_ready

PUBLISHED = PublishedFile("vgg16.h5", "https://example.org/vgg16.h5", hashlib.md5(b"vgg").hexdigest())  # noqa: S324
FIRST = TOY.with_weights(source="the first", sha256="1" * 64)
SECOND = TOY.with_weights(source="the second", sha256="2" * 64)
OFFER = Offer(tuple(Choice(descriptor, Path("toy.npz"), "a test") for descriptor in (FIRST, SECOND)))


class Networks:
    """The first answers the mean colour, the second its negative; counts what was loaded."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.broken = ""

    def load(self, choice: Choice, threads: int) -> Run:
        if choice.descriptor.id == self.broken:
            raise ValueError("toy.npz does not hold the network")
        self.loaded.append(choice.descriptor.id)
        return mean_colour if choice.descriptor.id == FIRST.id else lambda batch: -mean_colour(batch)


@pytest.fixture
def networks() -> Networks:
    return Networks()


@pytest.fixture
def client(networks: Networks) -> FlaskClient:
    client = create_app(SETTINGS, OFFER, load=networks.load, on_failure=lambda _: None).test_client()
    wait_until_ready(client)
    return client


def described(client: FlaskClient, descriptor: str | None = None) -> tuple[str, list[float]]:
    query = {} if descriptor is None else {"descriptor": descriptor}
    answer = client.post(FEATURES, data=png((255, 0, 0)), content_type="image/png", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.headers["X-Descriptor"], answer.get_json()["features"][0]


def test_info_lists_all_with_the_default_first(client: FlaskClient) -> None:
    info = client.get("/v1/info").get_json()
    assert info["descriptor"] == FIRST.id
    assert [each["descriptor"] for each in info["descriptors"]] == [FIRST.id, SECOND.id]
    assert [each["loaded"] for each in info["descriptors"]] == [True, False]
    wanted = {"name", "dim", "input_size", "weights_source", "weights_sha256"}
    assert all(wanted <= set(each) for each in info["descriptors"])


def test_each_request_gets_the_descriptor_it_names(client: FlaskClient, networks: Networks) -> None:
    assert described(client) == (FIRST.id, [1, 0, 0])
    assert networks.loaded == [FIRST.id]
    assert described(client, SECOND.id) == (SECOND.id, [-1, 0, 0])
    assert described(client, FIRST.id) == (FIRST.id, [1, 0, 0])
    assert networks.loaded == [FIRST.id, SECOND.id]


def test_many_who_want_a_network_first_load_it_once(client: FlaskClient, networks: Networks) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: described(client, SECOND.id), range(8)))
    assert answers == 8 * [(SECOND.id, [-1, 0, 0])]
    assert networks.loaded == [FIRST.id, SECOND.id]


def test_an_unknown_descriptor_is_a_404_that_lists_the_known(client: FlaskClient) -> None:
    answer = client.post(f"{FEATURES}?descriptor=toy@99999999", data=png((1, 2, 3)), content_type="image/png")
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (404, "unknown_descriptor")
    assert "toy@99999999" in error["message"]
    assert f"{FIRST.id}, {SECOND.id}" in error["message"]


def test_weights_that_prove_wrong_are_no_longer_on_offer(client: FlaskClient, networks: Networks) -> None:
    networks.broken = SECOND.id
    for _ in range(2):
        answer = client.post(f"{FEATURES}?descriptor={SECOND.id}", data=png((1, 2, 3)), content_type="image/png")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_descriptor")
        assert "does not hold the network" in answer.get_json()["error"]["message"]
    assert [each["descriptor"] for each in client.get("/v1/info").get_json()["descriptors"]] == [FIRST.id]
    assert described(client) == (FIRST.id, [1, 0, 0])


def test_another_descriptor_waits_for_the_first_network() -> None:
    may_load = threading.Event()

    def slow(_choice: Choice, _threads: int) -> Run:
        assert may_load.wait(10)
        return mean_colour

    client = create_app(SETTINGS, OFFER, load=slow, on_failure=lambda _: None).test_client()
    answer = client.post(f"{FEATURES}?descriptor={SECOND.id}", data=png((1, 2, 3)), content_type="image/png")
    may_load.set()
    wait_until_ready(client)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "not_ready")


# ---- What is on offer -------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return npz(tmp_path / "shipped.npz", 1)


def npz(path: Path, number: int) -> Path:
    with path.open("wb") as file:
        np.savez(file, tensor=np.full(3, number))
    return path


def compact_id(path: Path) -> str:
    return f"{RECTO_COMPACT.name}@{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


def offered(settings: Settings, shipped: Path) -> Offer:
    return offer(settings, published=PUBLISHED, shipped=shipped)


def test_own_weights_are_offered_beside_the_shipped(tmp_path: Path, shipped: Path) -> None:
    own = npz(tmp_path / "own.npz", 2)
    made = offered(Settings(keras_home=tmp_path, compact_weights=(own, shipped, own)), shipped)
    assert [choice.descriptor.id for choice in made.choices] == [compact_id(shipped), compact_id(own)]
    assert made.choices[1].descriptor.weights_source == "the file own.npz"
    assert f"on request also {compact_id(own)}" in made.sentences


def test_own_weights_are_the_default_when_their_id_is_named(tmp_path: Path, shipped: Path) -> None:
    own = npz(tmp_path / "own.npz", 2)
    settings = Settings(descriptor=compact_id(own), keras_home=tmp_path, compact_weights=(own,))
    made = offered(settings, shipped)
    assert [choice.descriptor.id for choice in made.choices] == [compact_id(own), compact_id(shipped)]


def test_an_id_whose_weights_are_not_here_stops_the_start(tmp_path: Path, shipped: Path) -> None:
    with pytest.raises(WeightsError, match=f"but the weights found here are those of {compact_id(shipped)}"):
        choose(Settings(descriptor=f"{RECTO_COMPACT.name}@00000000", keras_home=tmp_path), shipped=shipped)


def test_vgg16_is_offered_where_its_weights_are(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / PUBLISHED.name).write_bytes(b"vgg")
    made = offered(Settings(descriptor=RECTO_COMPACT.name, keras_home=tmp_path), shipped)
    names = [choice.descriptor.name for choice in made.choices]
    assert names == [RECTO_COMPACT.name, VGG16_MAC.name, VGG16_MAC_LEGACY.name]


def test_wrong_weights_of_another_than_the_default_are_left_out_aloud(tmp_path: Path, shipped: Path) -> None:
    settings = Settings(descriptor=RECTO_COMPACT.name, keras_home=tmp_path, vgg16_weights=tmp_path / "gone.h5")
    made = offered(settings, shipped)
    assert [choice.descriptor.name for choice in made.choices] == [RECTO_COMPACT.name]
    assert "VGG16 cannot be offered: RECTO_VGG16_WEIGHTS names" in made.sentences[-1]


@pytest.mark.parametrize(("content", "sentence"), [(None, "which is no file"), (b"PK junk", "which is no .npz file")])
def test_own_weights_that_are_none_stop_the_start(
    tmp_path: Path, shipped: Path, content: bytes | None, sentence: str
) -> None:
    own = tmp_path / "own.npz"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(WeightsError, match=f"RECTO_COMPACT_WEIGHTS names .*own.npz, {sentence}"):
        offered(Settings(keras_home=tmp_path, compact_weights=(own,)), shipped)
