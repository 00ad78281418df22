"""A real Celery worker, on the file-system broker or Redis, killed with -9 at work, and its successor."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.elsewhere import environment_of_its_own

ASK = "from core import jobs; print(jobs.enqueue(kind='count').pk)"
# Its message was lost on the way, which nobody knows.
SENT = (
    "from django.utils import timezone; from core import jobs; from core.models import Job; "
    "jobs._send = lambda *_: None; jobs.enqueue(kind='count'); Job.objects.update(sent_at=timezone.now())"
)
LOOK = (
    "from core.models import Job; "
    "print([(job.state, job.done, job.last_error.partition(' ')[0]) for job in Job.objects.all()])"
)
WORKER = (
    "-m",
    "celery",
    "-A",
    "config",
    "worker",
    "--include",
    "tests.core.counting",
    "--without-gossip",
    "--without-mingle",
    "--loglevel",
    "warning",
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation of its own."""
    environment = environment_of_its_own(tmp_path)
    django(environment, "migrate", "-v", "0")
    return environment


def django(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


@contextmanager
def worker(environment: dict[str, str], *options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *WORKER, *options],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], pattern: str) -> list[str]:
    """What the process prints up to the line that matches; reading is waiting."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if re.search(pattern, line):
            return seen
    raise AssertionError(f"{pattern!r} never came:\n{''.join(seen)}")


@pytest.mark.slow
def test_a_message_that_is_not_whole_neither_ends_the_worker_nor_loses_the_job(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """As a machine that is switched off leaves it: the job's row says that it was sent."""
    if not environment.get("RECTO_BROKER_URL", "filesystem").startswith("filesystem"):
        pytest.skip("a message of Redis is whole or not there")
    message = tmp_path / "processed" / "broker" / "messages" / "0_half.index.msg"
    django(environment, "shell", "-v", "0", "-c", ASK)
    with worker(environment, "--queues", "index") as running:
        lines_until(running, "counted")
        django(environment, "shell", "-v", "0", "-c", SENT)
        message.write_text('{"body": "W1sxXSwg')
        lines = lines_until(running, "counted")
        running.terminate()
        running.wait()
    assert "not whole" in "".join(lines)
    assert not message.exists()
    # Tables of bindings, which Kombu writes in place, are not needed.
    assert list((message.parents[1] / "control").iterdir()) == []
    assert django(environment, "shell", "-v", "0", "-c", LOOK) == "[('done', 200, ''), ('done', 200, '')]"


@pytest.mark.slow
def test_a_killed_worker_is_followed_by_one_that_finishes_its_job(environment: dict[str, str]) -> None:
    django(environment, "shell", "-v", "0", "-c", ASK)
    with worker(environment) as first:
        lines_until(first, r"does 20\b")
        first.kill()
        first.wait()
    with worker(environment) as second:
        lines = lines_until(second, "counted")
        second.terminate()
        second.wait()
    numbers = [int(found) for found in re.findall(r"does (\d+)", "".join(lines))]
    assert 20 <= numbers[0] < 200
    assert numbers == list(range(numbers[0], 200))
    assert django(environment, "shell", "-v", "0", "-c", LOOK) == "[('done', 200, '')]"
