"""How a Recto is after a fault: when it answers again, and what there is of all that it had accepted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import requests

from serve.accounts import manage
from serve.announce import ask
from serve.console import Refusal
from serve.under_faults.ledger import Found, Ledger
from serve.under_faults.load import COLLECTION, Load
from serve.under_faults.stand import Stand

PATIENCE_S = 300.0
BETWEEN_S = 0.2
AT_ONCE_S = 30.0  # one probe's own
TRIES = 5  # an index that is being published while it is checked is checked again
COUNTED = """\
import json
from django.db.models import Count
from catalog.models import Print, PrintImage, Revision
from search.models import KeptSearch
made = Revision.objects.filter(collection__slug={slug!r}, kind="created").values("print_id")
twice = made.annotate(times=Count("id")).filter(times__gt=1).count()
print("COUNTS", json.dumps([
    Print.objects.filter(collection__slug={slug!r}).count(),
    PrintImage.objects.filter(print__collection__slug={slug!r}).count(),
    KeptSearch.objects.count(), twice]))"""

ISSUES = """\
from imports.models import ImportIssue
for one in ImportIssue.objects.order_by("-id")[:20]:
    print(one.run_id, one.run.state, one.code, one.reason[:200])"""


def import_issues(stand: Stand) -> str:
    """What the imports themselves say was wrong: the first thing to look at when something is missing."""
    return manage(stand.recto.places, "shell", "--no-imports", "-c", ISSUES)


def seconds_until(done: Callable[[], bool], *, since: float) -> float:
    """From `since` (monotonic) until it is so. Raises Refusal when it never is."""
    while not done():
        if time.monotonic() - since > PATIENCE_S:
            raise Refusal(f"it did not answer again within {PATIENCE_S:.0f} s")
        time.sleep(BETWEEN_S)
    return time.monotonic() - since


def answers(stand: Stand, load: Load) -> bool:
    """The list of prints, and a search; one that nothing but the small patches decided is an answer, too."""
    try:
        listed = requests.get(f"{stand.url}/api/v1/prints/?page_size=1", timeout=AT_ONCE_S)
    except requests.RequestException:
        return False
    found = load.search() if listed.ok else None
    return found is not None and found.status_code == 200


def is_whole(stand: Stand, load: Load) -> bool:
    """Searches are decided by everything again, and every part says that it is well."""
    found = load.search()
    if found is None or found.status_code != 200 or not found.json()["descriptor"]:
        return False
    ready = ask(f"{stand.url}/health/ready")
    return ready is not None and all(check["ok"] for check in ready["checks"].values())


def everything_is_described(stand: Stand) -> bool:
    return stand.recto.is_searchable()


def found_now(stand: Stand, ledger: Ledger) -> Found:
    """Asked of the database, of the API, and of the commands that compare."""
    printed = manage(stand.recto.places, "shell", "--no-imports", "-c", COUNTED.format(slug=COLLECTION))
    prints, images, kept, twice = json.loads(printed.partition("COUNTS ")[2])
    missing = tuple(one for one in ledger.kept if not _answers(stand, f"/searches/{one}/picture/"))
    return Found(prints, images, kept, twice, missing, _titles(stand, ledger), _differences(stand))


def _answers(stand: Stand, path: str) -> bool:
    return requests.get(f"{stand.url}/api/v1{path}", timeout=AT_ONCE_S).status_code == 200


def _titles(stand: Stand, ledger: Ledger) -> dict[int, str]:
    url = f"{stand.url}/api/v1/prints"
    return {one: requests.get(f"{url}/{one}/", timeout=AT_ONCE_S).json()["title"] for one in ledger.titles}


def _differences(stand: Stand) -> tuple[str, ...]:
    found = []
    for command in (("check_files", "--checksums"), ("check_index",)):
        said = ""
        for _ in range(TRIES):
            try:
                manage(stand.recto.places, *command)
                break
            except Refusal as refusal:
                said = str(refusal)
                time.sleep(3)
        else:
            found.append(said[-600:])
    return tuple(found)
