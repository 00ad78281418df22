"""What the server says carries its name and values; and the page has words for all of it."""

import json
import pickle
import re
from typing import Any

import pytest

from core import api_errors, errors, jobs
from core.job_handle import JobHandle
from core.job_runner import run
from core.models import Job
from core.sentences import Sentence, named, said_of, say
from imports.issues import Source, make_issue, said_of_issue
from indexing.job_titles import TITLES
from tests.core.sentences_in_code import BACKEND, SAID_WITHOUT_VALUES, plain_sentences, sentences

# By Django REST framework's own errors; what is wrong with a form it says in the reader's language itself.
OF_FRAMEWORK = {*api_errors.DRF_CODES.values(), "malformed_request"} - {"invalid"}


def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = json.loads((BACKEND.parent / "frontend/src/locales/en.json").read_text())
    return texts


def _flat(texts: dict[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, text in texts.items():
        flat |= _flat(text, f"{before}{name}.") if isinstance(text, dict) else {before + name: text}
    return flat


def test_the_page_has_words_with_the_same_values_for_all_that_the_server_says() -> None:
    expected = dict.fromkeys({*plain_sentences(), *SAID_WITHOUT_VALUES, *OF_FRAMEWORK}, frozenset[str]())
    expected |= sentences()
    words = {key: frozenset(re.findall(r"{(\w+)}", text)) for key, text in _flat(_texts()["server"]).items()}
    assert expected.keys() - words.keys() == set(), "said by the server, not in the locales' `server`"
    assert words.keys() - expected.keys() == set(), "in the locales' `server`, said by nobody"
    # A text may leave a value out (the number itself stands beside it), but has no other.
    assert {key: words[key] - expected[key] for key in words if words[key] - expected[key]} == {}


def test_the_page_names_every_kind_of_job() -> None:
    kinds = {kind for kind in vars(jobs)["_handlers"] if kind in TITLES or not kind.startswith("test")}
    assert kinds >= {"check_import", "harvest_iiif"}
    assert (kinds | TITLES.keys()) - _texts()["jobs"]["kinds"].keys() == set()


def test_a_sentence_is_text_that_knows_its_name() -> None:
    sentence = say("too_many", "12 are too many", count=12)
    assert sentence == "12 are too many"
    for one in (sentence, pickle.loads(pickle.dumps(sentence)), named(sentence, "other")):
        assert said_of(one) == {"key": "too_many", "params": {"count": 12}}
    assert said_of("plain") == {}
    assert type(str(sentence)) is str


def test_an_error_says_its_name_and_values() -> None:
    told = errors.UserError("too_many", say("too_many_of", "12 are too many", count=12))
    plain = errors.UserError("broken", "It is broken.")
    assert api_errors.error_body(told)["error"]["said"] == {"key": "too_many_of", "params": {"count": 12}}
    assert api_errors.error_body(plain)["error"]["said"] == {"key": "broken", "params": {}}
    assert pickle.loads(pickle.dumps(told)).sentence.said == told.sentence.said


def test_an_issue_says_both_its_texts() -> None:
    reason = say("cell_too_long", "9 characters", length=9, file="a\0b")
    issue = make_issue(Source("t.csv", 2), "cell_too_long", reason, accepted="at most 5")
    assert isinstance(issue.reason, Sentence)
    assert said_of_issue(issue) == {
        "reason": {"key": "cell_too_long", "params": {"length": 9, "file": "ab"}},
        "accepted": {"key": "accepted.cell_too_long", "params": {}},
    }


@pytest.mark.django_db
def test_a_job_keeps_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(handle: JobHandle) -> None:
        handle.progress(1, 2, say("steps.checking_rows", "Checking rows"))
        raise errors.UserError("no_table", say("no_table", "There is none.", count=0))

    monkeypatch.setattr(jobs, "handler_of", lambda kind: work)
    job = Job.objects.create(kind="test_saying")
    run(job.pk)
    job.refresh_from_db()
    assert (job.message, job.message_said["key"]) == ("Checking rows", "steps.checking_rows")
    assert (job.last_error, job.error_said) == ("There is none.", {"key": "no_table", "params": {"count": 0}})
