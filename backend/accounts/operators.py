"""Figures of the whole house, private collections included: not for visitors."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.authentication import user_of
from core.errors import Forbidden

View = Callable[[HttpRequest], HttpResponseBase]


def for_operators(view: View) -> View:
    """Answers monitoring that asks this process directly, and administrators; nobody else through a proxy.

    Whoever can ask directly is on this machine or in its private network. A proxy says that it is one.
    """

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if "X-Forwarded-For" in request.headers and not user_of(request).is_superuser:
            raise Forbidden(
                "not_an_administrator", "Only administrators read this from outside. Send a token of one."
            )
        return view(request)

    return answer
