"""Messages between processes: a JSON object and any number of byte buffers, never pickle.

What arrives from a student's kernel may be anything at all: `Channel.receive` returns data or raises WireError.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import threading
import time
from typing import Any

_SIZES = struct.Struct(">II")  # bytes of the JSON part, number of buffers
_LENGTH = struct.Struct(">Q")
_MOST_BUFFERS = 200_000


class WireError(Exception):
    """What arrived is no message, or too large, or did not arrive in time."""


class Closed(WireError):
    """The other side is gone."""


class Late(WireError):
    """Nothing arrived in time."""


class Channel:
    """One end of a stream socket that carries messages.

    >>> one, other = socket.socketpair()
    >>> Channel(one).send({"op": "hello"}, [b"abc"])
    >>> Channel(other).receive()
    ({'op': 'hello'}, [b'abc'])
    """

    def __init__(self, sock: socket.socket, *, largest: int = 256 * 2**20) -> None:
        self.sock, self.largest = sock, largest
        self._arrived, self._place = bytearray(), 0  # the message that is arriving, and how far it has been read
        self._sending = threading.Lock()  # a student's threads print as well

    def send(self, message: dict[str, Any], buffers: list[bytes] = [], *, deadline: float = math.inf) -> None:  # noqa: B006
        """Send one message. Raises: Closed, Late."""
        text = json.dumps(message).encode()
        parts = [_SIZES.pack(len(text), len(buffers)), text]
        for buffer in buffers:
            parts += [_LENGTH.pack(len(buffer)), buffer]
        try:
            with self._sending:
                self._wait(deadline)
                self.sock.sendall(b"".join(parts))
        except TimeoutError:
            raise Late("it does not read what it is sent") from None
        except OSError as error:
            raise Closed(str(error)) from None

    def receive(self, *, deadline: float = math.inf) -> tuple[dict[str, Any], list[bytes]]:
        """Return the next message; `deadline` is a time.monotonic(). Raises: Closed, Late, WireError.

        After Late, the next call goes on where this one stopped, also in the middle of a message.
        """
        self._place = 0
        length, count = _SIZES.unpack(self._read(_SIZES.size, deadline))
        if length > self.largest or count > _MOST_BUFFERS:
            raise WireError(f"a message of {length} bytes in {count} parts")
        text, buffers, total = self._read(length, deadline), [], length
        for _ in range(count):
            (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
            total += length
            if total > self.largest:
                raise WireError(f"a message of more than {self.largest} bytes")
            buffers.append(self._read(length, deadline))
        self._arrived = bytearray()
        if text.count(b"[") + text.count(b"{") > 4 * _MOST_BUFFERS or text.count(b",") > 20 * _MOST_BUFFERS:
            raise WireError("a message of too many parts")  # each would take a hundred times its bytes
        try:
            message = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise WireError(f"no message: {type(error).__name__}") from None
        if not isinstance(message, dict):
            raise WireError("no message")
        return message, buffers

    def close(self) -> None:
        """Close this end."""
        self.sock.close()

    def _wait(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(None if math.isinf(left) else left)

    def _read(self, length: int, deadline: float) -> bytes:
        end = self._place + length
        while len(self._arrived) < end:
            try:
                self._wait(deadline)
                part = self.sock.recv(min(end - len(self._arrived), 1 << 20))
            except TimeoutError:
                raise Late("nothing arrived in time") from None
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("the other side is gone")
            self._arrived += part
        data, self._place = bytes(memoryview(self._arrived)[self._place : end]), end
        return data
