"""The file-system broker: whole messages, queues of their own, and messages that are not whole."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from django.dispatch import receiver
from kombu.connection import Connection
from kombu.exceptions import ChannelError
from kombu.transport import filesystem

from config import env
from core import file_broker
from core.file_broker import Channel, message_lost


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the messages."""
    return tmp_path / "messages"


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    """A channel as Celery opens it: `filesystem://` is ours once config/celery.py is imported."""
    options = env.filesystem_broker(tmp_path)
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection.channel()


@pytest.fixture
def lost() -> Iterator[list[object]]:
    """One entry for each message that was told to be lost."""
    told: list[object] = []

    @receiver(message_lost)
    def note(sender: object, **_: object) -> None:
        told.append(sender)

    yield told
    message_lost.disconnect(note)


def test_filesystem_is_this_transport(channel: Channel) -> None:
    assert type(channel) is Channel


def test_messages_come_once_and_in_order(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        monkeypatch.setattr(file_broker, "time_ns", lambda at=number: 10**18 + at * 1_000_000)
        channel._put("index", {"number": number})
    assert [channel._get("index")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("index")
    assert list(folder.iterdir()) == []


def test_each_queue_has_its_own_messages(channel: Channel) -> None:
    channel._put("imports", {"of": "imports"})
    with pytest.raises(Empty):
        channel._get("index")
    assert channel._get("imports") == {"of": "imports"}


# (Whoever has imported the worker's tasks hears of it, too, and looks for jobs to send again.)
@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b'{"body": "W10=", "head', b"\x00" * 40, b"\xff\xfe"])
def test_a_message_that_is_not_whole_is_dropped_and_told_of(
    channel: Channel, folder: Path, lost: list[object], content: bytes
) -> None:
    (folder / "0_half.index.msg").write_bytes(content)
    channel._put("index", {"number": 1})
    assert channel._get("index") == {"number": 1}
    assert len(lost) == 1
    assert list(folder.iterdir()) == []


def test_kombu_would_have_ended_the_worker(tmp_path: Path, folder: Path) -> None:
    """What this transport is for; once Kombu's own survives, ours may go."""
    transport = "kombu.transport.filesystem:Transport"
    options = env.filesystem_broker(tmp_path)
    (folder / "0_half.index.msg").write_bytes(b"")
    with Connection(transport=transport, transport_options=options) as connection:
        theirs = connection.channel()
        assert type(theirs) is filesystem.Channel
        with pytest.raises(ValueError, match=r"(?i)expecting value|json|document"):
            theirs._get("index")


def test_a_message_that_is_being_written_is_not_seen(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    whole = Path.write_text

    def slowly(path: Path, text: str, **options: Any) -> int:
        whole(path, text[:5], **options)
        with pytest.raises(Empty):
            channel._get("index")
        seen.extend(each.name for each in folder.iterdir())
        return whole(path, text, **options)

    monkeypatch.setattr(Path, "write_text", slowly)
    channel._put("index", {"number": 1})
    assert len(seen) == 1
    assert channel._get("index") == {"number": 1}


def test_a_full_disk_is_an_error_and_leaves_nothing(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, **options: Any) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ChannelError, match="No space left"):
        channel._put("index", {"number": 1})
    assert list(folder.iterdir()) == []


def test_of_two_readers_one_gets_the_message(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel._put("index", {"number": 1})
    taken = file_broker._taken

    def too_late(path: Path) -> bytes | None:
        path.unlink()  # by the other
        return taken(path)

    monkeypatch.setattr(file_broker, "_taken", too_late)
    with pytest.raises(Empty):
        channel._get("index")
