"""Generalised-mean pooling against its formula."""

import numpy as np
import pytest

from search_model.extractor.compact import GeneralisedMeanPooling


@pytest.mark.parametrize("power", [1.0, 2.5, 3.0])
def test_pooling_is_the_generalised_mean_over_positions(power):
    maps = np.random.default_rng(3).uniform(0.1, 2, (2, 3, 4, 5)).astype(np.float32)

    pooled = np.asarray(GeneralisedMeanPooling(power)(maps))

    expected = (maps.astype(np.float64).reshape(2, 12, 5) ** power).mean(axis=1) ** (1 / power)
    np.testing.assert_allclose(pooled, expected, rtol=1e-5)


def test_equal_values_pool_to_themselves():
    assert np.asarray(GeneralisedMeanPooling()(np.full((1, 2, 2, 1), 0.7, np.float32))) == pytest.approx(0.7)
