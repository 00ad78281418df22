"""Settings from the environment: right, absent, or a sentence that names the variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("RECTO_X", raising=False)
    return monkeypatch


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_flag(given: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    given.setenv("RECTO_X", value)
    assert env.flag("RECTO_X", True) is expected


def test_words_and_text_and_folder(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.words("RECTO_X", ["localhost"]) == ["localhost"]
    assert env.folder("RECTO_X", tmp_path) == tmp_path
    given.setenv("RECTO_X", " a, b ,")
    assert env.words("RECTO_X", []) == ["a", "b"]
    assert env.text("RECTO_X", "-") == "a, b ,"


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_flag_that_is_none(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("RECTO_X", value)
    with pytest.raises(ImproperlyConfigured, match=f"RECTO_X='{value}'"):
        env.flag("RECTO_X", False)


@pytest.mark.parametrize("value", ["0", "65536", "eight", "1.5", "٣"])
def test_integer_out_of_range_or_no_number(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("RECTO_X", value)
    with pytest.raises(ImproperlyConfigured, match=r"RECTO_X=.*from 1 to 65535"):
        env.integer("RECTO_X", 8000, low=1, high=65535)


def test_url_of_another_scheme(given: pytest.MonkeyPatch) -> None:
    given.setenv("RECTO_X", "ftp://host")
    with pytest.raises(ImproperlyConfigured, match="http, https"):
        env.url("RECTO_X", "", schemes={"http", "https"})


def test_sqlite_waits_and_begins_immediately(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = env.database("RECTO_X", f"sqlite://{tmp_path}/new/recto.sqlite3")
    assert found["NAME"] == f"{tmp_path}/new/recto.sqlite3"
    assert (tmp_path / "new").is_dir()
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=NORMAL" in options["init_command"]


def test_postgresql(given: pytest.MonkeyPatch) -> None:
    given.setenv("RECTO_X", "postgresql://recto:p%40ss@db:5433/prints?sslmode=require")
    found = env.database("RECTO_X", "")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("recto", "p@ss", "db", 5433)
    assert found["NAME"] == "prints"
    assert found["OPTIONS"] == {**env.POSTGRESQL_OPTIONS, "sslmode": "require"}


def test_postgresql_by_its_socket_and_with_other_patience(given: pytest.MonkeyPatch) -> None:
    given.setenv("RECTO_X", "postgresql://recto@/prints?host=/run/postgresql&connect_timeout=60")
    found = env.database("RECTO_X", "")
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "")
    assert found["OPTIONS"] == {**env.POSTGRESQL_OPTIONS, "connect_timeout": "60"}


def test_postgresql_with_a_limit_of_time_still_looks_for_processes_that_are_gone(
    given: pytest.MonkeyPatch,
) -> None:
    given.setenv("RECTO_X", "postgresql://recto@db/prints?options=-c%20statement_timeout%3D60000")
    options = env.database("RECTO_X", "")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["options"].startswith("-c tcp_keepalives_idle=10 ")
    assert options["options"].endswith(" -c statement_timeout=60000")


def test_postgresql_takes_its_password_from_a_file(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss word\n")
    given.setenv("RECTO_X", "postgresql://recto@db/prints")
    given.setenv("RECTO_X_PASSWORD_FILE", str(tmp_path / "password"))
    assert env.database("RECTO_X", "", password="RECTO_X_PASSWORD")["PASSWORD"] == "p@ss word"


def test_two_passwords_are_refused_without_showing_them(given: pytest.MonkeyPatch) -> None:
    given.setenv("RECTO_X", "postgresql://recto:first@db/prints")
    given.setenv("RECTO_X_PASSWORD", "second")
    with pytest.raises(ImproperlyConfigured, match="RECTO_X has a password and RECTO_X_PASSWORD") as caught:
        env.database("RECTO_X", "", password="RECTO_X_PASSWORD")
    assert "first" not in str(caught.value)
    assert "second" not in str(caught.value)


@pytest.mark.parametrize("value", ["mysql://a/b", "postgresql://host", "sqlite:relative", "recto.sqlite3"])
def test_database_of_no_known_kind_shows_no_password(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("RECTO_X", value)
    with pytest.raises(ImproperlyConfigured, match="RECTO_X must be sqlite:") as caught:
        env.database("RECTO_X", "")
    assert value not in str(caught.value)


def test_integers_are_read_one_by_one(given: pytest.MonkeyPatch) -> None:
    assert env.integers("RECTO_X", [80, 443], low=1, high=65535) == [80, 443]
    given.setenv("RECTO_X", "80, 8182")
    assert env.integers("RECTO_X", [], low=1, high=65535) == [80, 8182]


@pytest.mark.parametrize("value", ["80,0", "80;443", "65536", "http", "-1"])
def test_integers_that_are_none_are_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv("RECTO_X", value)
    with pytest.raises(ImproperlyConfigured, match="RECTO_X"):
        env.integers("RECTO_X", [80], low=1, high=65535)


def test_folders_are_separated_as_in_path(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.folders("RECTO_X", [tmp_path]) == [tmp_path]
    given.setenv("RECTO_X", f"{tmp_path / 'a'}:{tmp_path / 'b' / '..' / 'c'}:")
    assert env.folders("RECTO_X", []) == [tmp_path / "a", tmp_path / "c"]


def test_relative_folders_count_from_the_repository(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.chdir(tmp_path)
    given.setenv("RECTO_X", "elsewhere")
    assert env.folder("RECTO_X", tmp_path) == env.REPOSITORY / "elsewhere"
    assert env.folders("RECTO_X", []) == [env.REPOSITORY / "elsewhere"]
    assert (env.REPOSITORY / "backend" / "manage.py").is_file()


def test_secret_is_made_once_and_only_its_owner_reads_it(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "processed" / "secret_key"
    first = env.secret("RECTO_X", keep_in=path)
    assert len(first) >= 50
    assert env.secret("RECTO_X", keep_in=path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_secret_that_is_short_is_refused_without_showing_it(
    given: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given.setenv("RECTO_X", "hunter2")
    with pytest.raises(ImproperlyConfigured, match="7 characters") as caught:
        env.secret("RECTO_X", keep_in=tmp_path / "unused")
    assert "hunter2" not in str(caught.value)


def test_secret_from_a_file_without_its_newline(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{'k' * 40}\n")
    given.setenv("RECTO_X_FILE", str(tmp_path / "key"))
    assert env.secret("RECTO_X", keep_in=tmp_path / "unused") == "k" * 40
    assert not (tmp_path / "unused").exists()


def test_secret_given_twice_is_refused(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv("RECTO_X", "k" * 40)
    given.setenv("RECTO_X_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="RECTO_X and RECTO_X_FILE are both given") as caught:
        env.given_secret("RECTO_X")
    assert "kkk" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "not text in UTF-8")],
)
def test_secret_file_that_is_none_is_named(
    given: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    given.setenv("RECTO_X_FILE", str(path))
    with pytest.raises(ImproperlyConfigured, match=f"RECTO_X_FILE='{path}'.*{reason}"):
        env.given_secret("RECTO_X")


def test_secret_file_that_may_not_be_read(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given.setenv("RECTO_X_FILE", str(tmp_path))  # a folder: root may read every file
    with pytest.raises(ImproperlyConfigured, match=r"RECTO_X_FILE=.* cannot be read: Is a directory"):
        env.given_secret("RECTO_X")


def test_filesystem_broker_makes_its_folders(tmp_path: Path) -> None:
    options = env.filesystem_broker(tmp_path / "broker")
    assert options["data_folder_in"] == options["data_folder_out"]
    assert sorted(path.name for path in (tmp_path / "broker").iterdir()) == ["control", "messages"]


def test_options_of_a_broker_by_its_address(tmp_path: Path) -> None:
    assert "data_folder_in" in env.broker_options("filesystem://localhost", folder=tmp_path)
    for address in ("redis://redis:6379/0", "rediss://redis/0", "redis+socket:///run/redis.sock"):
        options = env.broker_options(address, folder=tmp_path)
        # Kombu's own choice would let a request wait for ever for a Redis that is away.
        assert (options["max_retries"], options["socket_timeout"]) == (1, 5)
    assert env.broker_options("memory://", folder=tmp_path) == {}
