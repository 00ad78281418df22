"""The processes of a hosted Recto, as its containers start them."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from core.processors import processors
from serve.healthy import complaint_of
from serve.hosted import main, prepare, program_of
from serve.places import ROOT, Places, places_from_environment
from serve.processes import WORKERS, programs_of
from serve.stack_file import read_stack


@pytest.fixture
def places() -> Places:
    return places_from_environment({})


def test_hosted_processes_are_those_of_make_run_but_for_the_address(places: Places) -> None:
    embedded = {program.name: program for program in programs_of(places, load=False)}
    for name in ("beat", *WORKERS):
        assert program_of(places, name).command == embedded[name].command
    web = [word.replace("0.0.0.0:", "127.0.0.1:") for word in program_of(places, "web").command]
    assert web == list(embedded["web"].command)


def test_what_compose_starts_exists(places: Places) -> None:
    stack = read_stack(ROOT / "docker-compose.yml", {"RECTO_HOST": "x"})
    started = [
        service.said["command"][-1]
        for service in stack.services
        if "serve.hosted" in service.said.get("command", [])
    ]
    assert sorted(started) == ["beat", "importer", "indexer", "prepare", "web"]
    for name in started:
        assert name == "prepare" or program_of(places, name).name == name


def test_postgres_takes_the_connections_of_seven_web_processes_and_six_workers(places: Places) -> None:
    """docs/decisions/databases.md promises it: one connection for each thread, two for each worker."""
    web = program_of(places, "web").command
    threads = int(web[web.index("--threads") + 1]) - processors() + 2  # as the stack has without settings
    stack = read_stack(ROOT / "docker-compose.yml", {"RECTO_HOST": "x"})
    postgres = next(service for service in stack.services if service.name == "postgres")
    taken = re.findall(r"max_connections=(\d+)", " ".join(postgres.said["command"]))
    kept_for_the_superuser, others = 3, 10
    assert int(taken[0]) >= 7 * threads + 6 * 2 + kept_for_the_superuser + others


def test_a_process_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker"]) == 1
    assert "usage" in "".join(capsys.readouterr())


def test_of_two_preparations_at_once_the_second_waits_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, told = places_from_environment({"RECTO_DATA_DIR": str(tmp_path)}), list[str]()
    second = threading.Thread(target=prepare, args=(places,))

    def alone(_: Places) -> int:
        told.append("begins")
        if len(told) == 1:
            second.start()
            second.join(0.5)  # as long as it has to get in between
        told.append("ends")
        return 0

    monkeypatch.setattr("serve.hosted.prepare_alone", alone)
    assert prepare(places) == 0
    second.join(10)
    assert told == ["begins", "ends", "begins", "ends"]


def test_a_part_is_well_when_health_says_so_of_it() -> None:
    checks = {"beat": {"ok": True, "message": "seen"}, "broker": {"ok": False, "message": "gone"}}
    body = json.dumps({"status": "unavailable", "checks": checks}).encode()
    assert complaint_of(body, "beat") == ""
    assert complaint_of(body, "broker") == "gone"
    assert complaint_of(body, "nobody") == "nothing is said of nobody"
    assert complaint_of(b"<html>", "beat") == "nothing is said of beat"


def test_nginx_lets_through_what_the_application_reads(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("proxy_limits")
    limits = dict(line.split("=") for line in capsys.readouterr().out.split())
    assert int(limits["RECTO_BODY_SEARCH"]) > settings.RECTO_SEARCH_MAX_BYTES
    assert int(limits["RECTO_BODY_ZIP"]) > settings.RECTO_ZIP_MAX_BYTES
    assert int(limits["RECTO_BODY_SCAN"]) > settings.RECTO_SCAN_MAX_BYTES
    templates = "".join(file.read_text() for file in (ROOT / "nginx" / "templates").iterdir())
    assert set(re.findall(r"\${(RECTO_BODY\w*)}", templates)) == limits.keys()


def test_every_setting_of_nginx_has_a_value_when_nobody_gives_one() -> None:
    templates = "".join(file.read_text() for file in (ROOT / "nginx" / "templates").iterdir())
    dockerfile = (ROOT / "nginx" / "Dockerfile").read_text()
    start = (ROOT / "nginx" / "start").read_text()
    known = set(re.findall(r"(RECTO_\w+)=", dockerfile + start))
    wanted = {name for name in re.findall(r"\${(RECTO_\w+)}", templates) if "_BODY" not in name}
    assert wanted == known


def test_both_images_with_the_page_build_it_in_the_same_words() -> None:
    def page_stage(file: Path) -> str:
        text = file.read_text()
        return text[text.index("FROM ${NODE} AS page") : text.index("npm run build")]

    assert page_stage(ROOT / "backend" / "Dockerfile") == page_stage(ROOT / "nginx" / "Dockerfile")


def test_errors_of_nginx_have_the_body_of_all_errors() -> None:
    words = json.loads((ROOT / "frontend" / "src" / "locales" / "en.json").read_text())["server"]
    for file in (ROOT / "nginx" / "errors").glob("*.json"):
        error = json.loads(file.read_text())["error"]
        assert error.keys() == {"code", "message", "fields", "said"}, file.name
        assert not error["said"] or error["said"]["key"] in words
