"""What a visitor typed, as conditions of any database that Django knows, and how well a print fits it.

Every word must be found, in any order; a longer one also inside a word (`Stich` finds `Kupferstich`), a
short one only where a word begins. Quotes keep words together. Words are folded as `catalog.text` does it.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import LessThan

from catalog.search_text import NUMBER, PEOPLE_END, TITLE, TITLE_END, numbers_in
from catalog.text import words

# Shorter ones are in nearly every text.
SHORTEST_INSIDE = 3
# A number worth comparing as one: `D 1` is, a lone `1` begins every other one.
_SHORTEST_NUMBER = 2
_SPELT_OUT = ("ae", "oe", "ue", "aa")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


@dataclass(frozen=True)
class Term:
    """Folded words that stand beside each other; most often one.

    `whole`: quoted, so the last one is not the beginning of a longer one.
    """

    text: str
    whole: bool = False

    @property
    def begins(self) -> Q:
        """Where words begin."""
        return Q(search_text__contains=f" {self.text} " if self.whole else f" {self.text}")

    @property
    def occurs(self) -> Q:
        if self.whole:
            return self.begins
        if " " in self.text:  # typed with dots or hyphens; the record may do without
            return self.begins | Q(search_text__contains=f"{NUMBER}{self.text.replace(' ', '')}")
        short = len(self.text) < SHORTEST_INSIDE and self.text.isascii()
        return self.begins if short else Q(search_text__contains=self.text)


def terms_of(q: str) -> list[Term]:
    """Quoted phrases first, then the other words, each once."""
    quoted = [Term(" ".join(words(text)), whole=True) for text in _QUOTED.findall(q)]
    single = [Term(" ".join(words(text))) for text in _QUOTED.sub(" ", q).split()]
    return [term for term in dict.fromkeys((*quoted, *single)) if term.text]


def matches(q: str) -> list[Q]:
    """Nothing typed leaves nothing out; what holds no word at all is found nowhere."""
    terms = terms_of(q)
    if not terms and q.strip():
        return [Q(pk__in=[])]
    return [term.occurs for term in terms]


def fit(q: str) -> Case:
    """0 for the print with this number, then this title; then words in title or people, elsewhere, inside.

    For a `q` that holds words.
    """
    phrase = " ".join(words(q))
    begin = [term.begins for term in terms_of(q)]
    return Case(
        *(When(search_text__contains=f"{NUMBER}{one} ", then=Value(0)) for one in _numbers(q)),
        When(_title(f"{phrase} {TITLE_END}"), then=Value(1)),
        When(_title(phrase), then=Value(2)),
        *(When(search_text__contains=f"{NUMBER}{one}", then=Value(2)) for one in _numbers(q)),
        When(Q(*begin, *_in_title_or_people(q)), then=Value(3)),
        When(Q(*begin), then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )


def _title(start: str) -> Q:
    """The text begins with the title; only umlauts spelt out are looked for further on."""
    first = Q(search_text__startswith=f"{TITLE} {start}")
    if not any(pair in start for pair in _SPELT_OUT):
        return first
    return first | Q(search_text__contains=f"{TITLE_END} {TITLE} {start}")


def _numbers(q: str) -> list[str]:
    return [one for one in numbers_in(q) if len(one) >= _SHORTEST_NUMBER]


def _in_title_or_people(q: str) -> list[Q]:
    """They come first in the text."""
    end = StrIndex("search_text", Value(PEOPLE_END))
    starts = (StrIndex("search_text", Value(f" {term.text}")) for term in terms_of(q))
    return [Q(LessThan(start, end)) for start in starts]
