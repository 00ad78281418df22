"""docker-compose.yml as the runner without an engine reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from serve.console import Refusal
from serve.places import ROOT
from serve.stack_file import Stack, read_stack, with_variables
from serve.stack_podman import container_name, network_arguments, once_arguments, run_arguments

HOST = {"RECTO_HOST": "prints.example.org"}


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    """Our own file, with the example's settings beside it."""
    for name in ("docker-compose.yml", ".env.example"):
        text = (ROOT / name).read_text()
        (tmp_path / name.replace(".env.example", ".env")).write_text(text)
    return read_stack(tmp_path / "docker-compose.yml", HOST)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${A}", "1"),
        ("${B:-2}", "2"),
        ("${A:-2}", "1"),
        ("https://x${A:+:${A}}/${B:+b}", "https://x:1/"),
        ("${B:-${C:-deep}}", "deep"),
        ("$${A} costs $$5", "${A} costs $5"),
        ("no $A without braces", "no $A without braces"),
    ],
)
def test_variables_are_filled_in_as_compose_does(text: str, filled: str) -> None:
    assert with_variables(text, {"A": "1", "B": ""}) == filled


def test_a_variable_that_has_to_be_set_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"RECTO_HOST is missing: set RECTO_HOST in \.env"):
        read_stack(ROOT / "docker-compose.yml", {})


def test_a_word_that_the_runner_does_not_know_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "docker-compose.yml"
    file.write_text("name: x\nservices: {web: {image: x, privileged: true}}\nsecrets: {}\nnetworks: {}\n")
    with pytest.raises(Refusal, match="the service web says privileged"):
        read_stack(file, {})


def test_a_second_one_on_a_machine_has_a_name_of_its_own(stack: Stack) -> None:
    second = read_stack(stack.folder / "docker-compose.yml", {**HOST, "COMPOSE_PROJECT_NAME": "restored"})
    web = next(service for service in second.services if service.name == "web")
    words = run_arguments(second, web, 1)
    assert words[words.index("--name") + 1] == "restored-web-1"
    assert words[words.index("--network") + 1] == "restored_recto"
    assert "restored_data:/data" in words
    assert web.said["image"] == "recto-backend:local"


def test_services_come_after_what_they_wait_for(stack: Stack) -> None:
    order = [service.name for service in stack.services]
    for service in stack.services:
        for other in service.after:
            assert order.index(other) < order.index(service.name)
    assert order[-1] == "nginx"


def test_only_nginx_is_published_and_all_are_in_one_network(stack: Stack) -> None:
    assert [service.name for service in stack.services if "ports" in service.said] == ["nginx"]
    assert {network for service in stack.services for network in service.said["networks"]} == {"recto"}


def test_every_service_is_confined_limited_and_restarted(stack: Stack) -> None:
    for service in stack.services:
        words = run_arguments(stack, service, 1)
        line = " ".join(words)
        for option in ("--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--init"):
            assert option in line, (service.name, option)
        for option in ("--cpus", "--memory", "--pids-limit"):
            assert option in words, (service.name, option)
        expected = "no" if service.name == "migrate" else "unless-stopped"
        assert f"--restart {expected}" in line
        assert service.health or service.name == "migrate"


def test_what_computes_has_the_processor_after_pages_and_databases(stack: Stack) -> None:
    behind = {
        service.name
        for service in stack.services
        if "--cpu-shares 256" in " ".join(run_arguments(stack, service, 1))
    }
    assert behind == {"indexer", "importer", "search-model"}


def test_no_secret_is_in_the_environment(stack: Stack) -> None:
    for service in stack.services:
        names = service.environment(stack.folder)
        assert not [name for name in names if name.endswith(("PASSWORD", "SECRET_KEY"))]


def test_settings_of_the_house_reach_all_of_recto_and_the_files_own_words_count_for_more(
    stack: Stack,
) -> None:
    (stack.folder / ".env").write_text("RECTO_KEEP_DAYS=7\nRECTO_HTTPS=0\n# RECTO_DEBUG=1\n")
    web = next(service for service in stack.services if service.name == "web").environment(stack.folder)
    assert (web["RECTO_KEEP_DAYS"], web["RECTO_HTTPS"], web.get("RECTO_DEBUG")) == ("7", "1", None)
    assert web["RECTO_PUBLIC_URL"] == "https://prints.example.org"


def test_a_profile_brings_its_services_and_numbers_make_more_of_one(stack: Stack) -> None:
    variables = {**HOST, "COMPOSE_PROFILES": "gpu", "RECTO_EXTRACTORS": "0", "RECTO_INDEXERS": "2"}
    replicas = {
        s.name: s.replicas for s in read_stack(stack.folder / "docker-compose.yml", variables).services
    }
    assert (replicas["search-model"], replicas["search-model-gpu"], replicas["indexer"]) == (0, 1, 2)
    assert "search-model-gpu" not in [service.name for service in stack.services]


def test_volumes_folders_and_secrets_become_mounts(stack: Stack) -> None:
    web = next(service for service in stack.services if service.name == "web")
    words = run_arguments(stack, web, 2)
    assert words[words.index("--name") + 1] == container_name(stack, "web", 2) == "recto-web-2"
    assert "recto_data:/data" in words
    assert f"{stack.folder}/data/raw:/data/raw:ro" in words
    assert f"{stack.folder}/secrets/secret_key:/run/secrets/secret_key:ro" in words


def test_the_network_has_ipv6_of_its_own(stack: Stack) -> None:
    words = network_arguments(stack, "recto")
    assert "--ipv6" in words
    assert words[-1] == "recto_recto"


def test_commands_have_a_service_of_their_own_that_is_not_started(stack: Stack) -> None:
    assert "manage" not in [service.name for service in stack.services]
    file = stack.folder / "docker-compose.yml"
    services = read_stack(file, {**HOST, "COMPOSE_PROFILES": "manage"}).services
    manage = next(service for service in services if service.name == "manage")
    words = once_arguments(stack, manage, ["backup", "/backups"])
    assert words[words.index("--entrypoint") + 1] == '["python", "manage.py"]'
    assert words[-3:] == ["recto-backend:local", "backup", "/backups"]
    assert "--detach" not in words
