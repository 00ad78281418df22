"""What the catalogue has, in a form that a test can write down."""

from catalog.models import Print


def people_of(one: Print) -> list[tuple[str, int | None, int | None, list[str]]]:
    """Name, year of birth, year of death and roles of the people of a print, in their order."""
    rows = one.print_people.select_related("person")
    return [(row.person.name, row.person.birth_year, row.person.death_year, row.roles) for row in rows]
