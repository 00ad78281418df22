"""Whether the broker takes messages: Redis, or a folder."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from redis import Redis, RedisError

from core.parts import NotWell

TIMEOUT_S = 1.5


def broker_answers() -> str:
    """Raises NotWell. What it says names no machine."""
    scheme = urlsplit(settings.CELERY_BROKER_URL).scheme.partition("+")[0]
    if scheme in {"redis", "rediss"}:
        return _redis_answers(settings.CELERY_BROKER_URL)
    if scheme == "filesystem":
        return _folder_takes(Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])))
    return "The broker is in this process."


def _redis_answers(url: str) -> str:
    # Kombu's name for a socket is not Redis's own.
    url = url.replace("redis+socket://", "unix://", 1)
    try:
        with Redis.from_url(url, socket_connect_timeout=TIMEOUT_S, socket_timeout=TIMEOUT_S) as redis:
            redis.ping()
    except RedisError as error:
        raise NotWell(f"Redis does not answer ({type(error).__name__}).") from error
    return "Redis answers."


def _folder_takes(folder: Path) -> str:
    """No reader looks at a name that does not end as messages do."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"?")
        probe.unlink()
    except OSError as error:
        raise NotWell(f"The folder of messages cannot be written ({error.strerror}).") from error
    return "The folder of messages can be written."
