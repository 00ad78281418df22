"""How many processors a container may use, and that pages keep threads of their own."""

from pathlib import Path

import pytest

from core import web_threads
from core.processors import limited_to, processors
from search import taking_turns
from serve.places import places_from_environment
from serve.processes import web_arguments


@pytest.mark.parametrize(
    ("said", "count"),
    [("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("max 100000", 0), ("", 0), ("2", 0)],
)
def test_a_limit_of_the_container_is_read(tmp_path: Path, said: str, count: int) -> None:
    (tmp_path / "cpu.max").write_text(said)
    assert limited_to(tmp_path) == count


@pytest.mark.parametrize(("quota", "count"), [(150_000, 2), (100_000, 1), (-1, 0)])
def test_a_limit_of_an_older_kernels_container_is_read(tmp_path: Path, quota: int, count: int) -> None:
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(f"{quota}\n")
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    assert limited_to(tmp_path) == count


def test_without_files_there_is_no_limit(tmp_path: Path) -> None:
    assert limited_to(tmp_path) == 0
    assert processors() >= 1


def test_a_full_line_of_searches_leaves_threads_for_pages() -> None:
    arguments = web_arguments(places_from_environment({}))
    threads = int(arguments[arguments.index("--threads") + 1])
    assert threads - taking_turns.PLACES - taking_turns.MOST_WAITING == web_threads.OTHERS
