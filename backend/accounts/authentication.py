"""Who asks: a session's user, or the user of an API token (`Authorization: Token recto_...`)."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.tokens import token_with_text
from core.errors import NotSignedIn

KEYWORD = "token"


class TokenAuthentication(BaseAuthentication):
    """Asked before the session: who sends a token means it. No cookie, so nothing to forge."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        return _token_of(request)


def user_of(request: HttpRequest | Request) -> User | AnonymousUser:
    """Also of a request that no view of the API has seen, such as one for a picture."""
    if not isinstance(request, Request) and (found := _token_of(request)):
        return found[0]
    user = request.user
    return user if isinstance(user, User) else AnonymousUser()


def _token_of(request: HttpRequest | Request) -> tuple[User, ApiToken] | None:
    """Raises NotSignedIn for a token that is unknown, has expired or belongs to nobody any more."""
    keyword, _, text = request.headers.get("Authorization", "").partition(" ")
    if keyword.lower() != KEYWORD:
        return None
    token = token_with_text(text.strip())
    if token is None:
        raise NotSignedIn("wrong_token", "This token is unknown or has expired. Make a new one.")
    return token.user, token
