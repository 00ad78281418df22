"""Every endpoint of the schema x everybody x every visibility."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from drf_spectacular.generators import SchemaGenerator
from pytest_django import Settings

from tests.accounts.matrix.expectations import EXPECTED, MEDIA, Call
from tests.accounts.matrix.world import IDS, ROLES, SCENARIOS, SLUG, World
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import _fresh_live_index, extractor

__all__ = ["_fresh_live_index", "extractor"]
METHODS = ("get", "post", "put", "patch", "delete")
REFUSALS = (401, 403, 404)
# What is new in every answer.
PASSING = ("timings_ms", "token", "created_at", "at")


@dataclass(frozen=True)
class Request:
    """One call of one operation, with the subject's numbers in its address."""

    name: str
    method: str
    address: str
    call: Call

    @property
    def mentions(self) -> str:
        """What the request itself says, and an answer may repeat."""
        given = {key: str(value) for key, value in self.call.data().items()}
        return f"{self.address} {given}"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@cache
def operations() -> dict[str, tuple[str, str]]:
    """Method and address by operation id."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]  # type: ignore[no-untyped-call]
    return {
        operation["operationId"]: (method, path)
        for path, by_method in paths.items()
        for method, operation in by_method.items()
        if method in METHODS
    }


def requests() -> Iterator[Request]:
    for name, (method, path) in operations().items():
        # A parameter of a new name needs a number of the subject's in `IDS`.
        address = re.sub(r"{(\w+)}", lambda found: str({**IDS, "slug": SLUG}[found[1]]), path)
        for number, call in enumerate(EXPECTED[name]):
            yield Request(f"{name} {number}", method, address, call)
    for address, call in MEDIA.items():
        yield Request(f"media {address}", "get", address, call)


def answered(world: World, role: str, request: Request) -> Answer:
    """The answer; whatever the call wrote is taken back."""
    world.bring_files_back()
    client = world.client(role)
    with numbers_given_back(), transaction.atomic():
        form: Any = "multipart" if request.call.form else "json"
        if request.method == "get":
            response = client.get(request.address, request.call.data())
        else:
            response = getattr(client, request.method)(request.address, request.call.data(), format=form)
        content = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return Answer(response.status_code, _settled(content))


@contextmanager
def numbers_given_back() -> Iterator[None]:
    """What is rolled back gives its ids back on SQLite. PostgreSQL's only go on, and answers show them."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _last_numbers()
    yield
    with connection.cursor() as cursor:
        for name in [name for name, number in _last_numbers().items() if number != before[name]]:
            last = before[name]
            cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])


def _last_numbers() -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename), last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def _settled(content: bytes) -> str:
    """The text of the answer without what passes."""
    try:
        body = json.loads(content)
    except ValueError:
        return content.decode("latin-1")

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {name: value for name, value in pairs if name not in PASSING}

    return json.dumps(json.loads(json.dumps(body), object_pairs_hook=keep), ensure_ascii=False)


@pytest.fixture
def world(db: None, data_dir: Path, extractor: FakeExtractor, settings: Settings, scenario: str) -> World:
    """With all but the subject."""
    settings.RECTO_VERIFY_MS = 60_000
    made = World(scenario, data_dir)
    made.build_neighbour()
    return made


def test_every_operation_has_an_expectation_and_every_expectation_an_operation() -> None:
    assert set(operations()) == set(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_status_of_every_call(world: World, scenario: str, role: str) -> None:
    world.build_subject()
    wrong = {
        request.name: (answer.status, answer.text[:300])
        for request in requests()
        if not _is_right(answer := answered(world, role, request), request.call, world, role)
    }
    assert wrong == {}


def _is_right(answer: Answer, call: Call, world: World, role: str) -> bool:
    refused = call.rule(world, role)
    if refused is not None:
        return answer.status == refused
    if call.status is not None:
        return answer.status == call.status
    # 409: it is let in, and what it asks for is not possible now.
    return 200 <= answer.status < 300 or answer.status == 409


@pytest.mark.parametrize(
    ("scenario", "role"),
    [
        ("staff", "anonymous"),
        ("private", "anonymous"),
        ("private", "outsider"),
        ("hidden", "anonymous"),
        ("hidden", "viewer"),
        ("hidden", "outsider"),
    ],
)
def test_what_is_not_seen_changes_no_answer(world: World, scenario: str, role: str) -> None:
    """Every call is answered as it was before the subject existed: with the same rows, counts and words."""
    calls = list(requests())
    before = {request.name: answered(world, role, request) for request in calls}
    world.build_subject()
    told = {}
    for request in calls:
        answer = answered(world, role, request)
        secrets = [word for word in world.secrets(role) if word not in request.mentions]
        leaks = [word for word in secrets if word in answer.text]
        if leaks or answer != before[request.name]:
            told[request.name] = (leaks, before[request.name].text[:300], answer.text[:300])
    assert told == {}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_who_sees_it_is_told_of_it(world: World, scenario: str) -> None:
    """Else the tests above would pass for a house that shows nothing to anybody."""
    world.build_subject()
    listing = [request for request in requests() if request.name == "prints_list 0"]
    for role in ROLES:
        text = answered(world, role, listing[0]).text
        assert ("Nachtstück" in text) == world.sees_record(role), role
