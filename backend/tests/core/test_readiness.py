"""What the apps say to /health/ready and /metrics."""

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from catalog.models import Collection, Print
from config import readiness
from core import migration_check, parts, pulses
from core.models import Job, Pulse
from core.parts import NotWell
from indexing import mismatch
from indexing.extractor_client import ExtractorAway, ExtractorInfo
from indexing.models import KnnModel

pytestmark = pytest.mark.django_db
NAME = "recto-compact-gem-192@1a2b3c4d"


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "KEPT_S", -1.0)
    assert Client().get("/health/live").status_code == 200  # the checks are registered now


def info() -> ExtractorInfo:
    return ExtractorInfo(NAME, "recto-compact-gem-192", 256, 192, "shipped", "1a2b3c4d", "1")


def known(descriptor: str | None = None) -> ExtractorInfo | None:
    return info() if descriptor in (None, NAME) else None


def model(descriptor: str) -> KnnModel:
    return KnnModel.objects.create(
        version="v1", descriptor=descriptor, last_change=0, published_change=0, count=648, active=True
    )


def test_ready_is_a_503_without_the_extractor(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> ExtractorInfo:
        raise ExtractorAway("extractor_away", "The extractor does not answer.")

    monkeypatch.setattr(readiness, "ask_how_it_is", away)
    response = client.get("/health/ready")
    assert response.status_code == 503
    checks = response.json()["checks"]
    assert {name: check["ok"] for name, check in checks.items()} == {
        "database": True,
        "migrations": True,
        "broker": True,
        "extractor": False,
        "index": True,
        "worker_index": False,
        "worker_imports": False,
        "beat": False,
    }


def test_ready_names_descriptor_and_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "ask_how_it_is", info)
    model(NAME)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    checks = response.json()["checks"]
    assert checks["extractor"]["message"] == f"The extractor describes pictures with {NAME}."
    assert checks["index"]["message"] == "v1 is in force."
    assert checks["beat"]["message"] == "beat has not been seen yet. Is it started?"


def test_all_is_well_when_workers_and_beat_were_seen_lately(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "ask_how_it_is", info)
    for name in ("worker_index", "worker_imports", "beat"):
        pulses.note_pulse(name)
    assert client.get("/health/ready").json()["status"] == "ok"


def test_a_worker_that_was_not_seen_for_minutes_is_not_well(settings: Settings) -> None:
    settings.RECTO_JOB_SWEEP_SECONDS = 20
    pulses.note_pulse("worker_index")
    Pulse.objects.update(at=timezone.now() - timedelta(minutes=5))
    with pytest.raises(NotWell, match=r"last seen 300 s ago; it shows itself every 20 s\. Is it started\?"):
        pulses.worker_works("index")


def test_a_worker_that_was_last_seen_before_the_clock_was_set_back_is_not_well() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    pulses.note_pulse("worker_index")
    Pulse.objects.update(at=tomorrow)
    Job.objects.create(kind="extract_features", state="running", worker="dead:1:a", heartbeat_at=tomorrow)
    with pytest.raises(NotWell, match="since the clock was set back"):
        pulses.worker_works("index")


def test_a_worker_that_is_busy_for_an_hour_is_well() -> None:
    """It cannot sweep meanwhile; the heartbeat of its job shows that it lives. The other queue's does not."""
    Job.objects.create(kind="apply_import", state=Job.State.RUNNING, heartbeat_at=timezone.now())
    assert pulses.worker_works("imports") == "The worker of the queue imports runs a job: apply_import."
    with pytest.raises(NotWell, match="worker_index has not been seen yet"):
        pulses.worker_works("index")


def test_a_database_of_an_older_version_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration_check, "_well", False)
    assert migration_check.migrations_are_applied() == "All migrations are applied."
    monkeypatch.setattr(migration_check, "_well", False)
    MigrationRecorder.Migration.objects.filter(app="core", name__startswith="0005").delete()
    response = client.get("/health/ready")
    assert response.status_code == 503
    said = response.json()["checks"]["migrations"]["message"]
    assert said.startswith("Migrations wait, 1 of them: core.0005_")
    assert "manage.py migrate" in said


def test_an_index_of_another_descriptor_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "known_extractor", known)
    monkeypatch.setattr(mismatch, "offered_descriptors", lambda: (info(),))
    model("vgg16-imagenet-mac-224@9f8e7d6c")
    with pytest.raises(
        NotWell, match=f"vgg16-imagenet-mac-224@9f8e7d6c, .* offers {NAME}.*change_descriptor"
    ):
        readiness.index_fits_extractor()


def test_metrics_count_the_catalogue(client: Client) -> None:
    Print.objects.create(collection=Collection.objects.create(slug="a", name="A"), record_id="1")
    text = client.get("/metrics").content.decode()
    assert "\nrecto_prints 1.0\n" in text
    assert "\nrecto_images 0.0\n" in text
    assert "# TYPE recto_features gauge\n" in text
