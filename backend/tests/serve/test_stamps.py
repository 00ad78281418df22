"""Stamps: a step is repeated when, and only when, what it reads has changed."""

from pathlib import Path

from serve.stamps import fingerprint, is_fresh, write_stamp


def test_same_files_same_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    assert fingerprint([tmp_path], "x") == fingerprint([tmp_path], "x")


def test_changed_byte_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = fingerprint([tmp_path])
    (tmp_path / "a").write_text("2")
    assert fingerprint([tmp_path]) != before


def test_renamed_file_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = fingerprint([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    assert fingerprint([tmp_path]) != before


def test_word_changes_the_fingerprint(tmp_path: Path) -> None:
    assert fingerprint([tmp_path], "3.11") != fingerprint([tmp_path], "3.12")


def test_missing_stamp_is_not_fresh_and_a_written_one_is(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert not is_fresh(stamp, "abc")
    write_stamp(stamp, "abc")
    assert is_fresh(stamp, "abc")
    assert not is_fresh(stamp, "abd")
