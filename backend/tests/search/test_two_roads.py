"""POST /api/v1/searches/: verdicts and matches, by pictures with details."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from numpy.typing import NDArray
from pytest_django import Settings
from rest_framework.test import APIClient

from catalog.models import Print
from indexing.models import LocalFeature
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing
from tests.search.engravings import HEIGHT, WIDTH, engraving, on_table, outline_of, side_by_side
from tests.search.searching import describe, found, post, upload

CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)


def quad_of(x: float, y: float, width: float, height: float) -> NDArray[np.float64]:
    return CORNERS * [width, height] + [x, y]


def assert_near(quad: Any, expected: NDArray[np.float64]) -> None:
    np.testing.assert_allclose(np.array(quad), expected, atol=0.012)


def first_of(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.content
    result: dict[str, Any] = response.json()["results"][0]
    return result


def test_a_photograph_is_the_same_image_and_says_where(api: APIClient, engravings: list[Print]) -> None:
    photograph, corners = on_table(engraving(3))
    answer = post(api, image=upload(photograph)).json()
    first = answer["results"][0]
    assert (answer["verdict"], first["verdict"]) == ("same_image", "same_image")
    assert first["print"]["id"] == engravings[3].pk
    assert_near(first["match"]["quad"], corners)
    assert first["match"]["record_quad"] == CORNERS.tolist()
    assert first["match"]["mirrored"] is False
    assert first["match"]["query_image_id"] is None
    assert first["match"]["inliers"] >= 30
    assert 0.9 < first["score"] <= 1
    assert answer["query"]["sheet"]["source"] == "match"
    assert_near(answer["query"]["sheet"]["quad"], corners)
    assert answer["notices"] == []


def test_the_points_of_a_match_lie_on_each_other(api: APIClient, engravings: list[Print]) -> None:
    table = np.full((600, 800, 3), 120, np.uint8)
    table[100 : 100 + HEIGHT, 200 : 200 + WIDTH] = engraving(3)
    points = np.array(first_of(post(api, image=upload(table)))["match"]["points"])
    assert 30 <= len(points) <= 64
    expected = points[:, 2:] * [WIDTH / 800, HEIGHT / 600] + [200 / 800, 100 / 600]
    assert np.median(np.abs(points[:, :2] - expected)) < 0.003


def test_only_verified_results_have_a_match(api: APIClient, engravings: list[Print]) -> None:
    others = post(api, image=upload(on_table(engraving(3))[0])).json()["results"][1:]
    assert len(others) == len(engravings) - 1
    assert {(other["verdict"], other["match"]) for other in others} <= {(None, None), ("similar", None)}


def test_two_prints_side_by_side_are_both_found_in_their_places(
    api: APIClient, engravings: list[Print]
) -> None:
    answer = post(api, image=upload(side_by_side(engraving(2), engraving(5)))).json()
    by_print = {result["print"]["id"]: result for result in answer["results"][:2]}
    assert set(by_print) == {engravings[2].pk, engravings[5].pk}
    assert {result["verdict"] for result in by_print.values()} == {"same_image"}
    assert_near(by_print[engravings[2].pk]["match"]["quad"], quad_of(40 / 1200, 1 / 6, WIDTH / 1200, 2 / 3))
    assert_near(by_print[engravings[5].pk]["match"]["quad"], quad_of(640 / 1200, 1 / 6, WIDTH / 1200, 2 / 3))


def test_a_fifth_of_a_sheet_is_found_and_placed_in_it(api: APIClient, engravings: list[Print]) -> None:
    part = engraving(6)[100:280, 150:384]
    first = first_of(post(api, image=upload(part)))
    assert first["print"]["id"] == engravings[6].pk
    assert first["verdict"] in ("same_image", "shared_detail")
    np.testing.assert_allclose(
        np.array(first["match"]["record_quad"]),
        quad_of(150 / 520, 100 / 400, 234 / 520, 180 / 400),
        atol=0.03,
    )


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_photograph_is_found(api: APIClient, engravings: list[Print], turns: int) -> None:
    first = first_of(post(api, image=upload(np.ascontiguousarray(np.rot90(engraving(3), turns)))))
    assert (first["print"]["id"], first["verdict"]) == (engravings[3].pk, "same_image")
    assert_near(first["match"]["quad"], np.roll(CORNERS, turns, axis=0))


def test_a_mirrored_photograph_is_found_and_said_to_be(api: APIClient, engravings: list[Print]) -> None:
    photograph, corners = on_table(engraving(3))
    answer = post(api, image=upload(np.ascontiguousarray(photograph[:, ::-1]))).json()
    first = answer["results"][0]
    assert (first["print"]["id"], first["verdict"]) == (engravings[3].pk, "same_image")
    assert first["match"]["mirrored"] is True
    assert_near(first["match"]["quad"], [1, 0] + corners * [-1, 1])
    # What a page sends back as `quad` goes clockwise.
    assert (
        post(api, image=upload(photograph), quad=_words(answer["query"]["sheet"]["quad"])).status_code == 200
    )


def _words(quad: Any) -> str:
    return ",".join(str(number) for corner in quad for number in corner)


def test_mirroring_on_request_is_undone_in_what_is_shown(api: APIClient, engravings: list[Print]) -> None:
    photograph, corners = on_table(engraving(3))
    flipped = np.ascontiguousarray(photograph[:, ::-1])
    first = first_of(post(api, image=upload(flipped), mirror="true"))
    assert first["match"]["mirrored"] is True
    assert_near(first["match"]["quad"], [1, 0] + corners * [-1, 1])


@pytest.mark.parametrize(
    "framing",
    [
        {"crop": "0.1,0.1,0.85,0.85"},
        {"crop": "0.1,0.1,0.85,0.85", "rotate": 90},
        {"rotate": 270},
        {"quad": "0.1,0.1,0.9,0.15,0.9,0.9,0.1,0.9"},
        {"quad": "0.1,0.1,0.9,0.15,0.9,0.9,0.1,0.9", "rotate": 180},
    ],
)
def test_quads_are_places_in_the_upright_whole_picture_however_it_was_framed(
    api: APIClient, engravings: list[Print], framing: dict[str, Any]
) -> None:
    photograph, corners = on_table(engraving(3))
    answer = post(api, image=upload(photograph), **framing).json()
    assert answer["results"][0]["verdict"] == "same_image"
    assert_near(answer["results"][0]["match"]["quad"], corners)
    assert_near(answer["query"]["sheet"]["quad"], corners)
    assert (answer["query"]["width"], answer["query"]["height"]) == (900, 700)


def test_the_sheet_that_was_found_can_be_sent_back(api: APIClient, engravings: list[Print]) -> None:
    photograph, corners = on_table(engraving(3))
    sheet = post(api, image=upload(photograph)).json()["query"]["sheet"]["quad"]
    again = first_of(post(api, image=upload(photograph), quad=_words(sheet)))
    assert_near(again["match"]["quad"], corners)
    assert again["similarity"] > 0.9


def test_a_print_that_is_not_there_is_not_found(api: APIClient, engravings: list[Print]) -> None:
    answer = post(api, image=upload(on_table(engraving(77))[0])).json()
    assert answer["verdict"] in ("not_found", "similar")
    assert {result["match"] for result in answer["results"]} == {None}


@pytest.mark.parametrize("framing", [{}, {"rotate": 90}, {"mirror": "true"}, {"crop": "0.05,0.05,0.9,0.9"}])
def test_the_sheet_of_a_print_that_is_not_there_is_seen_by_its_edges(
    api: APIClient, engravings: list[Print], framing: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.looks.find_sheet", outline_of)
    photograph, corners = on_table(engraving(5))
    engravings[5].delete()
    sheet = post(api, image=upload(photograph), **framing).json()["query"]["sheet"]
    assert sheet["source"] == "edges"
    # Clockwise, from whichever corner is at the top left after turning.
    turned = [np.roll(corners, first, axis=0) for first in range(4)]
    assert min(np.abs(np.array(sheet["quad"]) - quad).max() for quad in turned) < 0.015


def test_filters_apply_before_the_votes(api: APIClient, engravings: list[Print]) -> None:
    response = post(api, image=upload(on_table(engraving(3))[0]), year_from=1505)
    assert engravings[3].pk not in found(response)
    assert response.json()["verdict"] in ("not_found", "similar")
    response = post(api, image=upload(on_table(engraving(6))[0]), year_from=1505)
    assert (found(response)[0], response.json()["verdict"]) == (engravings[6].pk, "same_image")


def test_who_wants_one_print_gets_the_first_of_many(api: APIClient, engravings: list[Print]) -> None:
    photograph = np.ascontiguousarray(on_table(engraving(3))[0][:, ::-1])
    many = post(api, image=upload(photograph)).json()
    one = post(api, image=upload(photograph), limit=1).json()
    assert one["results"] == many["results"][:1]
    assert one["verdict"] == "same_image"


def test_the_same_picture_gets_the_same_answer(api: APIClient, engravings: list[Print]) -> None:
    photograph = on_table(engraving(3))[0]
    answers = [post(api, image=upload(photograph)).json() for _ in range(2)]
    for answer in answers:
        answer.pop("timings_ms")
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((300, 400, 3), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (600, 800, 3), dtype=np.uint8),
        np.zeros((1, 1, 3), np.uint8) + 7,
        np.zeros((2, 9000, 3), np.uint8) + np.arange(9000, dtype=np.uint8)[None, :, None],
        np.zeros((9000, 3, 3), np.uint8) + np.arange(9000, dtype=np.uint8)[:, None, None],
    ],
    ids=["blank", "noise", "1x1", "panorama", "tower"],
)
@pytest.mark.parametrize("framing", [{}, {"rotate": 90, "mirror": "true"}])
def test_pictures_of_nothing_are_answered(
    api: APIClient, engravings: list[Print], pixels: Any, framing: dict[str, Any]
) -> None:
    answer = post(api, image=upload(pixels), **framing)
    assert answer.status_code == 200
    assert answer.json()["verdict"] in (None, "not_found", "similar")


def test_without_the_extractor_details_answer(
    api: APIClient, engravings: list[Print], extractor: FakeExtractor
) -> None:
    extractor.away = True
    answer = post(api, image=upload(on_table(engraving(3))[0])).json()
    first = answer["results"][0]
    assert (first["print"]["id"], first["verdict"], first["similarity"]) == (
        engravings[3].pk,
        "same_image",
        None,
    )
    assert [notice["code"] for notice in answer["notices"]] == ["look_not_compared"]
    assert "away" in answer["notices"][0]["message"]


def test_without_local_features_looks_answer_and_nothing_is_said_not_to_be_there(
    api: APIClient, engravings: list[Print]
) -> None:
    LocalFeature.objects.all().delete()
    answer = post(api, image=upload(engraving(3))).json()
    assert answer["results"][0]["print"]["id"] == engravings[3].pk
    assert answer["verdict"] in (None, "similar")
    assert [notice["code"] for notice in answer["notices"]] == ["details_not_compared"]


def test_with_neither_road_it_is_a_503(
    api: APIClient, engravings: list[Print], extractor: FakeExtractor
) -> None:
    LocalFeature.objects.all().delete()
    extractor.away = True
    response = post(api, image=upload(engraving(3)))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "extractor_away")
    assert int(response.headers["Retry-After"]) >= 1


def test_verification_stops_in_time_and_says_so(
    api: APIClient, engravings: list[Print], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.RECTO_VERIFY_MS = 250
    now = iter(range(1000))
    monkeypatch.setattr("search.verifying.perf_counter", lambda: float(next(now)))
    answer = post(api, image=upload(side_by_side(engraving(2), engraving(5)))).json()
    assert [notice["code"] for notice in answer["notices"]] == ["not_all_verified"]
    assert len([result for result in answer["results"] if result["match"]]) <= 1


def test_what_could_not_be_verified_in_time_is_not_called_absent(
    api: APIClient, engravings: list[Print], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    photograph = upload(on_table(engraving(40))[0])
    assert post(api, image=photograph).json()["verdict"] == "not_found"
    settings.RECTO_VERIFY_MS = 250
    now = iter(range(1000))
    monkeypatch.setattr("search.verifying.perf_counter", lambda: float(next(now)))
    photograph.seek(0)
    answer = post(api, image=photograph).json()
    assert (answer["verdict"], [n["code"] for n in answer["notices"]]) == (None, ["not_all_verified"])


def test_a_stored_picture_is_searched_with_by_its_stored_details(
    api: APIClient, engravings: list[Print], extractor: FakeExtractor, data_dir: Path
) -> None:
    add_image(engravings[0], data_dir, on_table(engraving(3))[0], name="copy.png", position=1)
    describe()
    image = engravings[3].images.get()
    before = len(extractor.sizes)
    answer = post(api, image_id=image.pk).json()
    assert len(extractor.sizes) == before
    assert [r["print"]["id"] for r in answer["results"][:2]] == [engravings[3].pk, engravings[0].pk]
    assert [r["verdict"] for r in answer["results"][:2]] == ["same_image", "same_image"]
    assert answer["results"][1]["match"]["query_image_id"] == image.pk
    assert answer["query"]["width"] == WIDTH


def test_the_number_of_queries_does_not_depend_on_what_is_found(
    api: APIClient, engravings: list[Print], make_print: MakePrint, data_dir: Path
) -> None:
    photograph = on_table(engraving(3))[0]

    def queries() -> int:
        post(api, image=upload(photograph))
        with CaptureQueriesContext(connection) as context:
            assert first_of(post(api, image=upload(photograph)))["verdict"] == "same_image"
        return len(context)

    few = queries()
    for seed in range(20, 32):
        add_image(make_print(seed, record_id=f"more{seed}"), data_dir, engraving(seed), name=f"e{seed}.png")
    add_image(engravings[1], data_dir, on_table(engraving(3))[0], name="copy.png", position=1)
    describe()
    assert queries() == few <= 12


def test_a_search_that_finds_nothing_costs_a_few_queries_more(
    api: APIClient, engravings: list[Print]
) -> None:
    photograph = upload(drawing(5, width=600, height=500))
    post(api, image=photograph)
    with CaptureQueriesContext(connection) as context:
        post(api, image=upload(on_table(engraving(77))[0]))
    assert len(context) <= 14
