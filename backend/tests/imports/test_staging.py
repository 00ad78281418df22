"""What was checked is what is written later: a record goes through JSON and comes back equal."""

import json

from hypothesis import given
from hypothesis import strategies as st

from imports.dates import YearRange
from imports.institutions import InstitutionEntry
from imports.issues import Source
from imports.people import PersonEntry
from imports.records import Record
from imports.relations import RelationEntry
from imports.staging import record_from_json, record_to_json

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
year = st.none() | st.integers(1, 2100)
names = st.lists(text, max_size=3).map(tuple)
records = st.builds(
    Record,
    record_id=text.filter(bool),
    sources=st.lists(st.builds(Source, text, st.none() | st.integers(1, 9)), max_size=2).map(tuple),
    inventory_number=text,
    title=text,
    date_text=text,
    years=st.none() | st.builds(YearRange, st.integers(1, 2100), st.integers(1, 2100)),
    classification=text,
    institution=st.none() | st.builds(InstitutionEntry, text, text),
    techniques=names,
    people=st.lists(st.builds(PersonEntry, text, year, year, names), max_size=2).map(tuple),
    relations=st.lists(st.builds(RelationEntry, text, text), max_size=2).map(tuple),
    record_url=text,
    licence=text,
    image_files=names,
    image_url=text,
    image_urls=names,
    extra=st.dictionaries(text, text | st.floats(-180, 180), max_size=3),
)


@given(records)
def test_a_record_comes_back_from_json_as_it_was(record: Record) -> None:
    through_a_database = json.loads(json.dumps(record_to_json(record)))
    assert record_from_json(through_a_database) == record


def test_what_is_not_said_takes_no_room() -> None:
    assert record_to_json(Record("1", (Source("m.csv", 2),))) == {"record_id": "1", "sources": [["m.csv", 2]]}
