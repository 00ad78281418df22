"""A database that orders texts otherwise is told of; ours, in tests, orders them letter by letter."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from core import collation_check
from core.collation_check import check_collation

pytestmark = pytest.mark.django_db


def test_database_of_the_tests_orders_by_letters() -> None:
    assert check_collation(databases=["default"]) == []
    assert not [message for message in run_checks(databases=["default"]) if message.id == "recto.W002"]


def test_database_that_orders_otherwise_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collation_check, "ORDERED", "SELECT 1 = 2")
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert [message.id for message in run_checks(databases=["default"])] == ["recto.W002"]


def test_checks_without_a_database_ask_none() -> None:
    assert check_collation() == []
