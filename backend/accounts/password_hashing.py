"""Passwords as Argon2id digests, only so many made at a time: signing in must not exhaust a small server.

Measured here (docs/decisions/passwords.md): 19 MiB and about 40 ms of one processor for each.
"""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.

    Django's own 100 MiB and eight lanes would take 2.4 GB where all 24 threads of a web process sign in.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return bool(super().verify(password, encoded))
