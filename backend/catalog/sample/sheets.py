"""What is known of a print before it is drawn: the words that describe a genre, a subject and a sheet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from numpy.random import Generator

from catalog.sample.people import Person
from catalog.sample.plate import Plate
from catalog.sample.printing import Press


@dataclass(frozen=True)
class Subject:
    """One plate of a genre: its title in lines, and what the drawing needs to know."""

    lines: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return ", ".join(self.lines)


def subject(title: str, **options: Any) -> Subject:
    """A subject whose title breaks into lines at " | "."""
    return Subject(tuple(title.split(" | ")), options)


@dataclass(frozen=True)
class Hand:
    """A person's part in a print: the catalogue's roles and the words after the signature."""

    person: Person
    roles: tuple[str, ...]
    verb: str = ""

    @property
    def signature(self) -> str:
        return f"{self.person.signature} {self.verb}".strip()


class State(Enum):
    """The state of the plate: the only one known, before letters, or reworked and numbered."""

    ONLY = ""
    FIRST = "I. Zustand, vor der Schrift"
    SECOND = "II. Zustand"


@dataclass(frozen=True)
class Sheet:
    """One impression: `matrix` seeds the drawing, `impression` the printing.

    `other_state` is a second picture of the same record.
    """

    record_id: str
    matrix: str
    subject: Subject
    genre: "Genre"
    hands: tuple[Hand, ...]
    year: int
    date: str
    technique: str
    institution: str
    inventory_number: str
    relations: str = ""
    state: State = State.ONLY
    impression: int = 0
    mirrored: bool = False
    other_state: "Sheet | None" = None

    @property
    def options(self) -> dict[str, Any]:
        return self.subject.options


@dataclass(frozen=True)
class Genre:
    """A kind of print: its catalogue words, who made such prints and when, and how one is drawn."""

    name: str
    classification: str
    techniques: tuple[str, ...]
    teams: tuple[tuple[Hand, ...], ...]
    draw: Callable[[Sheet, Generator], Plate]
    subjects: tuple[Subject, ...]
    press: Press = field(default_factory=Press)
