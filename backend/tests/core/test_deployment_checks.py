"""A hosted Recto starts with nothing that is known to be unsafe; an embedded one starts as it is."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from celery.signals import beat_init, worker_init
from django.conf import settings as configured
from django.core import checks
from pytest_django import Settings

from core.deployment_checks import check_deployment, refuse_unsafe_start

SAFE: dict[str, Any] = {
    "RECTO_HOSTED": True,
    "RECTO_HTTPS": True,
    "RECTO_PROXIES": 1,
    "RECTO_CACHE_URL": "redis://redis:6379/1",
    "SECRET_KEY": "kZ3v-Yq81LwPz0aRj5mNf7cXs9bTg2hUe4oDi6",
    "ALLOWED_HOSTS": ["recto.museum.example"],
    "CSRF_TRUSTED_ORIGINS": ["https://recto.museum.example"],
    "DEBUG": False,
}


def messages(settings: Settings, **changed: Any) -> list[checks.CheckMessage]:
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)
    return check_deployment()


def test_a_hosted_configuration_is_clean(settings: Settings) -> None:
    assert messages(settings) == []


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"SECRET_KEY": "change-me-to-something-of-32-letters-please"}, "RECTO_SECRET_KEY"),
        ({"SECRET_KEY": "x" * 64}, "RECTO_SECRET_KEY"),
        ({"ALLOWED_HOSTS": ["*"]}, "RECTO_ALLOWED_HOSTS=* lets any name in"),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, "names this machine only"),
        ({"ALLOWED_HOSTS": []}, "RECTO_ALLOWED_HOSTS"),
        ({"DEBUG": True}, "RECTO_DEBUG"),
        ({"RECTO_PROXIES": 0}, "RECTO_PROXIES=0"),
        ({"RECTO_HTTPS": False}, "RECTO_HTTPS"),
        ({"CSRF_TRUSTED_ORIGINS": []}, "RECTO_TRUSTED_ORIGINS is empty"),
        ({"CSRF_TRUSTED_ORIGINS": ["http://recto.museum.example"]}, "no https:// origin"),
        ({"CSRF_TRUSTED_ORIGINS": ["https://*.example"]}, "no https:// origin"),
    ],
)
def test_what_is_not_safe_stops_the_start_with_what_to_mend(
    settings: Settings, changed: dict[str, Any], names: str
) -> None:
    (message,) = messages(settings, **changed)
    assert message.level == checks.ERROR
    assert names in message.msg
    assert str(message.hint).endswith(".")
    with pytest.raises(SystemExit, match="Recto does not start"):
        refuse_unsafe_start()


@pytest.mark.parametrize("password", ["recto", "Postgres", "change-me-now"])
def test_an_example_for_the_databases_password_stops_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "recto", "PASSWORD": password}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    (message,) = messages(settings)
    assert message.level == checks.ERROR
    assert "RECTO_DATABASE_PASSWORD" in message.msg


def test_counting_by_process_is_only_a_warning(settings: Settings) -> None:
    (message,) = messages(settings, RECTO_CACHE_URL="")
    assert message.level == checks.WARNING
    refuse_unsafe_start()


def test_an_embedded_recto_starts_as_it_is(settings: Settings) -> None:
    assert messages(settings, RECTO_HOSTED=False, DEBUG=True, ALLOWED_HOSTS=["*"], SECRET_KEY="x") == []
    refuse_unsafe_start()


def started(tmp_path: Path, *command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    hosted = {
        "RECTO_DATA_DIR": str(tmp_path),
        "RECTO_HTTPS": "1",
        "RECTO_PROXIES": "1",
        "RECTO_ALLOWED_HOSTS": "recto.museum.example",
        "RECTO_TRUSTED_ORIGINS": "https://recto.museum.example",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RECTO_")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=configured.BASE_DIR,
        env={**inherited, **hosted, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_is_clean_for_a_hosted_configuration(tmp_path: Path) -> None:
    checked = started(
        tmp_path,
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        RECTO_CACHE_URL="redis://redis:6379/1",
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_the_page_is_not_served_with_an_open_host(tmp_path: Path) -> None:
    ended = started(tmp_path, "-c", "import config.wsgi", RECTO_ALLOWED_HOSTS="*")
    assert ended.returncode == 3  # gunicorn then ends, and does not try for ever
    assert "RECTO_ALLOWED_HOSTS=* lets any name in" in ended.stderr


@pytest.mark.parametrize("start", [worker_init, beat_init], ids=["worker", "beat"])
def test_no_worker_starts_with_an_open_host(settings: Settings, start: Any) -> None:
    messages(settings, ALLOWED_HOSTS=["*"])
    with pytest.raises(SystemExit, match="lets any name in"):
        start.send(sender=None)
