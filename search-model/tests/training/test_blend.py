"""Weights between two trainings, tensor by tensor."""

import numpy as np
import pytest

from search_model.extractor.compact import build_compact, save_weights
from search_model.training.blend import blend_weights


@pytest.fixture
def files(tmp_path):
    for name in ("before", "after"):
        save_weights(build_compact(), tmp_path / f"{name}.npz")
    return tmp_path / "before.npz", tmp_path / "after.npz"


def test_each_tensor_lies_between_its_two(files, tmp_path):
    blend_weights(*files, 0.25, tmp_path / "blend.npz")

    with np.load(files[0]) as before, np.load(files[1]) as after, np.load(tmp_path / "blend.npz") as found:
        for name in before.files:
            expected = 0.75 * before[name].astype(np.float64) + 0.25 * after[name].astype(np.float64)
            np.testing.assert_allclose(found[name], expected, atol=1e-3, err_msg=name)


def test_a_share_outside_is_refused(files, tmp_path):
    with pytest.raises(ValueError, match="from 0"):
        blend_weights(*files, 1.5, tmp_path / "blend.npz")
