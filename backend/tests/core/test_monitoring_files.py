"""docs/monitoring/: every figure that the dashboard and the alert rules name is one that /metrics has."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from search_model.extractor.figures import REGISTRY as OF_EXTRACTOR

from backups import last
from core import parts
from core.models import Job
from core.pulses import note_pulse
from indexing.models import KnnModel, Road

FOLDER = Path(settings.REPOSITORY) / "docs" / "monitoring"
NAME = re.compile(r"\b((?:recto|search_model|process)_[a-z_]+)(?:\{([^}]*)\})?")
LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
# Prometheus itself names the job that it read a figure of.
OF_PROMETHEUS = {"job"}


def expressions() -> list[str]:
    """Everything that is asked of Prometheus."""
    rules = yaml.safe_load((FOLDER / "recto-alerts.yml").read_text())
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    dashboard = json.loads((FOLDER / "recto-dashboard.json").read_text())
    return asked + [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]


@pytest.fixture
def figures(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> dict[str, set[str]]:
    """Names that are there, with their labels, of a Recto in which everything has happened once."""
    monkeypatch.setattr(parts, "KEPT_S", -1.0)
    monkeypatch.setattr(last, "last_backup", lambda: {"made_at": "2026-11-22T01:00:00+00:00", "bytes": 1})
    note_pulse("beat")
    for road in Road:
        KnnModel.objects.create(
            version=f"v-{road}",
            descriptor="d",
            road=road,
            last_change=0,
            published_change=0,
            count=1,
            active=True,
        )
    Job.objects.create(kind="purge_searches", state=Job.State.DONE, finished_at="2026-11-22T01:00:00Z")
    client.get("/health/live")
    text = client.get("/metrics").content.decode()
    families = [*text_string_to_metric_families(text), *OF_EXTRACTOR.collect()]
    found: dict[str, set[str]] = {}
    for family in families:
        suffixes = ("", "_bucket", "_sum", "_count", "_total") if not family.samples else ()
        for name in (f"{family.name}{suffix}" for suffix in suffixes):
            found.setdefault(name, set())
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_name_is_one_of_metrics(figures: dict[str, set[str]]) -> None:
    asked = {name for text in expressions() for name, _ in NAME.findall(text)}
    assert len(asked) > 25
    assert asked - figures.keys() == set()


def test_every_label_is_one_of_its_figure(figures: dict[str, set[str]]) -> None:
    wrong = [
        (name, label)
        for text in expressions()
        for name, labels in NAME.findall(text)
        for label in LABEL.findall(labels)
        if figures.get(name) and label not in figures[name] | OF_PROMETHEUS
    ]
    assert wrong == []


def test_every_part_has_an_alert(figures: dict[str, set[str]]) -> None:
    rules = yaml.safe_load((FOLDER / "recto-alerts.yml").read_text())["groups"][0]["rules"]
    patterns = [
        pattern
        for rule in rules
        for pattern in re.findall(r'recto_part_well\{part=~"([^"]*)"\}', rule["expr"])
    ]
    for part in [parts.DATABASE, *parts._parts]:
        assert any(re.fullmatch(pattern, part) for pattern in patterns), part


def test_every_alert_says_what_is_wrong_and_how_bad(client: Client) -> None:
    rules: list[dict[str, Any]] = yaml.safe_load((FOLDER / "recto-alerts.yml").read_text())["groups"][0][
        "rules"
    ]
    assert all(rule["annotations"]["summary"].endswith(".") for rule in rules)
    assert {rule["labels"]["severity"] for rule in rules} == {"page", "ticket"}
    assert len({rule["alert"] for rule in rules}) == len(rules)
