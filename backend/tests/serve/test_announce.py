"""What the start says of the descriptor that prints are searched with."""

from typing import Any

import pytest

from serve import announce

DEFAULT, OTHER = "first@11111111", "second@22222222"


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, offered: list[str], searched: Any
) -> str:
    answers = {
        "extractor/v1/info": {
            "descriptors": [{"descriptor": d, "weights_source": f"file {d}"} for d in offered]
        },
        "page/api/v1/info/": {"descriptor": searched},
    }
    monkeypatch.setattr(announce, "ask", answers.get)
    announce.announce_index("page", "extractor")
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("offered", "searched", "words"),
    [
        ([DEFAULT, OTHER], DEFAULT, ""),
        ([DEFAULT, OTHER], None, ""),
        ([], DEFAULT, ""),
        ([DEFAULT, OTHER], OTHER, f"Searching with: {OTHER}, weights: file {OTHER}\n"),
        ([DEFAULT], OTHER, f"The index holds vectors of {OTHER}, whose weights are not here"),
    ],
)
def test_only_what_differs_from_the_default_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offered: list[str],
    searched: str | None,
    words: str,
) -> None:
    output = said(monkeypatch, capsys, offered=offered, searched=searched)
    assert output.startswith(words)
    assert bool(output) == bool(words)
