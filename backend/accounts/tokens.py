"""API tokens: made, found by their text, deleted. The text is never stored."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import ApiToken
from core.errors import NotFound, UserError
from core.sentences import say

PREFIX = "recto_"  # by which a token is recognised where it should not be, in a log or in a repository
MOST_TOKENS = 50
# How exact "last used" is: not every read of a program has to write.
USE_NOTED_EVERY = timedelta(minutes=10)


def create_token(*, user: User, name: str, expires_at: datetime | None, address: str) -> tuple[ApiToken, str]:
    """A new token and its text, which is given only here."""
    if user.api_tokens.count() >= MOST_TOKENS:
        message = f"You have {MOST_TOKENS} tokens. Delete one first."
        raise UserError("too_many_tokens", say("too_many_tokens", message, limit=MOST_TOKENS))
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=user, name=name, digest=_digest(text), expires_at=expires_at)
    audit.record(user, "token_created", target=name, address=address)
    return token, text


def delete_token(*, user: User, token_id: int, address: str) -> None:
    """Raises NotFound, for tokens of others as well."""
    token = user.api_tokens.filter(pk=token_id).first()
    if token is None:
        message = f"You have no token {token_id}. It may have been deleted."
        raise NotFound("token_not_found", say("token_not_found", message))
    token.delete()
    audit.record(user, "token_deleted", target=token.name, address=address)


def token_with_text(text: str) -> ApiToken | None:
    """The living token with that text, with its user. 1 query, and now and then a write."""
    now = timezone.now()
    living = ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), user__is_active=True)
    token = living.select_related("user").filter(digest=_digest(text)).first()
    if token and (token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _digest(text: str) -> str:
    """No salt and no stretching: 256 random bits cannot be guessed."""
    return hashlib.sha256(text.encode()).hexdigest()
