"""Which part of the catalogue a request, a command or a job may read, as a condition of the database.

The apps above know users; the catalogue asks whoever has registered (`read_audiences_with`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from rest_framework.request import Request

Ids = frozenset[int]


@dataclass(frozen=True)
class Audience:
    """Ids of the collections that are seen and of those that are curated; None stands for all there are.

    `nothing_hidden`: none of the prints it would not be shown exists, so nobody has to look for them.
    """

    visible: Ids | None
    curated: Ids | None = frozenset()
    nothing_hidden: bool = False

    @property
    def unrestricted(self) -> bool:
        """Whether it sees every print."""
        return self.visible is None and (self.curated is None or self.nothing_hidden)

    @property
    def is_whole(self) -> bool:
        """Whether it sees every print, those too that are still to come.

        Unlike `unrestricted` it tells nobody whether there is anything hidden.
        """
        return self.visible is None and self.curated is None

    def sees(self, collection_id: int) -> bool:
        return self.visible is None or collection_id in self.visible

    def curates(self, collection_id: int) -> bool:
        return self.curated is None or collection_id in self.curated

    @property
    def is_curator(self) -> bool:
        """Of any collection."""
        return self.curated is None or bool(self.curated)

    def conditions(self, prefix: str = "") -> Q:
        """For `Print.objects.filter`; for rows that refer to prints with the prefix, such as `print__`."""
        found = self.collections(f"{prefix}collection")
        if self.curated is not None and not self.nothing_hidden:
            shown = Q(**{f"{prefix}hidden": False})
            if self.curated:
                shown |= Q(**{f"{prefix}collection__in": sorted(self.curated)})
            found &= shown
        return found

    def collections(self, field: str = "pk") -> Q:
        """The collections that are seen, by the field that names them."""
        return Q() if self.visible is None else Q(**{f"{field}__in": sorted(self.visible)})


# Commands and jobs, which act for the whole house.
EVERYTHING = Audience(visible=None, curated=None)

Reader = Callable[[HttpRequest | Request], Audience]
_readers: list[Reader] = []


def read_audiences_with(reader: Reader) -> None:
    """Called once, when the apps are ready."""
    _readers[:] = [reader]


def audience_of(request: HttpRequest | Request) -> Audience:
    """Whoever asks. Without anybody who knows users, nothing is answered at all."""
    return _readers[0](request)
