"""What the words of a visitor are compared with: one line of folded words for each print. Pure.

    ^ der krieg $ | dix otto / #1916004701 1916 0047 01 ; radierung , zurich ,

Words hold no punctuation, so marks can say where a part ends, and whether a word begins one. It is a
projection of the record: `services.refresh_search_text` writes it anew from the rows; an empty one is stale.
"""

from collections.abc import Iterable

from catalog.text import spellings, without_leading_zeros, words

# Before and after a title, after titles, after people, before a number without its dots, after numbers.
TITLE, TITLE_END, TITLES_END, PEOPLE_END, NUMBER, NUMBERS_END = "^", "$", "|", "/", "#", ";"
# Between two texts, so that no phrase is found across them.
_BETWEEN = " , "
# A description may be a book; so much of each text is found.
LONGEST = 2000


def search_text(*, title: str, people: Iterable[str], numbers: Iterable[str], others: Iterable[str]) -> str:
    """Begins with the title, so that it sorts by title, too."""
    titles = " ".join(f"{TITLE} {one} {TITLE_END}" for one in spellings(title))
    named, rest = _joined(people), _joined(others)
    known = " ".join(_number(number) for number in dict.fromkeys(numbers) if number)
    return f"{titles} {TITLES_END} {named} {PEOPLE_END} {known} {NUMBERS_END} {rest} "


def compact_numbers(text: str) -> list[str]:
    """An inventory number without dots and spaces; also without zeros: `1916.047` -> `1916047`, `191647`."""
    parts = words(text)
    return list(dict.fromkeys(("".join(parts), "".join(without_leading_zeros(parts)))))


def numbers_in(text: str) -> list[str]:
    """The text as one compact inventory number, if it can be one: with a figure in it."""
    return [one for one in compact_numbers(text) if any(map(str.isdecimal, one))]


def _number(number: str) -> str:
    parts = words(number)
    written = dict.fromkeys((" ".join(parts), " ".join(without_leading_zeros(parts))))
    return " ".join([*(f"{NUMBER}{one}" for one in compact_numbers(number)), _BETWEEN.join(written)])


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(one for text in texts if text for one in spellings(text[:LONGEST]) if one)
