"""manage.py evaluate on a small catalogue, with the extractor in memory."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from search_model.evaluation import queries

from catalog.models import Print, PrintImage
from indexing.models import KnnModel
from indexing.services import publish_knn_model
from indexing.switching import activate_model, change_descriptor
from search.evaluation.asking import InProcess
from search.evaluation.plan import USUAL
from search.models import Evaluation
from tests.indexing.fake_extractor import DIM, OTHER, FakeExtractor
from tests.indexing.fixtures import MakePrint
from tests.search.searching import describe


@pytest.fixture
def published(prints: list[Print], extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch) -> KnnModel:
    """Photographs are small here: the size changes nothing of what is tested, and their making costs most."""
    monkeypatch.setattr(queries, "SIZE", 160)
    return publish_knn_model(descriptor=extractor.descriptor, dim=DIM)


def evaluate(*options: str) -> str:
    out = StringIO()
    call_command("evaluate", *options, stdout=out)
    return out.getvalue()


def test_every_kind_of_query_is_asked_and_the_figures_are_stored(published: KnnModel, tmp_path: Path) -> None:
    figures = json.loads(evaluate("--limit", "2", "--json", "--html", str(tmp_path / "report.html")))
    assert figures["queries"] == 2 * len(USUAL)
    assert [kind["kind"] for kind in figures["kinds"]] == [kind for kind in USUAL if kind != "absent"]
    assert figures["here"]["absent"] == 2
    assert set(figures["kinds"][0]["roads"]) == {"fused", "local", "global"}
    stored = Evaluation.objects.get()
    assert (stored.version, stored.descriptor, stored.prints) == (published.version, published.descriptor, 10)
    assert stored.figures == figures
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Found among the first k" in page
    assert published.version in page
    assert page.count("data:image/jpeg;base64,") >= len(USUAL) - 1


def test_the_same_seed_finds_the_same(published: KnnModel) -> None:
    kinds = ("normal", "detail-20", "absent")
    first, again = (json.loads(evaluate("--limit", "1", "--json", "--kinds", *kinds)) for _ in range(2))
    assert first["queries"] == 3
    for figures in (first, again):
        del figures["timings_ms"]
    assert first == again


def test_a_print_of_the_tenth_left_out_is_not_answered(published: KnnModel) -> None:
    asker = InProcess(published.descriptor)
    image = PrintImage.objects.earliest("pk")
    look = asker.look((settings.RECTO_DATA_DIR / image.path).read_bytes())
    here, gone = asker.answer(look, ()), asker.answer(look, [image.pk])
    for road in ("fused", "local", "global"):
        assert image.print_id in here.roads[road].ranked, road
        assert image.print_id not in gone.roads[road].ranked, road
        assert gone.roads[road].score < here.roads[road].score, road
    assert here.timings_ms["total"] > 0
    assert gone.timings_ms == {}


def test_the_text_is_for_people_and_two_are_shown_side_by_side(published: KnnModel) -> None:
    for seed in ("1", "2"):
        assert "fused: the answer" in evaluate("--limit", "1", "--seed", seed, "--kinds", "normal")
    before, after = Evaluation.objects.order_by("pk")
    text = evaluate("--compare", str(before.pk), after.version)
    assert f"#{before.pk} " in text
    assert f"#{after.pk} " in text
    assert "normal, fused: R@1" in text


@pytest.fixture
def prepared(published: KnnModel, extractor: FakeExtractor) -> KnnModel:
    """Another descriptor, ready to be switched to."""
    extractor.offers = [OTHER]
    return change_descriptor(
        descriptor=OTHER, activate=False, progress=lambda *_: None, wait=lambda seconds: None
    )


def test_before_a_switch_both_are_asked_the_same_and_shown_side_by_side(
    published: KnnModel, prepared: KnnModel
) -> None:
    evaluate("--limit", "2", "--kinds", "normal")
    text = evaluate("--model", OTHER, "--limit", "1", "--kinds", "normal", "mirrored")
    stored = Evaluation.objects.order_by("pk")
    assert [(row.version, row.figures["queries"]) for row in stored] == [
        (published.version, 2),
        (prepared.version, 2),
        (published.version, 2),
    ]
    _, of_the_prepared, in_force_again = stored
    assert f"#{in_force_again.pk} {published.descriptor}, 2 queries" in text
    assert f"#{of_the_prepared.pk} {OTHER}, 2 queries" in text
    assert "mirrored, fused: R@1" in text
    assert "Not asked the same" not in text
    assert activate_model(version=prepared.version).active


def test_one_in_force_that_was_asked_the_same_already_is_not_asked_again(
    published: KnnModel, prepared: KnnModel
) -> None:
    options = ("--limit", "1", "--kinds", "normal", "absent")
    evaluate(*options)
    assert "Side by side" in evaluate("--model", prepared.version, *options)
    assert Evaluation.objects.count() == 2


def test_figures_of_other_questions_are_compared_with_a_warning(published: KnnModel) -> None:
    evaluate("--limit", "1", "--kinds", "normal")
    evaluate("--limit", "2", "--kinds", "normal", "--seed", "7")
    text = evaluate("--compare", *(str(stored.pk) for stored in Evaluation.objects.order_by("pk")))
    assert "Not asked the same: the seed, the queries of each kind differ." in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--collection", "nowhere"), "nowhere"),
        (("--compare", "1", "2"), "no evaluation of '1'"),
        (("--queries", "folder"), "--answers"),
    ],
)
def test_what_cannot_be_done_is_said(published: KnnModel, options: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        evaluate(*options)


def test_before_the_first_publication_there_is_nothing_to_evaluate(prints: list[Print]) -> None:
    with pytest.raises(CommandError, match="No KNN model is published"):
        evaluate()


def test_a_single_print_is_too_few(make_print: MakePrint, extractor: FakeExtractor) -> None:
    make_print(1)
    describe()
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    with pytest.raises(CommandError, match="two prints"):
        evaluate()


def test_a_file_that_is_gone_is_named(published: KnnModel, make_print: MakePrint, data_dir: Path) -> None:
    for path in (data_dir / "raw/prints/images").iterdir():
        path.unlink()
    with pytest.raises(CommandError, match="not in the data folder"):
        evaluate("--limit", "1")


def test_nothing_of_a_failed_evaluation_is_stored(
    published: KnnModel, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise ValueError("interrupted")

    monkeypatch.setattr("search.evaluation.asking.InProcess.answer", fail)
    with pytest.raises(CommandError, match="interrupted"):
        evaluate("--limit", "1")
    assert not Evaluation.objects.exists()
