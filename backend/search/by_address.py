"""A public picture to search with, by its address: fetched into memory behind the guard, and forgotten.

Whoever may search may name any address. So the hosts that an operator allows their curators are not
allowed here, no answer tells what only this machine's network knows, and few are fetched at a time: slow
servers must not take the threads that everybody is answered with.
"""

import io
import threading
from dataclasses import replace
from time import monotonic

from django.conf import settings

from catalog.image_types import file_type
from core.errors import RectoError, TooManyRequests, TryAgain, UserError
from core.fetch_rules import operators_rules
from core.guarded_http import Body, FetchFailed, FetchRules, fetch
from core.public_addresses import web_address
from core.sentences import say
from core.shared_asking import SharedAsking
from search.page_pictures import is_page, picture_of_page

AT_ONCE = 3  # of the threads of the web process
A_MINUTE = 30  # by one address, lest Recto be used to trouble others
PICTURES = "image/*, text/html;q=0.5, */*;q=0.1"
# That a name is known, and for what, is nothing that a stranger may find out here.
_NOT_TOLD_APART = frozenset({"fetch_not_public", "fetch_name_unknown"})
_places = threading.BoundedSemaphore(AT_ONCE)
_asked = SharedAsking("addresses", most=A_MINUTE, seconds=60)


def picture_at(url: str, *, asker: str) -> bytes:
    """The bytes of the picture at `url`, or of the one that the web page there names; not decoded yet.

    Raises UserError, its message for the field `url`; TryAgain when too much is fetched already.
    """
    if not settings.RECTO_SEARCH_BY_URL:
        raise _of_field(
            UserError("search_url_off", "Searching by address is switched off here. Send a picture.")
        )
    url = url.strip()
    _check_pace(asker)
    if not _places.acquire(blocking=False):
        text = "Several pictures are being fetched already. Try again in a few seconds."
        raise TryAgain("search_url_busy", text, retry_after=3)
    try:
        return _picture(url)
    finally:
        _places.release()


def search_rules() -> FetchRules:
    """The operator's rules for what anybody may have fetched: their ports, not their curators' hosts."""
    return replace(
        operators_rules(settings.RECTO_SEARCH_MAX_BYTES),
        seconds=settings.RECTO_SEARCH_URL_SECONDS,
        silence_s=6.0,
        connect_s=4.0,
        head_s=10.0,
        slowest=20_000,
        slow_window_s=5.0,
        allow_hosts=frozenset(host.lower() for host in settings.RECTO_SEARCH_ALLOW_HOSTS),
    )


def _picture(url: str) -> bytes:
    started, rules = monotonic(), search_rules()
    found, content = _fetched(url, rules)
    if file_type(content).name or not is_page(content):
        return content
    named = picture_of_page(content, found)
    if named is None:
        raise _names_no_picture()
    left = max(1.0, rules.seconds - (monotonic() - started))
    content = _fetched(named, replace(rules, seconds=left))[1]
    if is_page(content) and not file_type(content).name:
        raise _names_no_picture()
    return content


def _fetched(url: str, rules: FetchRules) -> tuple[str, bytes]:
    """The last address of the redirects, and what is there."""
    file = io.BytesIO()
    try:
        fetched = fetch(url, Body(file), rules, accept=PICTURES)
    except (UserError, FetchFailed) as error:
        if error.code in _NOT_TOLD_APART:
            raise _not_asked(url) from None
        raise _of_field(error) from error
    return fetched.url, file.getvalue()


def _check_pace(asker: str) -> None:
    if seconds := _asked.note(asker):
        text = f"More than {A_MINUTE} addresses in a minute. Try again in {seconds} seconds."
        message = say("search_url_too_often", text, limit=A_MINUTE, seconds=seconds)
        raise TooManyRequests("search_url_too_often", message, retry_after=seconds)


def _not_asked(url: str) -> UserError:
    host = web_address(url).host
    text = f"{host}, or where it leads to, is not known or not public; only public servers are asked."
    return _of_field(UserError("search_url_not_public", say("search_url_not_public", text, host=host)))


def _names_no_picture() -> UserError:
    text = "A web page is there, and it names no picture. Copy the address of the picture itself."
    return _of_field(UserError("search_url_page", text))


def _of_field(error: RectoError) -> UserError:
    """Of the address that was given: this server is well, so it is no 503."""
    return UserError(error.code, error.sentence, fields={"url": [str(error.message)]})
