"""What a hosted Recto must not start with. An embedded one, on this machine's own address, needs none of it.

`manage.py check --deploy` says all of it; web and worker say the errors at their start and end.
"""

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

# Of documentation, of .env.example, and what people write until they have something better.
EXAMPLES = frozenset(
    {"recto", "postgres", "postgresql", "password", "passwort", "secret", "admin", "root", "test"}
)
EXAMPLE_MARKS = ("change", "example", "django-insecure", "insert", "replace", "your")
FEWEST_LETTERS = 10  # different ones: a key of 32 times "x" is long, and no secret
NOT_PUBLIC = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


def refuse_unsafe_start() -> None:
    """End this process, with what has to be mended, where a hosted Recto is not safe to serve."""
    errors = [message for message in deployment_messages() if message.level >= checks.ERROR]
    if errors:
        lines = "\n".join(f"  {error.msg} {error.hint}" for error in errors)
        sys.exit(f"Recto does not start: it is hosted (RECTO_HTTPS or RECTO_HOSTED is 1), and\n{lines}")


def check_deployment(**kwargs: object) -> list[checks.CheckMessage]:
    """For `manage.py check --deploy`."""
    return list(deployment_messages())


def deployment_messages() -> Iterator[checks.CheckMessage]:
    """None where Recto is not hosted."""
    if not settings.RECTO_HOSTED:
        return
    yield from _secrets()
    yield from _hosts()
    yield from _proxies()
    if settings.DEBUG:
        yield _error(5, "RECTO_DEBUG=1 shows the program's insides to visitors.", "Leave it out.")
    if not settings.RECTO_CACHE_URL:
        text = "RECTO_CACHE_URL is not set, so each web process counts requests for itself."
        yield _warning(8, text, "With more than one, set it to redis://host:6379/1.")


def _secrets() -> Iterator[checks.CheckMessage]:
    key = settings.SECRET_KEY.lower()
    if len(set(key)) < FEWEST_LETTERS or key.startswith(EXAMPLE_MARKS):
        remedy = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'; or leave it out."
        yield _error(1, "RECTO_SECRET_KEY is an example or can be guessed.", remedy)
    database = settings.DATABASES["default"]
    password = str(database.get("PASSWORD", "")).lower()
    if "postgresql" in str(database["ENGINE"]) and (
        password in EXAMPLES or password.startswith(EXAMPLE_MARKS)
    ):
        text = "The database's password, in RECTO_DATABASE_URL or RECTO_DATABASE_PASSWORD, is an example."
        yield _error(2, text, "Choose another one, in PostgreSQL and here.")


def _hosts() -> Iterator[checks.CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    remedy = "Name the addresses of the page: RECTO_ALLOWED_HOSTS=recto.example.org."
    if any(host.startswith("*") for host in hosts):
        yield _error(3, f"RECTO_ALLOWED_HOSTS={','.join(hosts)} lets any name in.", remedy)
    elif set(hosts) <= NOT_PUBLIC:
        yield _error(3, f"RECTO_ALLOWED_HOSTS={','.join(hosts)} names this machine only.", remedy)


def _proxies() -> Iterator[checks.CheckMessage]:
    if not settings.RECTO_HTTPS:
        text = "RECTO_HOSTED=1 without RECTO_HTTPS=1: cookies and passwords would travel in the open."
        yield _error(4, text, "Put a proxy that speaks HTTPS in front, and set RECTO_HTTPS=1.")
        return
    if not settings.RECTO_PROXIES:
        text = "RECTO_PROXIES=0 behind HTTPS: every visitor would have the proxy's address, and its limits."
        yield _error(6, text, "Set it to how many proxies of yours add to X-Forwarded-For: 1, as a rule.")
    origins = settings.CSRF_TRUSTED_ORIGINS
    wrong = [origin for origin in origins if not _is_origin(origin)]
    if wrong or not origins:
        found = f"{','.join(wrong)} in RECTO_TRUSTED_ORIGINS is no https:// origin of one host."
        text = found if wrong else "RECTO_TRUSTED_ORIGINS is empty: nobody could sign in."
        yield _error(7, text, "Write the page's address: https://recto.example.org.")


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme == "https" and parts.hostname and "*" not in text and not parts.path)


def _error(number: int, text: str, remedy: str) -> checks.Error:
    return checks.Error(text, hint=remedy, id=f"recto.E{number:03}")


def _warning(number: int, text: str, remedy: str) -> checks.Warning:
    return checks.Warning(text, hint=remedy, id=f"recto.W{number:03}")
