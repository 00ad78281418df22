import hashlib
from pathlib import Path

import pytest

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, VGG16_MAC_LEGACY
from search_model.extractor.choice import Choice, choose
from search_model.extractor.settings import Settings
from search_model.extractor.weights import PublishedFile, WeightsError

CONTENT = b"vgg16"
PUBLISHED = PublishedFile(
    name="vgg16.h5",
    url="https://example.org/vgg16.h5",
    md5=hashlib.md5(CONTENT).hexdigest(),  # noqa: S324
)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "recto-compact.npz"
    path.write_bytes(b"compact")
    return path


def chosen(settings: Settings, shipped: Path) -> Choice:
    return choose(settings, published=PUBLISHED, shipped=shipped)


def put_in_cache(keras_home: Path, content: bytes = CONTENT) -> None:
    (keras_home / "models").mkdir()
    (keras_home / "models" / PUBLISHED.name).write_bytes(content)


def test_auto_without_vgg16_serves_the_shipped_network_and_says_why(tmp_path: Path, shipped: Path) -> None:
    choice = chosen(Settings(keras_home=tmp_path), shipped)
    assert choice.descriptor.id == "recto-compact-gem-192@" + hashlib.sha256(b"compact").hexdigest()[:8]
    assert choice.descriptor.weights_source == "shipped with Recto"
    assert choice.sentence.startswith(f"descriptor {choice.descriptor.id}, weights shipped with Recto")
    assert "VGG16's weights are not in" in choice.sentence
    assert "RECTO_VGG16_DOWNLOAD does not allow" in choice.sentence


def test_auto_with_vgg16_in_the_cache_serves_it(tmp_path: Path, shipped: Path) -> None:
    put_in_cache(tmp_path)
    choice = chosen(Settings(keras_home=tmp_path), shipped)
    assert choice.descriptor.name == VGG16_MAC.name
    assert choice.descriptor.weights_sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert "Keras's cache" in choice.sentence


def test_auto_with_a_wrong_cached_file_stops_instead_of_falling_back(tmp_path: Path, shipped: Path) -> None:
    put_in_cache(tmp_path, b"half of")
    with pytest.raises(WeightsError, match="md5"):
        chosen(Settings(keras_home=tmp_path), shipped)


def test_a_descriptor_asked_for_by_name_is_served(tmp_path: Path, shipped: Path) -> None:
    put_in_cache(tmp_path)
    for name in (VGG16_MAC_LEGACY.name, RECTO_COMPACT.name):
        choice = chosen(Settings(descriptor=name, keras_home=tmp_path), shipped)
        assert choice.descriptor.name == name
        assert choice.reason == "RECTO_DESCRIPTOR names it"


def test_vgg16_asked_for_by_name_without_weights_stops(tmp_path: Path, shipped: Path) -> None:
    with pytest.raises(WeightsError, match="VGG16.s weights are not in .*RECTO_DESCRIPTOR=auto"):
        chosen(Settings(descriptor=VGG16_MAC.name, keras_home=tmp_path), shipped)


def test_the_shipped_network_asked_for_by_name_needs_no_vgg16(tmp_path: Path, shipped: Path) -> None:
    settings = Settings(descriptor=RECTO_COMPACT.name, keras_home=tmp_path, vgg16_weights=tmp_path / "gone.h5")
    assert chosen(settings, shipped).descriptor.name == RECTO_COMPACT.name
