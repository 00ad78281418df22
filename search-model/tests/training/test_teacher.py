"""The rebuilt MobileNetV2, on the real tensors: its kernels are where the folded batch norms say they belong."""

from pathlib import Path

import keras
import numpy as np
import pytest

from search_model.training.teacher import BLOCK_KERNELS, build_teacher

TENSORS = Path(__file__).parents[4] / "shared/data/teacher/weights"
PICTURES = TENSORS.parents[1] / "located"

pytestmark = pytest.mark.skipif(not TENSORS.exists(), reason="../shared/data/teacher is not here")


@pytest.fixture(scope="module")
def teacher():
    return build_teacher(TENSORS)


def test_every_kernel_is_used_once():
    numbers = [number for block in BLOCK_KERNELS for number in block if number is not None]

    assert len(numbers) == len(set(numbers)) == 50


def test_vectors_are_unit_rows(teacher):
    vectors = np.asarray(teacher(np.random.default_rng(1).uniform(-1, 1, (2, 224, 224, 3)).astype(np.float32)))

    assert vectors.shape == (2, 1280)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_folded_batch_norms_agree_with_their_kernels(teacher):
    """A bias holds minus the running mean of its own kernel's outputs; a kernel in the wrong place would not fit."""
    cv2 = pytest.importorskip("cv2")
    paths = sorted(PICTURES.glob("*.jpg"))[::6]
    pictures = [cv2.resize(cv2.imread(str(path))[:, :, ::-1], (224, 224)) for path in paths]
    inputs = np.stack(pictures).astype(np.float32) / 127.5 - 1
    names = [layer.name for layer in teacher.layers if layer.name.endswith("project_Conv2D")]
    outputs = keras.Model(teacher.input, [teacher.get_layer(name).output for name in names])(inputs)

    for name, output in zip(names, outputs, strict=True):
        bias = teacher.get_layer(name).get_weights()[1]
        unbiased = np.asarray(output).mean(axis=(0, 1, 2)) - bias
        assert np.corrcoef(unbiased, -bias)[0, 1] > 0.95, name


def test_a_missing_tensor_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="Const_90"):
        build_teacher(tmp_path)
