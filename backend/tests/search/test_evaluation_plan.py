"""Which queries are made of which prints."""

from collections import Counter

import pytest

from search.evaluation.plan import (
    ABSENT,
    PLAIN,
    SHARED,
    TENTHS,
    USUAL,
    Planned,
    Subject,
    full_counts,
    planned,
)

SUBJECTS = [Subject(number, 1000 + number, f"{number:03}.png") for number in range(40)]


def of_kind(kind: str, queries: list[Planned]) -> list[Planned]:
    return [query for query in queries if query.kind == kind]


def test_as_many_of_each_kind_as_wanted_or_as_there_are_prints() -> None:
    queries = planned(SUBJECTS, counts={PLAIN: 7, "detail-20": 100}, seed=1).queries
    assert Counter(query.kind for query in queries) == {PLAIN: 7, "detail-20": 40}
    assert len({query.subject for query in of_kind("detail-20", list(queries))}) == 40


def test_the_same_seed_plans_the_same_whatever_the_order_of_the_rows() -> None:
    plan = planned(SUBJECTS, counts=USUAL, seed=3)
    assert planned(SUBJECTS[::-1], counts=USUAL, seed=3) == plan
    assert planned(SUBJECTS, counts=USUAL, seed=4) != plan


def test_mirrored_turned_and_absent_ask_of_the_plain_photographs() -> None:
    queries = list(
        planned(SUBJECTS, counts=dict.fromkeys((PLAIN, "mirrored", "turned", ABSENT), 9), seed=1).queries
    )
    plain = {(query.subject, query.seed) for query in of_kind(PLAIN, queries)}
    for kind in ("mirrored", "turned", ABSENT):
        assert {(query.subject, query.seed) for query in of_kind(kind, queries)} == plain
    assert {query.photograph for query in of_kind(ABSENT, queries)} == {PLAIN}


def test_other_kinds_ask_of_other_prints() -> None:
    queries = list(planned(SUBJECTS, counts={PLAIN: 9, "mild": 9}, seed=1).queries)
    assert {q.subject for q in of_kind(PLAIN, queries)} != {q.subject for q in of_kind("mild", queries)}


def test_a_tenth_is_left_out_with_the_absent_print_in_it() -> None:
    plan = planned(SUBJECTS, counts={ABSENT: 40}, seed=1)
    assert sorted(subject.print_id for tenth in plan.tenths for subject in tenth) == list(range(40))
    assert [len(tenth) for tenth in plan.tenths] == [4] * TENTHS
    for query in plan.queries:
        assert query.tenth is not None
        assert query.subject in plan.tenths[query.tenth]
        assert query.shows == {}


def test_a_shared_detail_is_in_the_collection_and_its_host_is_not() -> None:
    plan = planned(SUBJECTS, counts={SHARED: 40}, seed=1)
    for query in plan.queries:
        assert query.host is not None
        assert query.tenth is not None
        assert query.host in plan.tenths[query.tenth]
        assert query.subject not in plan.tenths[query.tenth]
        assert query.shows == {query.subject.print_id: "shared_detail"}


def test_questions_of_one_photograph_stand_together() -> None:
    queries = planned(SUBJECTS, counts={PLAIN: 9, ABSENT: 9}, seed=1).queries
    assert [(a.subject, a.seed) for a in queries[::2]] == [(b.subject, b.seed) for b in queries[1::2]]
    assert [query.kind for query in queries] == [PLAIN, ABSENT] * 9


def test_everything_is_every_kind_of_every_print() -> None:
    assert full_counts(40) == dict.fromkeys(USUAL, 40)


@pytest.mark.parametrize(
    ("subjects", "counts", "message"),
    [(SUBJECTS, {"sideways": 1}, "sideways"), (SUBJECTS[:1], USUAL, "two prints"), ([], USUAL, "two prints")],
)
def test_nonsense_is_refused(subjects: list[Subject], counts: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        planned(subjects, counts=counts, seed=1)
