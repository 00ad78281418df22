import json
from pathlib import Path

import pytest

from search_model.local.calibration import Calibration
from search_model.local.codec import Codec
from search_model.local.fusion import FEATURES


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    shipped = Calibration.shipped()
    shipped.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == shipped
    assert [path.name for path in tmp_path.iterdir()] == ["calibration.json"]


def test_another_version_is_refused(tmp_path: Path) -> None:
    values = Calibration.shipped().to_json()
    for wrong in ({**values, "more": 1}, {k: v for k, v in values.items() if k != "bias"}):
        with pytest.raises(ValueError, match="no calibration"):
            Calibration.from_json(json.loads(json.dumps(wrong)))


def test_the_shipped_one_is_measured_and_keeps_its_promise() -> None:
    shipped = Calibration.shipped()
    assert set(shipped.weights) == set(FEATURES)
    assert shipped.codec == Codec.shipped().id
    assert 0 < shipped.false_alarms["same_image"] <= 0.01 or shipped.false_alarms["same_image"] == 0
    assert shipped.false_alarms["shared_detail"] <= 0.02
    assert shipped.detected["same_image"] > 0.8
    assert "queries" in shipped.measured_on
