"""/metrics."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import jobs, metrics, parts
from core.models import Job
from core.parts import NotWell
from core.pulses import note_pulse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "KEPT_S", -1.0)


def scraped(client: Client) -> str:
    return client.get("/metrics").content.decode()


def test_it_is_prometheus_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_gauges", {})

    @metrics.gauge("odd", "Odd labels")
    def odd() -> list[metrics.Sample]:
        return [({"name": 'a"b\n\\'}, 0.5)]

    response = client.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = response.content.decode()
    assert "# HELP recto_odd Odd labels\n# TYPE recto_odd gauge\n" in text
    assert 'recto_odd{name="a\\"b\\n\\\\"} 0.5\n' in text
    assert text.endswith("\n")


def test_jobs_by_state_kind_and_queue(client: Client) -> None:
    jobs.enqueue(kind="paint")
    jobs.enqueue(kind="apply_import")
    text = scraped(client)
    assert 'recto_jobs{state="queued"} 2.0\n' in text
    assert 'recto_jobs{state="failed"} 0.0\n' in text
    assert 'recto_jobs_by_kind{kind="paint",state="queued"} 1.0\n' in text
    assert 'recto_queue_depth{queue="index"} 1.0\n' in text
    assert 'recto_queue_depth{queue="imports"} 1.0\n' in text


def test_the_oldest_job_that_is_due_has_waited_longest(client: Client) -> None:
    waiting, tried_again = jobs.enqueue(kind="paint"), jobs.enqueue(kind="draw")
    hour_ago = timezone.now() - timedelta(hours=1)
    day_ago = timezone.now() - timedelta(days=1)
    Job.objects.filter(pk=waiting.pk).update(created_at=hour_ago)
    # It began a day ago and will be tried again in a minute: nobody waits for a worker.
    later = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(pk=tried_again.pk).update(created_at=day_ago, not_before=later)
    oldest = next(
        line
        for line in scraped(client).splitlines()
        if line.startswith('recto_queue_oldest_seconds{queue="index"')
    )
    assert 3600 <= float(oldest.split()[-1]) < 3700


def test_requests_are_counted_by_route_and_never_by_path(client: Client) -> None:
    client.get("/api/v1/searches/a-secret-link/")
    client.get("/nothing/at/all/here.php?token=geheim")
    client.generic("BREW", "/health/live")
    text = scraped(client)
    assert 'recto_request_seconds_count{method="GET",route="kept-search",status="4xx"}' in text
    assert 'recto_request_seconds_count{method="other",route="health/live",status="4xx"}' in text
    assert "secret" not in text
    assert "geheim" not in text


def test_searches_that_are_refused_are_counted_by_code(client: Client) -> None:
    client.post("/api/v1/searches/")
    assert 'recto_searches_refused_total{code="invalid",kind="new"}' in scraped(client)


def test_workers_and_beat_when_they_were_last_seen(client: Client) -> None:
    note_pulse("beat")
    text = scraped(client)
    assert 'recto_last_seen_timestamp_seconds{process="beat"} ' in text
    assert 'recto_worker_resident_bytes{process="beat"} ' in text


def test_without_a_database_the_process_s_own_figures_are_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise NotWell("The database (postgresql) does not answer.")

    monkeypatch.setattr(parts, "database_answers", gone)
    text = scraped(client)
    assert 'recto_part_well{part="database"} 0.0' in text
    assert "process_resident_memory_bytes" in text
    assert "recto_prints" not in text
