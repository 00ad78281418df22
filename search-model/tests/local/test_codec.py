from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from search_model.local import codec as codec_module
from search_model.local.codec import Codec, CodecError
from search_model.local.features import mirrored
from search_model.local.segment import segment_of
from tests.local.conftest import MadeUp


def test_the_shipped_codec_is_small_and_named_after_its_content() -> None:
    shipped = Codec.shipped()
    file = Path(codec_module.__file__).parent / "shipped" / codec_module.SHIPPED
    assert shipped.id.startswith("rootsift-ivf2048-pq16@")
    assert file.stat().st_size < 1_000_000
    assert shipped is Codec.shipped()


def test_a_saved_codec_is_the_same_codec(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.codec.save(tmp_path / "codec.npz")
    read = Codec.load(tmp_path / "codec.npz")
    features = made_up.features(50, seed=1)
    assert read.id == made_up.codec.id
    assert read.encode(features) == made_up.codec.encode(features)


def test_another_training_has_another_id(made_up: MadeUp) -> None:
    other = Codec.train(made_up.descriptors(3000, seed=9), lists=24, rounds=2)
    again = Codec.train(made_up.descriptors(3000, seed=9), lists=24, rounds=2)
    assert other.id != made_up.codec.id
    assert other.id == again.id


def test_encoding_finds_the_nearest_centroids(made_up: MadeUp) -> None:
    """Against loops over all centroids."""
    codec, rows = made_up.codec, made_up.descriptors(40, seed=2)
    lists, codes = codec.entries_of(rows)
    for row, number, code in zip(rows.astype(np.float64), lists, codes, strict=True):
        assert number == np.argmin(((codec.coarse.astype(np.float64) - row) ** 2).sum(axis=1))
        left_over = row - codec.coarse[number]
        for part in range(16):
            centroids = codec.residual[part].astype(np.float64)
            assert code[part] == np.argmin(((centroids - left_over[8 * part : 8 * part + 8]) ** 2).sum(axis=1))


def test_decoding_gives_the_centroids_back(made_up: MadeUp) -> None:
    codec, features = made_up.codec, made_up.features(30, seed=3)
    packed = codec.encode(features)
    lists, codes = codec.entries(packed)
    decoded = codec.decode(packed)
    for i in range(30):
        parts = [codec.residual[part, codes[i, part]] for part in range(16)]
        np.testing.assert_allclose(decoded.descriptors[i], codec.coarse[lists[i]] + np.concatenate(parts), atol=1e-6)
    assert (decoded.width, decoded.height) == (features.width, features.height)
    assert np.linalg.norm(decoded.descriptors - features.descriptors, axis=1).mean() < 0.6
    assert decoded.descriptors.dtype == np.float32


def test_a_picture_without_features_is_encoded(made_up: MadeUp) -> None:
    packed = made_up.packed(0, seed=0)
    assert len(made_up.codec.decode(packed)) == 0


def test_adding_codes_is_adding_vectors(made_up: MadeUp) -> None:
    """FAISS given the vectors, which it encodes itself, finds what a segment made of the stored codes finds."""
    codec, features = made_up.codec, [made_up.features(60, seed) for seed in range(20)]
    segment = segment_of(codec, np.arange(20), [codec.entries(codec.encode(f)) for f in features])
    reference = codec.empty_index()
    labels = np.concatenate([512 * slot + np.arange(60) for slot in range(20)])
    reference.add_with_ids(np.concatenate([f.descriptors for f in features]), labels)
    asked, reference.nprobe = made_up.descriptors(30, seed=4), 5
    segment.index.nprobe = 5
    for found, expected in zip(segment.index.search(asked, 8), reference.search(asked, 8), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_mirrored_features_are_not_stored(made_up: MadeUp) -> None:
    with pytest.raises(ValueError, match="mirrored"):
        made_up.codec.encode(mirrored(made_up.features(5, seed=1)))


def test_rows_of_a_larger_codec_are_refused(made_up: MadeUp) -> None:
    larger = Codec(np.repeat(made_up.codec.coarse, 3, axis=0) + np.arange(72)[:, None], made_up.codec.residual)
    features = made_up.features(5, seed=1)
    packed = larger.encode(replace(features, descriptors=features.descriptors + 60))
    for read in (made_up.codec.entries, made_up.codec.decode):
        with pytest.raises(ValueError, match="another codec"):
            read(packed)


def test_too_little_to_learn_from_is_said(made_up: MadeUp) -> None:
    with pytest.raises(CodecError, match="300 descriptors cannot teach 512"):
        Codec.train(made_up.descriptors(300, seed=1), lists=512)


@pytest.mark.parametrize("content", [b"", b"not a codec", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_codec_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "codec.npz").write_bytes(content)
    with pytest.raises(CodecError, match="not a codec"):
        Codec.load(tmp_path / "codec.npz")


def test_centroids_of_another_shape_are_refused(made_up: MadeUp, tmp_path: Path) -> None:
    with pytest.raises(CodecError, match="coarse centroids have shape"):
        Codec(made_up.codec.coarse[:, :64], made_up.codec.residual)
    with pytest.raises(CodecError, match="residual centroids have shape"):
        Codec(made_up.codec.coarse, made_up.codec.residual[:8])
    np.savez(tmp_path / "codec.npz", coarse=made_up.codec.coarse)
    with pytest.raises(CodecError, match="not a codec"):
        Codec.load(tmp_path / "codec.npz")


def test_the_quantizer_outlives_its_indexes(made_up: MadeUp) -> None:
    for _ in range(3):
        index = made_up.codec.empty_index()
        del index
    assert faiss.downcast_index(made_up.codec.quantizer).ntotal == 24
