"""The environment of processes that tests start beside themselves: the same kind of database and broker."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from serve.throwaway import make_own_database, own_servers


def environment_of_its_own(data: Path, **more: str) -> dict[str, str]:
    """For a Recto with this data folder and nothing of the tests' own; with an empty database."""
    make_own_database(data)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECTO_")}
    mine = {"DJANGO_SETTINGS_MODULE": "config.settings", "RECTO_DATA_DIR": str(data), **own_servers(data)}
    return kept | mine | more


def address_of_this_database() -> str:
    """RECTO_DATABASE_URL of the database that the running test has."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite://{name}"
    return urlunsplit(urlsplit(os.environ["RECTO_TEST_DATABASE_URL"])._replace(path=f"/{name}"))
