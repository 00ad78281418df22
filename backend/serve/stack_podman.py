"""A service of docker-compose.yml as the arguments of `podman run`."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator
from typing import Any

from serve.stack_file import Service, Stack, seconds


def run_arguments(stack: Stack, service: Service, number: int) -> list[str]:
    """All that follows `podman`, for the container with this number of the service."""
    name = container_name(stack, service.name, number)
    command = service.said.get("command", [])
    return ["run", "--detach", "--name", name, *container_arguments(stack, service), *command]


def once_arguments(stack: Stack, service: Service, words: list[str]) -> list[str]:
    """All that follows `podman`, for a container that does one thing and is gone."""
    return ["run", "--rm", *container_arguments(stack, service), *words]


def container_arguments(stack: Stack, service: Service) -> list[str]:
    return [
        *("--network", f"{stack.name}_{service.said['networks'][0]}", "--network-alias", service.name),
        *process_arguments(service.said),
        *confinement(service.said),
        *resources(service.said.get("deploy", {}).get("resources", {}).get("limits", {})),
        *(word for mount in mounts(stack, service.said) for word in ("--volume", mount)),
        # Podman would copy what the image has there, with its owner and mode; Docker does not.
        *(word for path in service.said.get("tmpfs", []) for word in ("--tmpfs", f"{path},notmpcopyup")),
        *(word for port in service.said.get("ports", []) for word in ("--publish", port)),
        *environment(stack, service),
        # Of this machine: it may allow less than Podman asks for.
        *shlex.split(os.environ.get("RECTO_PODMAN_RUN", "")),
        *(["--entrypoint", json.dumps(entrypoint)] if (entrypoint := service.said.get("entrypoint")) else []),
        service.said["image"],
    ]


def container_name(stack: Stack, service: str, number: int = 1) -> str:
    return f"{stack.name}-{service}-{number}"


def process_arguments(said: dict[str, Any]) -> Iterator[str]:
    """Who it runs as, how it is stopped, what happens when it ends, where its output goes."""
    if said.get("init"):
        yield "--init"
    if "user" in said:
        yield from ("--user", said["user"])
    if "shm_size" in said:
        yield from ("--shm-size", said["shm_size"])
    if "cpu_shares" in said:
        yield from ("--cpu-shares", str(said["cpu_shares"]))
    if "stop_signal" in said:
        yield from ("--stop-signal", said["stop_signal"])
    yield from ("--stop-timeout", f"{seconds(said.get('stop_grace_period', '10s')):.0f}")
    yield from ("--restart", said.get("restart", "no"))
    yield from ("--log-driver", "k8s-file", "--log-opt", f"max-size={said['logging']['options']['max-size']}")


def confinement(said: dict[str, Any]) -> Iterator[str]:
    if said.get("read_only"):
        # Podman's own addition, writable folders all the same, is not what the file says.
        yield from ("--read-only", "--read-only-tmpfs=false")
    for capability in said.get("cap_drop", []):
        yield from ("--cap-drop", capability)
    for option in said.get("security_opt", []):
        yield from ("--security-opt", option.removesuffix(":true"))


def resources(limits: dict[str, Any]) -> Iterator[str]:
    """What it gets at most."""
    for word, option in {"cpus": "--cpus", "memory": "--memory", "pids": "--pids-limit"}.items():
        if word in limits:
            yield from (option, str(limits[word]))


def mounts(stack: Stack, said: dict[str, Any]) -> Iterator[str]:
    """Volumes by their names, folders by their paths, secrets as files."""
    for volume in said.get("volumes", []):
        source, target = volume.split(":", 1)
        if source.startswith((".", "/")):
            folder = (stack.folder / source).resolve()
            folder.mkdir(parents=True, exist_ok=True)
            source = str(folder)
        else:
            source = f"{stack.name}_{source}"
        yield f"{source}:{target}"
    for name in said.get("secrets", []):
        yield f"{stack.secrets[name]}:/run/secrets/{name}:ro"


def environment(stack: Stack, service: Service) -> Iterator[str]:
    for name, value in service.environment(stack.folder).items():
        yield from ("--env", f"{name}={value}")


def network_arguments(stack: Stack, name: str) -> list[str]:
    said = stack.networks[name]
    subnets = [word for one in said["ipam"]["config"] for word in ("--subnet", one["subnet"])]
    ipv6 = ["--ipv6"] if str(said.get("enable_ipv6", "")).lower() == "true" else []
    return ["network", "create", *ipv6, *subnets, f"{stack.name}_{name}"]
