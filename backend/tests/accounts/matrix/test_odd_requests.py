"""Odd requests to every operation, made from the API's own description, as each role: each answer is one of
those that the description promises, and none a 500.

`RECTO_TEST_ODD_REQUESTS=50 pytest tests/accounts/matrix/test_odd_requests.py` sends more, as all roles.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as odd
from pytest_django import Settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.tokens import create_token
from tests.accounts.matrix.world import ROLES, World
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import _fresh_live_index, extractor

__all__ = ["_fresh_live_index", "extractor"]
MANY = os.environ.get("RECTO_TEST_ODD_REQUESTS")
ASKING = ROLES if MANY else ("anonymous", "curator", "administrator")
# The same ones each time.
ODD = odd(
    max_examples=int(MANY or 2),
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
PROMISES = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture
def _kept_connection(db: None) -> Iterator[None]:
    """The application is asked without Django's test client, and must not close the test's database."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def world(
    _kept_connection: None, db: None, data_dir: Path, extractor: FakeExtractor, settings: Settings
) -> World:
    settings.ALLOWED_HOSTS = ["*"]
    made = World("private", data_dir)
    made.build_neighbour()
    made.build_subject()
    return made


# A server closes each answer, and with it what was uploaded; the client that asks here does not.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("role", ASKING)
def test_answers_are_as_promised(world: World, role: str) -> None:
    api = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())
    headers = headers_of(world, role)
    broken = {}
    for found in api.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @ODD
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case[Any]) -> None:
            world.bring_files_back()
            with transaction.atomic():
                response = case.call(headers=headers)
                transaction.set_rollback(True)
            case.validate_response(response, checks=list(PROMISES))

        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:  # all of them are told at once
            broken[operation.label] = str(error)[:800]
    assert broken == {}


def headers_of(world: World, role: str) -> dict[str, str]:
    as_it_is = {"Accept-Encoding": "identity"}
    if role == "anonymous":
        return as_it_is
    _, text = create_token(user=world.users[role], name="odd", expires_at=None, address="")
    return {**as_it_is, "Authorization": f"Token {text}"}
