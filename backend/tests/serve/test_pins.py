"""Pinned requirements fit every machine."""

from pathlib import Path

import pytest

from serve import pins
from serve.console import Refusal
from serve.places import ROOT


def test_tensorflow_is_pinned_for_both_kinds_of_machine() -> None:
    text = pins.both_tensorflows('tensorflow-cpu==2.21.0 ; sys_platform == "linux"  # via keras\nsix==1.0\n')
    assert text.splitlines() == [
        f"tensorflow-cpu==2.21.0 ; {pins.LINUX_X86}",
        f"tensorflow==2.21.0 ; {pins.OTHERS}",
        "six==1.0",
    ]


@pytest.mark.parametrize(
    "line",
    ["--find-links /opt/wheels", "--index-url x", "a @ file:///srv/a.whl", "a==1 # https://host/", "a>=1"],
)
def test_line_for_one_machine_only_is_refused(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text(f"b==1\n{line}\n")
    with pytest.raises(Refusal, match="this machine only"):
        pins.check(tmp_path / "requirements.txt")


@pytest.mark.parametrize("source", pins.SOURCES)
def test_committed_pins_fit_every_machine(source: str) -> None:
    pins.check((ROOT / source).with_suffix(".txt"))
