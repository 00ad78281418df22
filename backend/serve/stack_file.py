"""docker-compose.yml as it is meant: variables filled in, services by name in the order in which they start.

Only what our own file uses is understood; any other word of a service is refused, so that the file cannot ask
for something that is silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # comes with drf-spectacular

from serve.console import Refusal

KNOWN = {
    "restart",
    "init",
    "read_only",
    "tmpfs",
    "cap_drop",
    "security_opt",
    "networks",
    "logging",
    "image",
    "build",
    "env_file",
    "environment",
    "secrets",
    "volumes",
    "command",
    "entrypoint",
    "depends_on",
    "healthcheck",
    "stop_grace_period",
    "stop_signal",
    "deploy",
    "ports",
    "profiles",
    "user",
    "shm_size",
    "cpu_shares",
}
OPENING = re.compile(r"\$(?:\$|\{(\w+)(?::([-?+]))?)")
UNITS = {"s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class Health:
    """How to ask whether a service is well, and how long to wait for the first good answer."""

    command: tuple[str, ...]
    interval: float
    patience: float


@dataclass(frozen=True)
class Service:
    """One service: how many of it, what it waits for (name -> condition), and all that the file says."""

    name: str
    replicas: int
    after: dict[str, str]
    said: dict[str, Any]

    @property
    def health(self) -> Health | None:
        said = self.said.get("healthcheck")
        if not said:
            return None
        interval, retries = seconds(said["interval"]), int(said.get("retries", 3))
        patience = seconds(said.get("start_period", "0s")) + interval * retries
        return Health(tuple(said["test"][1:]), interval, patience)

    def environment(self, folder: Path) -> dict[str, str]:
        """Its variables: of the file that it names, and its own, which count for more."""
        file = self.said.get("env_file")
        own = {name: str(value) for name, value in self.said.get("environment", {}).items()}
        return {**(read_settings(folder / file) if file else {}), **own}


@dataclass(frozen=True)
class Stack:
    """The whole file: its project's name, its folder, services in starting order, secrets, networks."""

    name: str
    folder: Path
    services: tuple[Service, ...]
    secrets: dict[str, Path]
    networks: dict[str, dict[str, Any]]


def read_stack(file: Path, variables: Mapping[str, str]) -> Stack:
    """Raises Refusal for a variable that has to be set, and for a word that is not understood."""
    said = filled_in(yaml.safe_load(file.read_text()), variables)
    profiles = set(variables.get("COMPOSE_PROFILES", "").split(","))
    services = [
        service_of(name, words)
        for name, words in said["services"].items()
        if not words.get("profiles") or profiles & set(words["profiles"])
    ]
    secrets = {name: (file.parent / words["file"]).resolve() for name, words in said["secrets"].items()}
    # As for compose: a second Recto of the same file on one machine has a name of its own.
    name = variables.get("COMPOSE_PROJECT_NAME") or said["name"]
    return Stack(name, file.parent, tuple(in_order(services)), secrets, said["networks"])


def service_of(name: str, words: dict[str, Any]) -> Service:
    if unknown := words.keys() - KNOWN:
        raise Refusal(f"the service {name} says {', '.join(sorted(unknown))}, which is not understood here")
    after = {other: how["condition"] for other, how in words.get("depends_on", {}).items()}
    return Service(name, int(words.get("deploy", {}).get("replicas", 1)), after, words)


def in_order(services: list[Service]) -> Iterator[Service]:
    """Each after those that it waits for."""
    waiting, started = list(services), set[str]()
    while waiting:
        ready = [service for service in waiting if service.after.keys() <= started]
        if not ready:
            raise Refusal(f"these wait for each other: {', '.join(service.name for service in waiting)}")
        yield from ready
        started |= {service.name for service in ready}
        waiting = [service for service in waiting if service not in ready]


def filled_in(said: Any, variables: Mapping[str, str]) -> Any:
    """The same, with ${NAME}, ${NAME:-else}, ${NAME:+then} and ${NAME:?complaint} filled in everywhere."""
    if isinstance(said, dict):
        return {name: filled_in(value, variables) for name, value in said.items()}
    if isinstance(said, list):
        return [filled_in(value, variables) for value in said]
    return with_variables(said, variables) if isinstance(said, str) else said


def with_variables(text: str, variables: Mapping[str, str]) -> str:
    done, at = [], 0
    while opening := OPENING.search(text, at):
        done.append(text[at : opening.start()])
        name, how = opening.groups()
        if name is None:  # $$ is how a dollar is written
            done.append("$")
            at = opening.end()
            continue
        end = closing(text, opening.end())
        other = text[opening.end() : end]
        done.append(value_of(name, how, with_variables(other, variables), variables.get(name, "")))
        at = end + 1
    return "".join(done) + text[at:]


def value_of(name: str, how: str | None, other: str, value: str) -> str:
    if how == "?" and not value:
        raise Refusal(f"{name} is missing: {other}")
    if how == "+":
        return other if value else ""
    return value or (other if how == "-" else "")


def closing(text: str, at: int) -> int:
    """Where the brace is closed that was opened before `at`."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise Refusal(f"a brace is not closed in {text!r}")


def read_settings(file: Path) -> dict[str, str]:
    """NAME=value lines of an .env file; a value in quotes is what stands between them. Raises Refusal."""
    if not file.is_file():
        raise Refusal(f"{file} is missing: copy .env.example there and fill it in")
    lines = (line.strip() for line in file.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def seconds(text: str) -> float:
    """Of a duration such as 90s or 2m."""
    return float(text[:-1]) * UNITS[text[-1]]
