"""Whether the broker takes messages."""

from pathlib import Path

import pytest
from pytest_django import Settings

from core.broker_check import broker_answers
from core.parts import NotWell


def test_a_folder_that_can_be_written_is_well_and_stays_empty(settings: Settings, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    assert broker_answers() == "The folder of messages can be written."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_not_well(settings: Settings, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}
    with pytest.raises(NotWell, match=r"cannot be written \(No such file or directory\)"):
        broker_answers()


def test_a_redis_that_is_away_is_named_without_its_place_and_password(
    settings: Settings, tmp_path: Path
) -> None:
    settings.CELERY_BROKER_URL = f"redis+socket://:geheim@{tmp_path}/redis.sock"
    with pytest.raises(NotWell) as told:
        broker_answers()
    assert str(told.value) == "Redis does not answer (ConnectionError)."
