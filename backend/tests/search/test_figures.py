"""What /metrics says of searches: each is counted once, with its stages, under its kind."""

from collections.abc import Callable
from typing import get_args

import pytest
from rest_framework.test import APIClient

from catalog.models import Print
from core.metrics import REGISTRY
from search.figures import Kind
from tests.indexing.fixtures import drawing
from tests.search.searching import URL, post, upload

KINDS = get_args(Kind)


def seen(name: str) -> dict[str, float]:
    """By kind, whatever the other labels are but for the stage, which is `total`."""
    samples = [sample for family in REGISTRY.collect() for sample in family.samples if sample.name == name]
    found: dict[str, float] = dict.fromkeys(KINDS, 0.0)
    for sample in samples:
        if sample.labels.get("stage", "total") == "total":
            found[sample.labels["kind"]] += sample.value
    return found


def added(name: str, ask: Callable[[], object]) -> dict[str, float]:
    """What asking added, by kind, without those it added nothing to."""
    before = seen(name)
    ask()
    return {kind: value - before[kind] for kind, value in seen(name).items() if value != before[kind]}


@pytest.fixture
def kept(api: APIClient, prints: list[Print]) -> str:
    """The address of a kept search."""
    return f"{URL}{post(api, image=upload(drawing(4)), keep='true').json()['id']}/"


@pytest.mark.parametrize("figure", ["recto_searches_total", "recto_search_stage_seconds_count"])
def test_searches_are_counted_by_what_they_are(
    api: APIClient, prints: list[Print], kept: str, figure: str
) -> None:
    assert added(figure, lambda: post(api, image=upload(drawing(4)))) == {"new": 1}
    assert added(figure, lambda: api.get(kept)) == {"kept": 1}
    assert added(figure, lambda: api.get(f"/api/v1/prints/{prints[0].pk}/similar/")) == {"similar": 1}


def test_what_is_refused_is_counted_too_but_not_what_is_no_search(api: APIClient, kept: str) -> None:
    refused = "recto_searches_refused_total"
    assert added(refused, lambda: post(api)) == {"new": 1}
    assert added(refused, lambda: api.get(f"{kept}?limit=0")) == {"kept": 1}
    assert added(refused, lambda: api.get("/api/v1/prints/0/similar/")) == {"similar": 1}
    assert added(refused, lambda: api.delete(f"{kept}?key=wrong")) == {}


def test_each_verdict_and_each_wait_has_a_figure(api: APIClient, prints: list[Print]) -> None:
    verdict = post(api, image=upload(drawing(4))).json()["verdict"]
    named = {"kind": "new", "verdict": verdict or "undecided"}
    assert REGISTRY.get_sample_value("recto_searches_total", named)
    waited = {"kind": "new", "stage": "waiting"}
    assert REGISTRY.get_sample_value("recto_search_stage_seconds_count", waited)
