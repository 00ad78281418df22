"""kill -9 at every step of a publication: the old version goes on serving, the next publication succeeds."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from search_model.local.features import extract_local

from indexing.extraction import extract_missing_local_features
from indexing.live_local import LiveLocalIndex
from indexing.local_artifacts import load_local_artifact
from indexing.local_checking import compare_local_index
from indexing.local_publishing import publish_local_index
from indexing.models import KnnModel, Road
from indexing.web_process import BACKEND
from tests.elsewhere import address_of_this_database, environment_of_its_own
from tests.indexing.fixtures import MakePrint, drawing

pytestmark = pytest.mark.slow
MOST_STEPS = 30


def _publisher(data_dir: Path, step: int) -> subprocess.CompletedProcess[str]:
    """Another process on this test's database and data, killed before the given step."""
    environment = environment_of_its_own(
        data_dir, RECTO_DATABASE_URL=address_of_this_database(), RECTO_LOG_LEVEL="WARNING"
    )
    command = [sys.executable, "-m", "tests.indexing.killed_publisher", str(step)]
    return subprocess.run(
        command, cwd=BACKEND, env=environment, stdout=subprocess.PIPE, text=True, check=False, timeout=120
    )


def _first_found(index: LiveLocalIndex, seed: int) -> int:
    image_id: int = index.search(extract_local(drawing(seed), role="query"), 1)[0].image_id
    return image_id


@pytest.mark.django_db(transaction=True)
def test_a_publisher_killed_at_any_step_leaves_a_version_that_serves(
    make_print: MakePrint, data_dir: Path
) -> None:
    ids = [image.pk for image in make_print(1, 2, 3).images.order_by("position")]
    extract_missing_local_features(progress=lambda *_: None)
    first = publish_local_index()
    serving = LiveLocalIndex()
    for step in range(1, MOST_STEPS):
        publisher = _publisher(data_dir, step)
        if publisher.returncode == 0:
            break
        assert publisher.returncode == -signal.SIGKILL
        in_force = KnnModel.objects.get(active=True, road=Road.LOCAL)
        assert load_local_artifact(in_force.version, codec=in_force.descriptor).ids.tolist() == ids
        assert [
            _first_found(live, seed) for live in (serving, LiveLocalIndex()) for seed in (1, 2, 3)
        ] == 2 * ids
    assert int(publisher.stdout) == step - 1 > 8
    in_force = KnnModel.objects.get(active=True, road=Road.LOCAL)
    assert in_force != first
    assert compare_local_index().differences == []
    assert not list((data_dir / "processed/local").glob(".publishing-*"))
