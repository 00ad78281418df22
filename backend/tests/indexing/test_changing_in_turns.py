"""Preparing another descriptor takes hours of a large catalogue; new pictures become searchable meanwhile."""

import pytest

from core import job_runner, turns
from core.jobs import enqueue
from core.models import Job
from indexing import extraction
from indexing.extractor_client import forget_extractor
from indexing.models import Feature
from indexing.queries import descriptor_in_force
from indexing.services import EXTRACT, enqueue_index_update
from indexing.switching import enqueue_change
from tests.indexing.fake_extractor import FAKE, OTHER, FakeExtractor
from tests.indexing.fixtures import MakePrint
from tests.indexing.test_tasks import run_waiting_jobs


def test_new_pictures_are_described_between(
    make_print: MakePrint, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_print(1, 2, 3)
    enqueue_index_update()
    run_waiting_jobs()
    extractor.offers = [OTHER]
    forget_extractor()
    monkeypatch.setattr(extraction, "BATCH", 1)
    monkeypatch.setattr(turns, "TURN_S", 0.0)
    changing = enqueue_change(descriptor=OTHER, activate=True)
    new = make_print(4).images.get()
    describing = enqueue(kind=EXTRACT)
    job_runner.run(changing.pk)
    changing.refresh_from_db()
    assert changing.state == Job.State.QUEUED
    job_runner.run(describing.pk)
    assert Feature.objects.filter(image=new, descriptor=FAKE).exists()
    run_waiting_jobs()
    changing.refresh_from_db()
    assert (changing.state, descriptor_in_force()) == (Job.State.DONE, OTHER)
    assert Feature.objects.filter(descriptor=OTHER).count() == 4
