"""A web page in the place of a picture: which picture it names as its own. Pure, linear in its length.

Museums, shops and auction houses name the picture of a page for those who share its address (Open Graph).
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

# Such names stand in the head of a page.
LONGEST_HEAD = 512 * 1024
_BEGINS_LIKE_A_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
# (No attribute of interest is longer: a tag that never ends costs no more than that.)
_TAG = re.compile(r"<(?:meta|link)\s([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z:_-]{1,30})\s{0,9}=\s{0,9}(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s"'>]+))""", re.IGNORECASE
)
# The best first.
_NAMES = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image_src",
)


def is_page(content: bytes) -> bool:
    """Whether bytes that are no picture are a web page."""
    return _BEGINS_LIKE_A_PAGE.search(content[:4096]) is not None


def picture_of_page(content: bytes, url: str) -> str | None:
    """The absolute address of the picture that the page at `url` names, if it names one."""
    named: dict[str, str] = {}
    for name, value in _named(content[:LONGEST_HEAD].decode("utf-8", "replace")):
        named.setdefault(name, value)
    best = next((named[name] for name in _NAMES if named.get(name)), None)
    return None if best is None else urljoin(url, best)


def _named(text: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(text):
        values = {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "").strip()
            for found in _ATTRIBUTE.finditer(tag[1])
        }
        name = values.get("property") or values.get("name") or values.get("rel") or ""
        yield name.lower(), values.get("content") or values.get("href") or ""
