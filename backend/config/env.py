"""Typed readers of environment variables. They fail loudly: with variable, value and what is allowed."""

import contextlib
import os
import re
import secrets
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[2]
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")
    return value in TRUE


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    value = os.environ.get(name, "").strip() or str(default)
    if not re.fullmatch(r"-?[0-9]+", value) or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r} must be a whole number from {low} to {high}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or default


def integers(name: str, default: list[int], *, low: int, high: int) -> list[int]:
    """Whole numbers from `low` to `high`, separated by commas."""
    values = words(name, [str(number) for number in default])
    for value in values:
        if not re.fullmatch(r"[0-9]+", value) or not low <= int(value) <= high:
            raise ImproperlyConfigured(
                f"{name}={','.join(values)!r} must be whole numbers from {low} to {high}, by commas."
            )
    return [int(value) for value in values]


def folders(name: str, default: list[Path]) -> list[Path]:
    """Folders, separated as in PATH; relative ones count from the repository."""
    given = [text for text in os.environ.get(name, "").split(os.pathsep) if text.strip()]
    return [_from_repository(text.strip()) for text in given] or default


def folder(name: str, default: Path) -> Path:
    """A folder; a relative one counts from the repository. It need not exist yet."""
    return _from_repository(os.environ.get(name, "").strip() or str(default))


def _from_repository(text: str) -> Path:
    """As `make run` reads it, so that `manage.py` finds the same data in whatever folder it is called."""
    return (REPOSITORY / Path(text).expanduser()).resolve()


def url(name: str, default: str, *, schemes: set[str]) -> str:
    value = text(name, default)
    if value.split(":", 1)[0] not in schemes:
        raise ImproperlyConfigured(f"{name}={value!r} must start with one of {', '.join(sorted(schemes))}.")
    return value.rstrip("/")


def given_secret(name: str) -> str:
    """The secret `name`, or the text of the file that `name_FILE` names, without its newline; '' for neither.

    A file is how compose and Kubernetes hand secrets over: it is in no process list and no `inspect`.
    """
    value, path = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both given. Leave one of them out.")
    return _secret_file(f"{name}_FILE", path) if path else value


def _secret_file(name: str, path: str) -> str:
    try:
        found = Path(path).read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise ImproperlyConfigured(f"{name}={path!r} cannot be read: {reason}.") from error
    if not found.strip():
        raise ImproperlyConfigured(f"{name}={path!r} is empty. Write the secret into it.")
    return found


def secret(name: str, *, keep_in: Path) -> str:
    """The secret from the environment, else one made at the first start and kept in the file `keep_in`."""
    given = given_secret(name)
    if given and len(given) < 32:
        raise ImproperlyConfigured(f"{name} has {len(given)} characters; a secret needs at least 32.")
    return given or _kept_secret(keep_in)


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was faster: its secret is the one
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def database(name: str, default: str, *, password: str = "") -> dict[str, object]:
    """Django's DATABASES entry from `sqlite:///absolute/path` or `postgresql://user:password@host:port/name`.

    `password` names the secret (see `given_secret`) for an address of PostgreSQL that has none.
    """
    value = text(name, default)
    parts = urlsplit(value)
    if value.startswith("sqlite:///"):
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return _postgresql(name, parts, password)
    raise ImproperlyConfigured(
        f"{name} must be sqlite:///absolute/path or postgresql://user:password@host:port/name."
    )


def _postgresql(name: str, parts: SplitResult, password: str) -> dict[str, object]:
    given = given_secret(password) if password else ""
    if given and parts.password:
        raise ImproperlyConfigured(f"{name} has a password and {password} gives one. Leave one of them out.")
    asked_for = dict(parse_qsl(parts.query))
    # What the server is told besides what it is told anyway.
    told = f"{POSTGRESQL_OPTIONS['options']} {asked_for.pop('options', '')}".rstrip()
    options: dict[str, object] = {**POSTGRESQL_OPTIONS, **asked_for, "options": told}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": given or unquote(parts.password or ""),
        # libpq takes a folder for a host: that of the server's socket.
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": options,
        # Each thread of the web process keeps a connection; one that the server closed is opened again.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# A server that is gone without a word (its machine, or the network) is noticed in seconds, not hours. The
# server is told to look in the same way: until it sees that a process is gone, what that locked stays locked.
_LOOK_FOR_US = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
POSTGRESQL_OPTIONS = {
    "application_name": "recto",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "options": " ".join(f"-c {name}={value}" for name, value in _LOOK_FOR_US.items()),
}


def _sqlite(path: Path) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # 4 MB of pages for each connection, of which every thread of the web process has one. With 20 MB the
    # filters' options under words took a third less processor at 100,000 prints, lists by title a tenth.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # A transaction that begins as a reader and then writes fails at once under load, whatever the
            # timeout; one that begins IMMEDIATE waits its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas,
        },
    }


def broker_options(url: str, *, folder: Path) -> dict[str, object]:
    """Options of Kombu's transport for this address."""
    if url.startswith("filesystem"):
        return filesystem_broker(folder)
    return dict(REDIS_OPTIONS) if url.startswith("redis") else {}


# Who queues a job does not wait for a Redis that is away: the job's row waits, and the next sweep sends it.
# Kombu would try for ever. A connection that is dead without a word is noticed in seconds.
REDIS_OPTIONS = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
}


def filesystem_broker(folder: Path) -> dict[str, object]:
    """Options of Kombu's file-system transport, which keeps each message as a file below `folder`."""
    messages, control = folder / "messages", folder / "control"
    for path in (messages, control):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
        "polling_interval": 0.5,
    }
