"""manage.py evaluate and bench_search, against a server that is made of canned answers."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.management import CommandError, call_command

from catalog.models import Print
from search import over_http
from search.management.commands.bench_search import BESIDE_PIXELS
from search.over_http import SearchFailed, TimedAnswer
from search.stages import STAGES
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, drawing, png
from tests.search.searching import describe


class CannedServer:
    """Answers with the prints that the photograph's name lists, such as `3-1.jpg`; `none.jpg` fails."""

    def __init__(self, url: str) -> None:
        self.url = url

    def search(self, photograph: Path, *, limit: int) -> TimedAnswer:
        if photograph.stem == "none":
            raise SearchFailed("none.jpg: the server answered 503")
        ids = [int(word) for word in photograph.stem.split("-")]
        results = [
            {
                "rank": rank,
                "score": 1 / rank,
                "verdict": "same_image" if rank == 1 else None,
                "print": {"id": i},
            }
            for rank, i in enumerate(ids, start=1)
        ]
        timings = dict.fromkeys(STAGES, 1.0) | {"features": 30.0, "total": 40.0}
        body = {"results": results, "timings_ms": timings, "total": 3, "verdict": "same_image"}
        return TimedAnswer(body, total_ms=50.0)


@pytest.fixture
def prints(make_print: MakePrint, monkeypatch: pytest.MonkeyPatch) -> list[Print]:
    for module in ("evaluate", "bench_search"):
        monkeypatch.setattr(f"search.management.commands.{module}.SearchClient", CannedServer)
    return [make_print(seed) for seed in range(3)]


def measured(*options: str) -> dict[str, Any]:
    """What the command prints for programs."""
    out = StringIO()
    call_command("evaluate", *options, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def photographs(folder: Path, rows: list[tuple[str, str]]) -> list[str]:
    """The command's options for photographs with these names, which show these catalogue images."""
    folder.mkdir()
    for name, _ in rows:
        (folder / name).write_bytes(b"photograph")
    answers = folder.parent / "queries.csv"
    answers.write_text("query,image_file\n" + "".join(f"{a},{b}\n" for a, b in rows))
    return ["--queries", str(folder), "--answers", str(answers)]


def test_recall_is_the_share_found_by_each_rank(prints: list[Print], tmp_path: Path) -> None:
    a, b, c = (row.pk for row in prints)
    options = photographs(
        tmp_path / "photos", [(f"{a}-{b}.jpg", "0.png"), (f"{a}-{b}-{c}.jpg", "1.png"), (f"{b}.jpg", "2.png")]
    )
    result = measured(*options)
    recall = result["kinds"][0]["roads"]["fused"]["recall"]
    assert {k: share["hits"] for k, share in recall.items()} == {"1": 1, "5": 2, "10": 2, "50": 2}
    assert {share["of"] for share in recall.values()} == {3}
    assert [line["ranks"]["fused"] for line in result["wrong"]] == [2, None]
    assert result["timings_ms"]["whole request"] == {"p50": 50.0, "p95": 50.0}


def test_photograph_of_a_print_that_is_not_here(prints: list[Print], tmp_path: Path) -> None:
    a, b = prints[0].pk, prints[1].pk
    result = measured(*photographs(tmp_path / "p", [(f"{a}.jpg", "0.png"), (f"{b}.jpg", "")]))
    assert (result["here"]["present"], result["here"]["absent"]) == (1, 1)
    assert result["here"]["absent_same_image"]["hits"] == 1


def test_photograph_of_two_prints_is_found_by_either(prints: list[Print], tmp_path: Path) -> None:
    a, b = prints[0].pk, prints[1].pk
    rows = [(f"{b}-{a}.jpg", "0.png"), (f"{b}-{a}.jpg", "1.png")]
    result = measured(*photographs(tmp_path / "p", rows))
    assert result["queries"] == 1
    assert result["kinds"][0]["roads"]["fused"]["recall"]["1"]["hits"] == 1


def test_each_road_alone_is_asked_in_this_process(
    prints: list[Print], extractor: FakeExtractor, tmp_path: Path
) -> None:
    describe()
    options = photographs(tmp_path / "p", [(f"{prints[1].pk}.jpg", "0.png")])
    (tmp_path / "p" / f"{prints[1].pk}.jpg").write_bytes(png(drawing(0)))
    roads = measured(*options, "--each-road")["kinds"][0]["roads"]
    assert {road: found["recall"]["1"]["hits"] for road, found in roads.items()} == {
        "fused": 0,
        "local": 1,
        "global": 1,
    }


def test_the_text_for_people_has_the_recalls(prints: list[Print], tmp_path: Path) -> None:
    out = StringIO()
    call_command("evaluate", *photographs(tmp_path / "p", [(f"{prints[0].pk}.jpg", "0.png")]), stdout=out)
    assert "real photographs" in out.getvalue()
    assert "100.0 % of 1" in out.getvalue()


@pytest.mark.parametrize(
    ("row", "message"),
    [(("none.jpg", "0.png"), "503"), (("1.jpg", "nobody.png"), "nobody.png")],
)
def test_what_goes_wrong_is_said(
    prints: list[Print], tmp_path: Path, row: tuple[str, str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("evaluate", *photographs(tmp_path / "p", [row]), stdout=StringIO())


def test_a_missing_photograph_is_named(prints: list[Print], tmp_path: Path) -> None:
    options = photographs(tmp_path / "p", [("1.jpg", "0.png")])
    (tmp_path / "p" / "1.jpg").unlink()
    with pytest.raises(CommandError, match=r"no photograph .*1\.jpg"):
        call_command("evaluate", *options, stdout=StringIO())


def test_answers_without_the_columns_are_refused(prints: list[Print], tmp_path: Path) -> None:
    options = photographs(tmp_path / "p", [("1.jpg", "0.png")])
    (tmp_path / "queries.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="query and image_file"):
        call_command("evaluate", *options, stdout=StringIO())


def test_the_benchmark_takes_features_off_the_total(prints: list[Print], tmp_path: Path) -> None:
    photographs(tmp_path / "p", [(f"{prints[0].pk}.jpg", "0.png")])
    out = StringIO()
    call_command("bench_search", "--queries", str(tmp_path / "p"), "--count", "5", "--json", stdout=out)
    figures = json.loads(out.getvalue())
    assert (figures["searches"], figures["features"]) == (5, 30.0)
    assert (figures["total"], figures["http_and_json"]) == (50.0, 10.0)
    assert figures["without_features"] == 10.0 + len(BESIDE_PIXELS)


def test_the_benchmark_fails_over_its_limit(prints: list[Print], tmp_path: Path) -> None:
    photographs(tmp_path / "p", [(f"{prints[0].pk}.jpg", "0.png")])
    with pytest.raises(CommandError, match="10 ms"):
        call_command("bench_search", "--queries", str(tmp_path / "p"), "--most-ms", "10", stdout=StringIO())


def test_the_benchmark_without_photographs_says_what_to_give(db: None) -> None:
    with pytest.raises(CommandError, match="--queries"):
        call_command("bench_search", stdout=StringIO())


def test_a_server_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise requests.ConnectionError("refused")

    monkeypatch.setattr(requests.Session, "post", refuse)
    (tmp_path / "a.jpg").write_bytes(b"x")
    with pytest.raises(SearchFailed, match="http://nowhere:1/api/v1/searches/"):
        over_http.SearchClient("http://nowhere:1/").search(tmp_path / "a.jpg", limit=1)
