"""Folders and ports from the environment."""

from pathlib import Path

import pytest

from serve.console import Refusal
from serve.places import ROOT, places_from_environment


def test_defaults() -> None:
    places = places_from_environment({})
    assert (places.port, places.extractor_port, places.data) == (8000, 8001, ROOT / "data")
    assert places.own_extractor


def test_extractor_uses_the_port_after_the_page() -> None:
    assert places_from_environment({"RECTO_PORT": "9000"}).extractor_url == "http://127.0.0.1:9001"


def test_extractor_elsewhere_is_not_started_here() -> None:
    places = places_from_environment({"RECTO_EXTRACTOR_URL": "http://other:1"})
    assert not places.own_extractor
    assert places.environment()["RECTO_EXTRACTOR_URL"] == "http://other:1"


def test_places_survive_being_handed_on_in_the_environment() -> None:
    places = places_from_environment({"RECTO_PORT": "9000"})
    assert places_from_environment(places.environment()) == places


def test_relative_data_folder_counts_from_the_repository() -> None:
    assert places_from_environment({"RECTO_DATA_DIR": "elsewhere"}).data == ROOT / "elsewhere"


def test_absolute_data_folder_stays(tmp_path: Path) -> None:
    assert places_from_environment({"RECTO_DATA_DIR": str(tmp_path)}).data == tmp_path


@pytest.mark.parametrize("text", ["web", "0", "65536", "-1", "80 "])
def test_port_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match="RECTO_PORT"):
        places_from_environment({"RECTO_PORT": text})
