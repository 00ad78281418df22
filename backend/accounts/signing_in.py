"""Signing in by name and password, with a lock after repeated failures.

The lock says nothing of whether the name exists: names are counted as they are typed, known or not.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import SignInAttempt
from core.client_address import client_network
from core.errors import TooManyRequests, UserError
from core.sentences import say

# One address may try so many times as many names, and one name may be tried from so many times as many
# addresses. (A name is not locked for everybody by one who only wants to lock it.)
MANY_NAMES, MANY_ADDRESSES = 10, 20


class LockedOut(TooManyRequests):
    """Too many failures. The same answer whether the password was right or not."""


class LockingBackend(ModelBackend):
    """Django's users and passwords behind the lock: for the API, its passwords and the admin pages alike."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: object,
    ) -> User | None:
        """Raises PermissionDenied when it is locked; then no other backend is asked."""
        if request is None or username is None or password is None:
            return None
        try:
            attempt = begin_attempt(username, client_network(request))
        except LockedOut as error:
            raise PermissionDenied from error
        user = super().authenticate(request, username=username, password=password)
        if user is not None:
            forget_failures(attempt)
        return user if isinstance(user, User) else None


def checked_user(request: HttpRequest, *, username: str, password: str) -> User:
    """The user of these credentials. Raises LockedOut (429) and UserError `wrong_credentials`."""
    seconds = locked_seconds(username, client_network(request))
    user = None if seconds else authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    if seconds := seconds or locked_seconds(username, client_network(request)):
        minutes = -(-seconds // 60)
        message = say(
            "locked_out",
            f"Too many attempts failed. Try again in {minutes} minutes.",
            count=minutes,
        )
        raise LockedOut("locked_out", message, retry_after=seconds)
    raise UserError("wrong_credentials", "The name or the password is wrong.")


def locked_seconds(username: str, address: str, *, before: SignInAttempt | None = None) -> int:
    """For how long nobody may sign in with this name from this address; 0 when it is possible.

    By all attempts of late, or by those before one.
    """
    limit = settings.RECTO_SIGN_IN_FAILURES
    recent = SignInAttempt.objects.filter(at__range=_window())
    if before is not None:
        recent = recent.filter(pk__lt=before.pk)
    ends = [_lock_end(attempts, limit * factor) for attempts, factor in _counted(recent, username, address)]
    last = max((end for end in ends if end is not None), default=None)
    return 0 if last is None else max(1, round((last - timezone.now()).total_seconds()))


def begin_attempt(username: str, address: str) -> SignInAttempt:
    """A failure until the password is found to be right: of many at once only the first few are tried.

    Raises LockedOut.
    """
    SignInAttempt.objects.exclude(at__range=_window()).delete()
    attempt = SignInAttempt.objects.create(name_digest=_name_digest(username), address=address)
    if seconds := locked_seconds(username, address, before=attempt):
        # (It does not make the lock any longer.)
        attempt.delete()
        message = say("locked_out_now", "Too many attempts failed.")
        raise LockedOut("locked_out", message, retry_after=seconds)
    if locked_seconds(username, address):
        _tell_of_lock(username, address)
    return attempt


def forget_failures(attempt: SignInAttempt) -> None:
    """Of this name from this address, and this attempt itself."""
    SignInAttempt.objects.filter(name_digest=attempt.name_digest, address=attempt.address).delete()


def _counted(
    recent: QuerySet[SignInAttempt], username: str, address: str
) -> list[tuple[QuerySet[SignInAttempt], int]]:
    """What is counted, and how many times the limit each may reach."""
    by_name = recent.filter(name_digest=_name_digest(username))
    return [
        (by_name.filter(address=address), 1),
        (recent.filter(address=address), MANY_NAMES),
        (by_name, MANY_ADDRESSES),
    ]


def _lock_end(attempts: QuerySet[SignInAttempt], limit: int) -> datetime | None:
    """When enough of the attempts will be old; None when there are fewer than the limit."""
    newest = list(attempts.order_by("-at").values_list("at", flat=True)[:limit])
    if len(newest) < limit:
        return None
    return newest[-1] + timedelta(seconds=settings.RECTO_SIGN_IN_LOCK_SECONDS)


def _window() -> tuple[datetime, datetime]:
    """What lies further ahead was before the clock was set back, and would lock somebody out for days."""
    now, seconds = timezone.now(), timedelta(seconds=settings.RECTO_SIGN_IN_LOCK_SECONDS)
    return now - seconds, now + seconds


def _tell_of_lock(username: str, address: str) -> None:
    """In the trail, by the user's name only where there is such a user."""
    user = get_user_model().objects.filter(username=username).first()
    audit.record(user, "locked_out", address=address)


def _name_digest(username: str) -> str:
    key = f"sign-in {settings.SECRET_KEY}".encode()
    return hmac.new(key, username.strip().casefold().encode(), hashlib.sha256).hexdigest()
