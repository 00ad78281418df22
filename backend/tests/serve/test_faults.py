"""What `make faults` counts as lost and doubled, and how it tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from serve.console import Refusal
from serve.under_faults.clock import Clock
from serve.under_faults.faults import FAULTS
from serve.under_faults.ledger import Found, Ledger, lost_and_doubled
from serve.under_faults.run import HEAD, Outcome, chosen, markdown

ALL_WELL = Found(prints=60, images=3, kept=1, twice=0, kept_missing=(), titles={7: "second"}, differences=())


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger(kept=["abcdefghij"], rows={1: 60}, images={1: 3})
    made.send_title(7, "first")
    made.accept_title(7, "first")
    made.send_title(7, "second")
    return made


def test_nothing_is_lost_when_all_is_as_accepted(ledger: Ledger) -> None:
    assert lost_and_doubled(ledger, ALL_WELL) == ([], [])


def test_a_title_that_got_no_answer_may_be_there_or_not(ledger: Ledger) -> None:
    assert lost_and_doubled(ledger, replace(ALL_WELL, titles={7: "first"})) == ([], [])
    (lost,), _ = lost_and_doubled(ledger, replace(ALL_WELL, titles={7: "older"}))
    assert "'first'" in lost


def test_an_accepted_title_may_not_go_back_to_one_before(ledger: Ledger) -> None:
    ledger.accept_title(7, "second")
    (lost,), _ = lost_and_doubled(ledger, replace(ALL_WELL, titles={7: "first"}))
    assert "'second'" in lost


def test_missing_rows_images_and_kept_searches_are_lost(ledger: Ledger) -> None:
    found = replace(ALL_WELL, prints=58, images=2, kept_missing=("abcdefghij",))
    lost, doubled = lost_and_doubled(ledger, found)
    assert lost == ["kept search abcdef…", "2 import rows", "1 images of imports"]
    assert doubled == []


def test_more_than_was_accepted_is_doubled(ledger: Ledger) -> None:
    lost, doubled = lost_and_doubled(ledger, replace(ALL_WELL, prints=61, kept=3, twice=1))
    assert lost == []
    assert doubled == ["1 import rows", "2 kept searches", "1 records created twice"]


def test_a_kept_search_without_an_answer_may_be_there(ledger: Ledger) -> None:
    ledger.kept_perhaps = 1
    assert lost_and_doubled(ledger, replace(ALL_WELL, kept=2)) == ([], [])


def test_what_the_checks_find_is_lost(ledger: Ledger) -> None:
    assert lost_and_doubled(ledger, replace(ALL_WELL, differences=("check_index: 1",)))[0] == [
        "check_index: 1"
    ]


def test_outcome_is_well_in_time_only() -> None:
    assert Outcome("web", again=[1.0, 29.0], whole=[40.0]).well
    assert not Outcome("web", again=[1.0, 31.0]).well
    assert not Outcome("web", again=[1.0], lost=["1 import rows"]).well
    assert not Outcome("web", failure="it did not answer again").well
    assert Outcome("redis", skipped="there is none").well


def test_table_as_markdown() -> None:
    text = markdown([HEAD, Outcome("web", again=[1.0, 2.0, 6.0], whole=[7.0]).row()])
    assert text.splitlines()[-1] == "| web | 3 | 2.0 · 6.0 | 7.0 | 0 | 0 | ok |"
    assert text.splitlines()[1].count("---") == len(HEAD)


def test_faults_are_chosen_by_name() -> None:
    assert [fault.name for fault in chosen("web, clock jump")] == ["web", "clock jump"]
    assert chosen("") == list(FAULTS)
    with pytest.raises(Refusal, match="earthquake"):
        chosen("web, earthquake")


def test_clock_is_moved_in_the_same_file(tmp_path: Path) -> None:
    clock = Clock.__new__(Clock)
    clock._file = tmp_path / "shift"
    clock.move(0)
    mapped = clock._file.stat().st_ino
    clock.move(-90)
    assert clock._file.stat().st_ino == mapped
    assert int.from_bytes(clock._file.read_bytes(), "little", signed=True) == -90
