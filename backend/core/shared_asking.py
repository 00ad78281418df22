"""How often somebody asked of late, counted by all processes together where they have a Redis.

It is RECTO_CACHE_URL. While it is away, each process counts for itself and says so: visitors are neither
turned away nor let off.
Redis is told no addresses, only keyed digests of them.
"""

import hashlib
import hmac
import logging
from math import ceil
from time import monotonic
from typing import Any

import redis
from django.conf import settings

from core.asking_often import LatelyAsked

logger = logging.getLogger(__name__)
PATIENCE_S = 0.3
# So long nobody waits for a Redis that was away a moment ago.
LEFT_ALONE_S = 10.0
# One script, so that two processes cannot both take the last place. The clock is Redis's own: those of the
# processes differ. ARGV: how many, milliseconds, what makes this entry one of its own.
SCRIPT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
-- What lies ahead was before the clock was set back.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then
  return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] + ARGV[2] - now
end
redis.call('ZADD', KEYS[1], now, time[1] .. '.' .. time[2] .. '.' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
"""


class SharedAsking:
    """Lets everybody ask `most` times for one `kind` of thing within so many `seconds`, wherever they ask."""

    def __init__(self, kind: str, *, most: int, seconds: float) -> None:
        self._kind, self._most, self._seconds = kind, most, seconds
        self._here = LatelyAsked(most=most, seconds=seconds)
        self._away_until = 0.0
        self._redis: redis.Redis | None = None

    def note(self, asker: str) -> int:
        """0 when it may be, and it counts; else after how many seconds."""
        if settings.RECTO_CACHE_URL and monotonic() >= self._away_until:
            try:
                return self._note_together(asker)
            except redis.RedisError as error:
                self._away_until = monotonic() + LEFT_ALONE_S
                logger.warning("The shared cache is away (%s): %s counted here", error, self._kind)
        return self._here.note(asker)

    def _note_together(self, asker: str) -> int:
        if self._redis is None:
            timeouts: dict[str, Any] = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
            self._redis = redis.Redis.from_url(settings.RECTO_CACHE_URL, **timeouts)
        key, own = self._key(asker), f"{id(self)}.{monotonic()}"
        window_ms = round(1000 * self._seconds)
        left: Any = self._redis.eval(SCRIPT, 1, key, str(self._most), str(window_ms), own)
        return ceil(int(left) / 1000)

    def _key(self, asker: str) -> str:
        secret = f"asking {settings.SECRET_KEY}".encode()
        digest = hmac.new(secret, asker.encode(), hashlib.sha256).hexdigest()[:32]
        return f"recto:asking:{self._kind}:{digest}"
