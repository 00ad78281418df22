"""The sample's catalogue: every kind of cell that DESIGN shows, and numbers that lead somewhere."""

import re
from collections import Counter

from catalog.sample.catalogue import all_sheets
from catalog.sample.metadata import COLUMNS, row_of, rows_of

DATE_KINDS = (
    r"\d{4}",
    r"\d{4} - \d{4}",
    r"ca\. \d{4}",
    r"\d{2}\. Jh\.",
    r"Entstehung des Druckträgers: \d{4} - \d{4}",
    r"",
)


def test_there_are_at_least_132_prints_with_numbers_of_their_own() -> None:
    sheets = all_sheets()
    assert len(sheets) >= 132
    assert len({sheet.record_id for sheet in sheets}) == len(sheets)
    assert len({sheet.inventory_number for sheet in sheets}) == len(sheets)


def test_the_catalogue_is_the_same_each_time() -> None:
    assert all_sheets() == all_sheets()


def test_every_row_fills_every_column_but_date_and_relations() -> None:
    for row in map(row_of, all_sheets()):
        assert tuple(row) == COLUMNS
        assert all(row[column] for column in COLUMNS if column not in ("date", "relations"))


def test_every_kind_of_date_occurs_and_no_other() -> None:
    dates = [sheet.date for sheet in all_sheets()]
    assert all(any(re.fullmatch(kind, date) for kind in DATE_KINDS) for date in dates)
    assert all(any(re.fullmatch(kind, date) for date in dates) for kind in DATE_KINDS)


def test_everybody_was_alive_when_the_print_was_made() -> None:
    for sheet in all_sheets():
        assert all(hand.person.born + 20 <= sheet.year <= hand.person.died for hand in sheet.hands)


def test_relations_name_inventory_numbers_of_the_sample() -> None:
    sheets = all_sheets()
    numbers = {sheet.inventory_number for sheet in sheets}
    relations = [sheet.relations.split(", ") for sheet in sheets if sheet.relations]
    assert {kind for kind, _ in relations} == {"dublette", "zustand", "kopie", "vorlage"}
    assert all(number in numbers for _, number in relations)


def test_some_records_have_pictures_of_both_states() -> None:
    pairs = [rows_of(sheet) for sheet in all_sheets() if sheet.other_state]
    assert pairs
    for first, second in pairs:
        assert first["image_file"] != second["image_file"]
        assert {**first, "image_file": ""} == {**second, "image_file": ""}


def test_owners_and_people_are_marked_as_in_the_ancestors_exports() -> None:
    for row in map(row_of, all_sheets()):
        assert re.fullmatch(r".+ \[[Dd]emonstration\] \([A-Z]{2}-DEMO\d{2}-\d\)", row["institutionIsil"])
        assert re.fullmatch(r"([^;]+ \(\d{4} - \d{4}\), [^;]+(; )?)+", row["person"])


def test_several_languages_and_umlauts_occur_in_titles() -> None:
    titles = " ".join(sheet.subject.title for sheet in all_sheets())
    assert all(letter in titles for letter in "äöüß")
    assert " of " in titles


def test_no_two_plates_have_the_same_title() -> None:
    counts = Counter(sheet.subject.title for sheet in all_sheets() if not sheet.impression)
    assert [title for title, count in counts.items() if count > 1] == []
