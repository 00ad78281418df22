"""Starting the services of docker-compose.yml by podman, which is played here."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from serve.console import Refusal
from serve.places import ROOT
from serve.stack import down, main, run, up
from serve.stack_file import Stack, read_stack
from serve.stack_images import OWN_FILES, build_images


@dataclass
class PlayedPodman:
    """Remembers what it was told; every container is well and the migration ends as it is told to."""

    migration: int = 0
    sick: str = ""
    build_options: tuple[str, ...] = ()
    told: list[tuple[str, ...]] = field(default_factory=list)
    running: list[str] = field(default_factory=list)

    def call(self, *arguments: str) -> None:
        self.told.append(arguments)
        if arguments[0] == "run" and "--name" in arguments:
            self.running.append(arguments[arguments.index("--name") + 1])

    def has(self, what: str, name: str) -> bool:
        return what == "image" or name in self.running

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        self.told.append(arguments)
        out, status = "", 0
        if arguments[0] == "inspect":
            out = "exited" if "Status" in arguments[2] else str(self.migration)
        if arguments[0] == "exec":
            status = int(arguments[1] == self.sick)
        if arguments[0] == "logs":
            out = "what it said last"
        return subprocess.CompletedProcess([], status, out, "")


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    for name in ("docker-compose.yml", ".env"):
        (tmp_path / name).write_text((ROOT / name.replace(".env", ".env.example")).read_text())
    return read_stack(tmp_path / "docker-compose.yml", {"RECTO_HOST": "x.example", "RECTO_WEBS": "2"})


def test_all_are_started_once_in_order_in_their_network(stack: Stack) -> None:
    podman = PlayedPodman()
    up(podman, stack)  # type: ignore[arg-type]
    assert podman.told[0][:2] == ("network", "create")
    order = podman.running
    assert sorted(order) == sorted(set(order))
    assert order.index("recto-migrate-1") < order.index("recto-web-1") < order.index("recto-nginx-1")
    assert "recto-web-2" in order


def test_nothing_is_started_after_a_migration_that_failed(stack: Stack) -> None:
    podman = PlayedPodman(migration=3)
    with pytest.raises(Refusal, match=r"what it said last\nrecto-migrate-1 ended with exit status 3"):
        up(podman, stack)  # type: ignore[arg-type]
    assert "recto-web-1" not in podman.running


def test_what_waits_for_a_sick_service_is_not_started(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(0, 1_000_000, 60))
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    podman = PlayedPodman(sick="recto-postgres-1")
    with pytest.raises(Refusal, match="recto-postgres-1 was not well after 85 s"):
        up(podman, stack)  # type: ignore[arg-type]
    assert "recto-migrate-1" not in podman.running


def test_down_stops_nginx_first_and_keeps_the_volumes(stack: Stack) -> None:
    podman = PlayedPodman()
    up(podman, stack)  # type: ignore[arg-type]
    podman.told.clear()
    down(podman, stack)  # type: ignore[arg-type]
    stopped = [words[1] for words in podman.told if words[0] == "stop"]
    assert stopped[0] == "recto-nginx-1"
    assert sorted(stopped) == sorted(podman.running)
    assert not [words for words in podman.told if words[0] == "volume"]


def test_images_are_built_with_the_arguments_that_their_files_know(stack: Stack) -> None:
    podman, built = PlayedPodman(), {}
    folder = Stack(stack.name, ROOT, stack.services, stack.secrets, stack.networks)
    build_images(podman, folder)  # type: ignore[arg-type]
    for words in podman.told:
        built[words[words.index("--tag") + 1]] = words
    ours = {"recto-nginx:local", "recto-backend:local", "recto-search-model:local"}
    assert built.keys() == ours | OWN_FILES.keys()
    assert "NODE=localhost/recto-node:local" in built["recto-nginx:local"]
    assert "VGG16=yes" in built["recto-search-model:local"]
    assert not [word for word in built["recto-search-model:local"] if word.startswith("NODE=")]


def test_a_service_that_there_is_not_cannot_be_run(stack: Stack) -> None:
    with pytest.raises(Refusal, match="there is no service mangae"):
        run(PlayedPodman(), stack, "mangae", "help")  # type: ignore[arg-type]


@pytest.mark.parametrize("arguments", [[], ["start"], ["up", "web"], ["run"]])
def test_other_words_are_told_what_there_is(arguments: list[str], capsys: Any) -> None:
    assert main(arguments) == 1
    assert "build|up|down|ps|run" in "".join(capsys.readouterr())
