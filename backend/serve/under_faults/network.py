"""The wire between two parts: a TCP proxy that can be slow, and cut."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from serve.machine import free_port_pair
from serve.places import HOST

CHUNK = 65536


class Wire:
    """Listens on `port` and passes on to `target`; each piece takes `delay_s` longer, in both directions."""

    def __init__(self, target: int) -> None:
        self.port, self.delay_s, self._target = free_port_pair(), 0.0, target
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait(10)

    def cut(self) -> None:
        """Every connection breaks; new ones may be made."""
        self._loop.call_soon_threadsafe(self._abort_all)

    def _abort_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._serve, HOST, self.port))
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there = await asyncio.open_connection(HOST, self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, there}
        try:
            await asyncio.gather(self._pass_on(reader, there), self._pass_on(there_reader, writer))
        finally:
            self._open -= {writer, there}

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                writer.write(piece)
                await writer.drain()
        with suppress(OSError):
            writer.close()
