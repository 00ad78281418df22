import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.features import (
    LONGEST_SIDE,
    MOST_FEATURES,
    LocalFeatures,
    extract_local,
    mirrored,
    root,
    spread,
)


def drawing(seed: int = 1, height: int = 420, width: int = 540) -> NDArray[np.uint8]:
    """Arcs and hatching on paper, uint8 RGB."""
    rng = np.random.default_rng(seed)
    sheet = np.full((height, width), 235, np.uint8)
    for _ in range(90):
        centre = [int(c) for c in rng.integers(10, (width - 10, height - 10))]
        axes = [int(a) for a in rng.integers(5, 50, 2)]
        cv2.ellipse(sheet, centre, axes, rng.uniform(0, 180), 0, rng.uniform(60, 360), 30, 2, cv2.LINE_AA)
    return cv2.cvtColor(sheet, cv2.COLOR_GRAY2RGB)


def described(picture: NDArray[np.uint8], points: list[cv2.KeyPoint]) -> LocalFeatures:
    """The features at given keypoints."""
    kept, descriptors = cv2.SIFT.create().compute(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), points)
    assert len(kept) == len(points)
    keypoints = np.array([(*p.pt, p.size, p.angle) for p in kept], np.float32)
    return LocalFeatures(picture.shape[1], picture.shape[0], keypoints, root(descriptors))


def flipped_point(point: cv2.KeyPoint, width: int) -> cv2.KeyPoint:
    x, y = point.pt
    return cv2.KeyPoint(width - 1 - x, y, point.size, (180 - point.angle) % 360, point.response, point.octave)


def test_root_is_the_square_root_of_shares() -> None:
    descriptors = np.random.default_rng(0).integers(0, 200, (5, 128)).astype(np.float32)
    descriptors[3] = 0
    for row, made in zip(descriptors, root(descriptors), strict=True):
        total = sum(float(x) for x in row) or 1.0
        np.testing.assert_allclose(made, [(float(x) / total) ** 0.5 for x in row], rtol=1e-5)


@pytest.mark.parametrize("role", ["catalogue", "query"])
def test_features_lie_in_the_picture_and_have_length_one(role: str) -> None:
    features = extract_local(drawing(height=1000, width=1300), role=role)  # type: ignore[arg-type]
    assert max(features.width, features.height) == LONGEST_SIDE[role]  # type: ignore[index]
    assert 50 < len(features) <= MOST_FEATURES[role]  # type: ignore[index]
    assert features.keypoints.dtype == features.descriptors.dtype == np.float32
    assert np.all(features.keypoints >= 0)
    assert np.all(features.keypoints[:, :2] <= [features.width, features.height])
    assert np.all(features.keypoints[:, 3] < 360)
    np.testing.assert_allclose(np.linalg.norm(features.descriptors, axis=1), 1, atol=1e-5)
    assert not features.mirrored


def test_a_small_picture_is_not_enlarged() -> None:
    features = extract_local(drawing(height=200, width=300), role="catalogue")
    assert (features.width, features.height) == (300, 200)


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (300, 300)])
def test_a_picture_of_nothing_has_no_features(shape: tuple[int, int]) -> None:
    features = extract_local(np.full((*shape, 3), 200, np.uint8), role="query")
    assert features.keypoints.shape == (0, 4)
    assert features.descriptors.shape == (0, 128)
    assert len(mirrored(features)) == 0


def test_mirrored_descriptors_are_those_of_the_flipped_picture() -> None:
    picture = drawing()
    points = list(cv2.SIFT.create(nfeatures=300).detect(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), None))
    plain = described(picture, points)
    flipped_points = [flipped_point(point, picture.shape[1]) for point in points]
    flipped = described(np.ascontiguousarray(picture[:, ::-1]), flipped_points).descriptors
    # Not 0: OpenCV's doubling of the picture shifts it by a quarter of a pixel, to the same side in both.
    assert np.median(np.linalg.norm(mirrored(plain).descriptors - flipped, axis=1)) < 0.15
    assert np.median(np.linalg.norm(plain.descriptors - flipped, axis=1)) > 0.5


def test_mirroring_twice_changes_nothing() -> None:
    plain = extract_local(drawing(), role="catalogue")
    twice = mirrored(mirrored(plain))
    assert mirrored(plain).mirrored
    assert not twice.mirrored
    np.testing.assert_array_equal(twice.descriptors, plain.descriptors)
    np.testing.assert_array_equal(mirrored(plain).keypoints, plain.keypoints)


def test_features_are_taken_cell_by_cell() -> None:
    """Against rounds counted in loops; ties of strength keep the order of the input."""
    rng = np.random.default_rng(4)
    places, strengths = rng.random((300, 2)) ** 3, rng.integers(0, 40, 300).astype(np.float32)
    cells: dict[tuple[int, int], list[int]] = {}
    for i in sorted(range(300), key=lambda i: -strengths[i]):
        cells.setdefault((int(places[i, 0] * 8), int(places[i, 1] * 8)), []).append(i)
    expected: list[int] = []
    for number in range(300):
        this_round = [cell[number] for cell in cells.values() if number < len(cell)]
        expected += sorted(this_round, key=lambda i: (-strengths[i], i))
    for most in (0, 1, 70, 300, 500):
        assert spread(places, strengths, most=most).tolist() == expected[:most]


def test_a_feature_on_the_far_edge_is_in_the_last_cell() -> None:
    assert spread(np.array([[1.0, 1.0], [0.99, 0.99]]), np.array([1, 2], np.float32), most=1).tolist() == [1]


def test_a_strong_corner_does_not_take_all_features() -> None:
    rng = np.random.default_rng(5)
    picture = np.full((500, 500), 200, np.uint8)
    picture[:250, :250] = rng.integers(0, 256, (250, 250))
    picture[250:, 250:] = rng.integers(150, 200, (250, 250))
    features = extract_local(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), role="catalogue")
    assert np.mean(np.all(features.keypoints[:, :2] > 250, axis=1)) > 0.1
