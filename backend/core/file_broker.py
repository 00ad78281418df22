"""The broker of one machine: Kombu's file-system transport, with messages that are whole or not there.

Kombu's own writes into a file that a worker may already read; what the worker then read ended it with a
JSONDecodeError. Here a message is written beside its place and renamed, and one that cannot be read all the
same (written by an older Recto, or cut off with the machine) is dropped and told of.
"""

import logging
import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from django.dispatch import Signal
from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)
# A message was dropped unread: whoever sent it has to send it again.
message_lost = Signal()


class Channel(filesystem.Channel):
    """Messages as files `<time>_<uuid>.<queue>.msg`, named as Kombu names them."""

    # (Kombu's own classes do not agree on the names of the arguments.)
    def _put(self, queue: Any, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        # No reader looks at a name that begins like this: its queue would be called `<uuid>.<queue>.msg`.
        draft = Path(self.data_folder_out, f".{name}")
        try:
            draft.write_text(dumps(message), encoding="utf-8")
            draft.replace(Path(self.data_folder_out, name))
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ChannelError(f"The message {name} could not be written: {error}") from error

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            text = _taken(Path(self.data_folder_in, name))
            if text is None:
                continue
            try:
                return loads(text)
            except ValueError:
                logger.warning("The message %s was not whole and is dropped: %r.", name, text[:80])
                message_lost.send(sender=type(self))
        raise Empty


def _taken(path: Path) -> bytes | None:
    """What the message says, taken away: of many who read it, one removes it. None for the others."""
    try:
        content = path.read_bytes()
        path.unlink()
    except FileNotFoundError:
        return None
    return content


class Transport(filesystem.Transport):
    """The transport of `filesystem://`, put in Kombu's place by config/celery.py."""

    Channel = Channel
