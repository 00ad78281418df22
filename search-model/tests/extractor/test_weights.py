import hashlib
import io
import urllib.error
from pathlib import Path
from typing import BinaryIO

import pytest

from search_model.extractor.weights import (
    VGG16_NO_TOP,
    PublishedFile,
    WeightsError,
    download,
    find_weights,
    open_url,
    shipped_weights,
)

CONTENT = b"the weights" * 1000
PUBLISHED = PublishedFile(
    name="vgg16.h5",
    url="https://example.org/vgg16.h5",
    md5=hashlib.md5(CONTENT).hexdigest(),  # noqa: S324
    size=len(CONTENT),
)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def serving(content: bytes):
    def open_it(url: str) -> BinaryIO:
        assert url == PUBLISHED.url
        return io.BytesIO(content)

    return open_it


def no_network(url: str) -> BinaryIO:
    raise urllib.error.URLError(OSError(-3, "Temporary failure in name resolution"))


def never(url: str) -> BinaryIO:
    raise AssertionError("the network must not be used")


def find(cache: Path, *, explicit: Path | None = None, may_download: bool = False, opener=never, md5=None):
    return find_weights(
        PUBLISHED,
        explicit=explicit,
        explicit_md5=md5,
        cache=cache,
        may_download=may_download,
        opener=opener,
    )


def is_one_sentence(error: WeightsError) -> bool:
    return "\n" not in str(error) and len(str(error)) < 450


def test_keras_published_file_is_the_one_of_the_design() -> None:
    assert VGG16_NO_TOP.md5 == "6d6bbae143d832006294945121d1f1fc"
    assert VGG16_NO_TOP.url.endswith("/" + VGG16_NO_TOP.name)
    assert VGG16_NO_TOP.name == "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"


def test_the_explicit_file_comes_first(tmp_path: Path) -> None:
    (tmp_path / "mine.h5").write_bytes(CONTENT)
    (tmp_path / PUBLISHED.name).write_bytes(b"not looked at")
    found = find(tmp_path, explicit=tmp_path / "mine.h5", may_download=True)
    assert found is not None
    assert (found.path.name, found.source, found.sha256) == ("mine.h5", "the file mine.h5", SHA256)


def test_the_cache_comes_before_the_network(tmp_path: Path) -> None:
    (tmp_path / PUBLISHED.name).write_bytes(CONTENT)
    found = find(tmp_path, may_download=True)
    assert found is not None
    assert (found.path, found.source, found.sha256) == (tmp_path / PUBLISHED.name, "Keras's cache", SHA256)


def test_nothing_is_fetched_unless_it_is_allowed(tmp_path: Path) -> None:
    assert find(tmp_path) is None


def test_a_download_goes_into_the_cache(tmp_path: Path) -> None:
    cache = tmp_path / "new" / "models"
    found = find(cache, may_download=True, opener=serving(CONTENT))
    assert found is not None
    assert found.path == cache / PUBLISHED.name
    assert found.path.read_bytes() == CONTENT
    assert found.sha256 == SHA256
    assert found.source == "downloaded from https://example.org/vgg16.h5"
    assert [p.name for p in cache.iterdir()] == [PUBLISHED.name]


@pytest.mark.parametrize("where", ["cache", "explicit"])
def test_a_wrong_checksum_is_one_clear_sentence(tmp_path: Path, where: str) -> None:
    path = tmp_path / PUBLISHED.name
    path.write_bytes(b"x" * len(CONTENT))
    with pytest.raises(WeightsError, match=rf"{path} is not vgg16\.h5: its md5 is .*; (delete|name)") as caught:
        find(tmp_path, explicit=path if where == "explicit" else None)
    assert is_one_sentence(caught.value)


@pytest.mark.parametrize("where", ["cache", "explicit"])
def test_a_truncated_file_is_one_clear_sentence(tmp_path: Path, where: str) -> None:
    path = tmp_path / PUBLISHED.name
    path.write_bytes(CONTENT[:7000])
    with pytest.raises(WeightsError, match=r"is truncated: it has 7,000 of 11,000 bytes; (delete|name)") as caught:
        find(tmp_path, explicit=path if where == "explicit" else None)
    assert is_one_sentence(caught.value)


def test_no_network_is_one_clear_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"could not be downloaded.*name resolution.*copy the file") as caught:
        find(tmp_path, may_download=True, opener=no_network)
    assert is_one_sentence(caught.value)
    assert "RECTO_VGG16_DOWNLOAD" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (CONTENT[:-1], "the download is truncated.*try again"),
        (b"<html>" + CONTENT, "the download is not vgg16.h5: its md5 is.*try again"),
    ],
)
def test_a_bad_download_is_not_kept(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(WeightsError, match=sentence):
        download(PUBLISHED, tmp_path / PUBLISHED.name, opener=serving(content))
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError("Connection reset by peer")
            return super().read(100)

    with pytest.raises(WeightsError, match="could not be downloaded.*Connection reset"):
        download(PUBLISHED, tmp_path / PUBLISHED.name, opener=lambda _: Breaking(CONTENT))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    with pytest.raises(WeightsError, match=r"models/vgg16\.h5 cannot be written"):
        download(PUBLISHED, tmp_path / "models" / PUBLISHED.name, opener=serving(CONTENT))


def test_an_explicit_path_that_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"RECTO_VGG16_WEIGHTS names .*gone\.h5, which is no file"):
        find(tmp_path, explicit=tmp_path / "gone.h5")


def test_an_explicit_file_of_ones_own_needs_its_own_md5(tmp_path: Path) -> None:
    own = tmp_path / "tuned.h5"
    own.write_bytes(b"tuned")
    found = find(tmp_path, explicit=own, md5=hashlib.md5(b"tuned").hexdigest().upper())  # noqa: S324
    assert found is not None
    assert found.sha256 == hashlib.sha256(b"tuned").hexdigest()
    with pytest.raises(WeightsError, match="its md5 is"):
        find(tmp_path, explicit=own, md5="0" * 32)


def test_shipped_weights_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"recto-compact\.npz is missing, though Recto ships it"):
        shipped_weights(tmp_path / "recto-compact.npz")


@pytest.mark.parametrize("url", ["http://example.org/x", "file:///etc/passwd", "ftp://example.org/x"])
def test_only_https_is_opened(url: str) -> None:
    with pytest.raises(WeightsError, match="over https only"):
        open_url(url)
