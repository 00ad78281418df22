"""`q` of GET /api/v1/prints/: what visitors type, and what they find first."""

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from catalog import services
from catalog.models import Collection, Person, Print, PrintPerson
from catalog.services import refresh_search_text, refresh_stale_search_text
from catalog.word_search import Term, terms_of

Names = list[str]


def add(name: str, title: str, *, number: str = "", people: Names | None = None, **values: object) -> Print:
    collection, _ = Collection.objects.get_or_create(slug="all", defaults={"name": "All"})
    row = Print.objects.create(
        collection=collection, record_id=name, title=title, inventory_number=number, **values
    )
    for one in people or []:
        PrintPerson.objects.create(print=row, person=Person.objects.get_or_create(name=one)[0])
    refresh_search_text(print_ids=[row.pk])
    return row


def found(api: APIClient, q: str, **query: str) -> Names:
    answer = api.get("/api/v1/prints/", {"q": q, **query})
    assert answer.status_code == 200, answer.content
    return [one["record_id"] for one in answer.json()["results"]]


@pytest.fixture
def war(db: None) -> Print:
    return add(
        "war",
        "C'est la guerre! Die Schützengräben",
        number="1916.0047.1",
        people=["Vallotton, Félix", "Dürer, Albrecht"],
        extra={"Ort": "Großenhain, Sachsen", "latitude": "51.29"},
        date_text="1915 - 1916",
    )


@pytest.mark.parametrize(
    "q",
    [
        "guerre vallotton",
        "FÉLIX Vallotton",
        "vallotton, felix",
        "val fel gue",
        "Dürer",
        "Durer",
        "duerer",
        "schuetzengraeben",
        "Schützengräben",
        "graben",  # inside a word of German
        "c'est la",
        "Grossenhain",
        "GROSSENHAIN",
        "sachsen",
        "1916.0047.1",
        "1916 0047 1",
        "1916 47 1",
        "1916.47.1",
        "191600471",
        "1916471",
        "1916.0047",
        "1915",
        '"la guerre"',
        "„la guerre“ felix",
        "« C’est la guerre »",
        '"Albrecht Duerer"'.replace("Albrecht Duerer", "duerer albrecht"),
        '"guerre',  # a quote that was not closed yet
    ],
)
def test_words_find_the_print(api: APIClient, war: Print, q: str) -> None:
    assert found(api, q) == ["war"]


@pytest.mark.parametrize(
    "q",
    [
        '"guerre la"',
        '"la guer"',  # in quotes, words are whole
        '"felix durer"',  # not across two people
        "ie",  # short, and no word begins so
        "guerre rembrandt",
        "51.29",  # a coordinate is no word
        "%",
        '"',
        "1916.0048",
    ],
)
def test_words_do_not_find_the_print(api: APIClient, war: Print, q: str) -> None:
    assert found(api, q) == []


def test_what_fits_best_comes_first_then_by_title(api: APIClient, db: None) -> None:
    add("inside", "Der Ausritter")
    add("elsewhere", "Zwei Pferde", extra={"text": "Ritter"})
    add("title-word", "Der Ritter")
    add("begins", "Ritter, Tod und Teufel")
    add("title", "Ritter")
    add("another-word", "Ein Ritter")
    assert found(api, "ritter") == ["title", "begins", "title-word", "another-word", "elsewhere", "inside"]


def test_a_number_comes_before_those_it_begins(api: APIClient, db: None) -> None:
    add("title", "D 12 und andere")
    add("longer", "A", number="D.123")
    add("exact", "B", number="D.12")
    assert found(api, "D12") == ["exact", "longer"]
    assert found(api, "d 12")[0] == "exact"


def test_an_order_that_is_asked_for_wins(api: APIClient, db: None) -> None:
    add("late", "Ritter", year_min=1700, year_max=1700)
    add("early", "Der Ritter", year_min=1500, year_max=1500)
    assert found(api, "ritter", order="year") == ["early", "late"]
    assert found(api, "ritter") == ["late", "early"]


def test_titles_are_ordered_without_accents_and_case(api: APIClient, db: None) -> None:
    for title in ("Zebra", "Ähren", "ahorn", "Bär", ""):
        add(title or "untitled", title)
    order = [one["record_id"] for one in api.get("/api/v1/prints/", {"order": "title"}).json()["results"]]
    assert order == ["ahorn", "Ähren", "Bär", "Zebra", "untitled"]


def test_terms() -> None:
    assert terms_of('Dürer "la  guerre!" 1916.0047 dürer %') == [
        Term("la guerre", whole=True),
        Term("durer"),
        Term("1916 0047"),
    ]


def test_text_that_a_migration_emptied_is_written_anew(war: Print) -> None:
    Print.objects.update(search_text="")
    call_command("migrate", verbosity=0)
    war.refresh_from_db()
    assert war.search_text.startswith("^ c est la guerre ")


def test_text_is_written_anew_in_batches(
    catalogue: dict[str, Print], monkeypatch: pytest.MonkeyPatch
) -> None:
    Print.objects.update(search_text="")
    monkeypatch.setattr(services, "BATCH", 2)
    batches: list[int] = []
    monkeypatch.setattr(services, "refresh_search_text", lambda print_ids: batches.append(len(print_ids)))
    refresh_stale_search_text()
    assert len(batches) > 1
    assert max(batches) == 2


def test_a_step_back_of_the_migrations_writes_nothing(war: Print) -> None:
    Print.objects.update(search_text="")
    refresh_stale_search_text(plan=[(object(), True)])
    war.refresh_from_db()
    assert war.search_text == ""
