"""How many searches this process works on at a time; the others wait for their turn.

A search takes two processors for a third of a second. More at a time would each be slower, with the memory of
all; and they would take every thread that pages and pictures are answered with.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import Gauge
from rest_framework.request import Request

from accounts.authentication import user_of
from core import web_threads
from core.client_address import client_network
from core.metrics import REGISTRY
from search.figures import Kind, count_waiting
from search.waiting_line import WaitingLine

# All of them hold a thread of gunicorn's.
PLACES, MOST_WAITING = web_threads.SEARCHING, web_threads.WAITING
MOST_OF_ONE = 12  # a page asks for one picture after the other; but a museum may have one address
PATIENCE_S = 20.0  # before a browser or a proxy gives up

_line = WaitingLine(places=PLACES, most_waiting=MOST_WAITING, most_of_one=MOST_OF_ONE, patience_s=PATIENCE_S)
Gauge("recto_searches_waiting", "Searches that wait for their turn", registry=REGISTRY).set_function(
    lambda: _line.waiting
)
Gauge("recto_searches_running", "Searches that are worked on", registry=REGISTRY).set_function(
    lambda: _line.running
)


@contextmanager
def turn_of(request: Request, kind: Kind) -> Iterator[None]:
    """Around what computes: inside, it is the turn of this user, or of whoever is at that address.

    Raises TryAgain (503) when many wait, TooManyRequests (429) when many of the same asker do.
    """
    user = user_of(request)
    asked = perf_counter()
    with _line.turn(f"user {user.pk}" if user.is_authenticated else f"address {client_network(request)}"):
        count_waiting(perf_counter() - asked, kind)
        yield
