"""What the image of the extractor is made with."""

import io
import urllib.error
from pathlib import Path

import pytest

from search_model.extractor import fetch as module
from search_model.extractor.fetch import fetch
from search_model.extractor.weights import PublishedFile


def test_weights_that_are_what_was_published_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = PublishedFile("w.h5", "https://example.org/w.h5", "9a0364b9e99bb480dd25e1f0284c8555", 7)
    monkeypatch.setattr(module, "VGG16_NO_TOP", file)
    told = fetch(tmp_path, opener=lambda _: io.BytesIO(b"content"))
    assert told.startswith("VGG16's weights are in this image, downloaded from https://example.org/w.h5")
    assert (tmp_path / "w.h5").read_bytes() == b"content"


def test_altered_weights_are_not_kept_and_the_reason_is_said(tmp_path: Path) -> None:
    told = fetch(tmp_path, opener=lambda _: io.BytesIO(bytes(58_889_256)))
    assert told.startswith("VGG16's weights are NOT in this image, and it uses the network that Recto ships")
    assert "md5" in told
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_the_image_is_made_all_the_same(tmp_path: Path) -> None:
    def away(_: str) -> io.BytesIO:
        raise urllib.error.URLError("no route")

    told = fetch(tmp_path, opener=away)
    assert "NOT in this image" in told
    assert "no route" in told
    assert list(tmp_path.iterdir()) == []
