"""`python -m serve.stack build|up|down|ps|run`: docker-compose.yml without an engine, by podman alone.

For machines where no image can be pulled and no compose is installed. Containers, networks, volumes and
images have the names that compose would give them. See docs/without-an-engine.md.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from serve.console import Refusal, complain, say
from serve.places import ROOT
from serve.stack_file import Service, Stack, read_settings, read_stack
from serve.stack_images import IN_PLACE, Podman, build_images, podman_from_environment
from serve.stack_podman import container_name, network_arguments, once_arguments, run_arguments

LONGEST_PREPARATION = 600  # seconds


def up(podman: Podman, stack: Stack) -> None:
    """Start what does not run yet, each after what it waits for."""
    for name in stack.networks:
        if not podman.has("network", f"{stack.name}_{name}"):
            podman.call(*network_arguments(stack, name))
    services, seen = {service.name: service for service in stack.services}, set[tuple[str, str]]()
    for service in stack.services:
        for wanted in service.after.items():
            if wanted not in seen:
                wait_for(podman, stack, services[wanted[0]], wanted[1])
                seen.add(wanted)
        for number in range(1, service.replicas + 1):
            start(podman, stack, service, number)
    for service in stack.services:
        if service.health and service.replicas:
            wait_for(podman, stack, service, "service_healthy")
    say(f"{stack.name} is up, and every part of it is well")


def start(podman: Podman, stack: Stack, service: Service, number: int) -> None:
    name = container_name(stack, service.name, number)
    if podman.has("container", name):
        if state_of(podman, name) == "running":
            return
        podman.call("rm", "--force", name)
    say(f"starting {name}")
    podman.call(*run_arguments(stack, service, number))


def state_of(podman: Podman, name: str) -> str:
    return podman.ask("inspect", "--format", "{{.State.Status}}", name).stdout.strip()


def wait_for(podman: Podman, stack: Stack, service: Service, condition: str) -> None:
    """Raises Refusal, with its last lines, when the service does not come to that."""
    name = container_name(stack, service.name)
    if condition == "service_completed_successfully":
        status = exit_status(podman, name)
        if status:
            raise Refusal(
                f"{last_lines(podman, name)}\n{name} ended with exit status {status}; nothing else starts"
            )
    elif service.health:
        health = service.health
        until = time.monotonic() + health.patience
        while not is_well(podman, name, health.command):
            if time.monotonic() > until:
                raise Refusal(
                    f"{last_lines(podman, name)}\n{name} was not well after {health.patience:.0f} s"
                )
            time.sleep(min(2.0, health.interval))
        say(f"{name} is well")


def exit_status(podman: Podman, name: str) -> int:
    until = time.monotonic() + LONGEST_PREPARATION
    while state_of(podman, name) not in ("exited", "stopped"):
        if time.monotonic() > until:
            raise Refusal(f"{name} did not end within {LONGEST_PREPARATION} s")
        time.sleep(1)
    return int(podman.ask("inspect", "--format", "{{.State.ExitCode}}", name).stdout)


def is_well(podman: Podman, name: str, command: tuple[str, ...]) -> bool:
    return podman.ask("exec", name, *command).returncode == 0


def last_lines(podman: Podman, name: str) -> str:
    told = podman.ask("logs", "--tail", "30", name)
    return (told.stdout + told.stderr).strip()


def down(podman: Podman, stack: Stack) -> None:
    """Stop and remove the containers and the network; volumes stay."""
    for service in reversed(stack.services):
        for number in range(service.replicas, 0, -1):
            name = container_name(stack, service.name, number)
            if podman.has("container", name):
                say(f"stopping {name}")
                podman.ask("stop", name)  # it waits as long as the service may take
                podman.call("rm", "--force", name)
    for name in stack.networks:
        podman.ask("network", "rm", f"{stack.name}_{name}")


def ps(podman: Podman, stack: Stack) -> None:
    """Each container: its state, and whether it is well."""
    for service in stack.services:
        for number in range(1, service.replicas + 1):
            name = container_name(stack, service.name, number)
            state = state_of(podman, name) or "not there"
            well = ""
            if service.health and state == "running":
                well = "well" if is_well(podman, name, service.health.command) else "NOT WELL"
            say(f"{name:<24} {state:<10} {well}")


def run(podman: Podman, stack: Stack, name: str, *words: str) -> None:
    """`run manage WORDS...`: a command in a container of that service, which is then gone."""
    service = next((service for service in stack.services if service.name == name), None)
    if service is None:
        raise Refusal(f"there is no service {name}")
    podman.call(*once_arguments(stack, service, list(words)))


COMMANDS: dict[str, Callable[..., None]] = {
    "build": build_images,
    "up": up,
    "down": down,
    "ps": ps,
    "run": run,
}


def main(arguments: list[str]) -> int:
    command, *words = arguments or [""]
    if command not in COMMANDS or bool(words) != (command == "run"):
        return complain("usage: python -m serve.stack build|up|down|ps|run SERVICE WORDS...")
    try:
        podman = podman_from_environment()
        variables = {**IN_PLACE, **read_settings(ROOT / ".env"), **os.environ}
        if command == "run":
            variables["COMPOSE_PROFILES"] = words[0]
        COMMANDS[command](podman, read_stack(ROOT / "docker-compose.yml", variables), *words)
    except Refusal as refusal:
        return complain(str(refusal))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
