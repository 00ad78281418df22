"""Where there are many pictures and many groups: what a decision costs, and who waits for a comparison."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import job_runner, turns
from core.jobs import enqueue, handler_of
from core.models import Job
from duplicates import comparing, tasks
from duplicates.grouping import regroup
from duplicates.models import ComparedImage, ImageGroup, ImagePair
from duplicates.services import FIND, enqueue_finding
from indexing.services import EXTRACT
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint
from tests.search.searching import describe


def linked(make_print: MakePrint, *numbers: int) -> None:
    """As many pairs of pictures."""
    for number in numbers:
        first, second = (make_print(seed).images.get().pk for seed in (2 * number, 2 * number + 1))
        ImagePair.objects.create(first_id=first, second_id=second, inliers=40, coverage=0.8)


def queries_of_regrouping() -> int:
    with CaptureQueriesContext(connection) as queries:
        regroup()
    return len(queries)


def test_groups_that_stay_as_they_are_cost_no_query_each(make_print: MakePrint) -> None:
    linked(make_print, 0, 1)
    regroup()
    few = queries_of_regrouping()
    linked(make_print, *range(2, 8))
    regroup()
    assert ImageGroup.objects.count() == 8
    assert queries_of_regrouping() == few


def test_a_long_comparison_makes_way_for_new_pictures_and_goes_on(
    make_print: MakePrint, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "TURN_S", 0.0)
    monkeypatch.setattr(comparing, "BATCH", 1)
    for seed in range(3):
        make_print(seed)
    describe()
    Job.objects.all().delete()
    assert handler_of(FIND) is tasks.find
    job, described = enqueue_finding(), enqueue(kind=EXTRACT)
    job_runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.QUEUED, 1, 3)
    Job.objects.filter(pk=described.pk).update(state=Job.State.DONE)
    job_runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 3, 3)
    assert job.message.startswith("3 pictures compared")
    assert ComparedImage.objects.count() == 3
