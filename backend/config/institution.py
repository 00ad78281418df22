"""The institution and the sites that may embed Recto, from the environment.

What is wrong is refused with variable, value and reason.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from core import institution
from core.institution import Institution

Checked = TypeVar("Checked")


def from_environment() -> Institution:
    """RECTO_INSTITUTION_NAME, _URL, _LOGO and _COLOUR; each may be left out."""
    parts = ("NAME", "URL", "LOGO", "COLOUR")
    name, url, path, colour = (env.text(f"RECTO_INSTITUTION_{part}", "") for part in parts)
    colours, notes = _checked("COLOUR", colour, institution.readable_colours) or (None, ())
    return Institution(
        name=_checked("NAME", name, institution.checked_name) or "",
        url=_checked("URL", url, institution.checked_link) or "",
        logo=_checked("LOGO", path, lambda given: institution.checked_logo(_content(given))),
        colour=colours,
        notes=notes,
    )


def embed_origins() -> list[str]:
    """RECTO_EMBED_ORIGINS: the sites, `https://www.museum.example`, whose pages may frame /embed."""
    origins = env.words("RECTO_EMBED_ORIGINS", [])
    for origin in origins:
        if not _is_origin(origin):
            raise ImproperlyConfigured(
                f"RECTO_EMBED_ORIGINS={','.join(origins)!r} must be origins by commas, each like "
                f"https://www.museum.example, without a path or *; {origin!r} is none."
            )
    return origins


def _is_origin(text: str) -> bool:
    """Exactly scheme, host and perhaps port, as browsers write an origin: it goes into a header."""
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return False
    host = parts.hostname or ""
    named = host != "" and all(letter.isascii() and (letter.isalnum() or letter in "-.") for letter in host)
    return named and parts.scheme in {"http", "https"} and text == f"{parts.scheme}://{host}{port}"


def _checked(part: str, value: str, check: Callable[[str], Checked]) -> Checked | None:
    """What the check makes of the value; None for one that was left out."""
    if not value:
        return None
    try:
        return check(value)
    except (ValueError, OSError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        raise ImproperlyConfigured(f"RECTO_INSTITUTION_{part}={value!r}: {reason}.") from error


def _content(path: str) -> bytes:
    # One byte more than is allowed tells that it is too much.
    with Path(path).expanduser().open("rb") as file:
        return file.read(institution.LOGO_BYTES + 1)
