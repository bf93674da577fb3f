"""Values and messages between processes: what is sent arrives, and what is forged is refused."""

# ruff: noqa: E501  (tables of cells)

import json
import os
import random
import socket
import string
import struct
import sys
import threading
import time

import numpy as np
import pytest

from rnnshapes.grading.execute.crossing import Opaque, pack, unpack
from rnnshapes.grading.execute.wire import Channel, Closed, Late, WireError


def pair(**options):
    one, other = socket.socketpair()
    return Channel(one), Channel(other, **options)


def crossed(value):
    """Send a value through JSON and back, as it crosses."""
    data, buffers = pack(value)
    return unpack(json.loads(json.dumps(data)), buffers)


def same(one, other):
    if isinstance(one, np.ndarray | np.generic):
        return type(one) is type(other) and one.dtype == other.dtype and np.array_equal(
            one, other, equal_nan=one.dtype.kind in "fcmM"
        )  # fmt: skip
    if isinstance(one, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and (one == other or one != one and other != other)


def make(rng, depth=0):
    """Return a random value of a random type."""
    plain = [
        lambda: None, lambda: rng.random() < 0.5, lambda: rng.randint(-5, 5), lambda: rng.getrandbits(200) - 2**150,
        lambda: rng.choice([0.0, -0.0, 1e308, float("inf"), float("nan"), rng.random()]), lambda: complex(1, rng.random()),
        lambda: "".join(rng.choices(string.printable + "é漢\ud800\x00", k=rng.randint(0, 9))), lambda: ...,
        lambda: rng.randbytes(rng.randint(0, 9)), lambda: range(rng.randint(0, 9), 20, 3), lambda: slice(1, None, 2),
        lambda: np.asarray(rng.choices(range(9), k=6), rng.choice(["i1", "<i8", ">f4", "f2", "c8", "?", "u4"])).reshape(
            rng.choice([(6,), (2, 3), (1, 6, 1), (3, 2)])),
        lambda: np.zeros(rng.choice([(0,), (2, 0), ()])), lambda: np.float32(rng.random()), lambda: np.int64(4),
        lambda: np.array(["a", "bcd"]), lambda: np.bool_(True), lambda: np.datetime64("2020-01-01"),
        lambda: np.arange(12).reshape(3, 4).T[::2],
    ]  # fmt: skip
    nested = [
        lambda: [make(rng, depth + 1) for _ in range(rng.randint(0, 4))],
        lambda: tuple(make(rng, depth + 1) for _ in range(rng.randint(0, 4))),
        lambda: {rng.choice(["a", 2, (1, "b"), None, 1.5]): make(rng, depth + 1) for _ in range(3)},
        lambda: {1, 2, "c"}, lambda: frozenset([3]),
    ]  # fmt: skip
    return rng.choice(plain + nested if depth < 3 else plain)()


def test_every_kind_of_value_crosses_unchanged():
    rng = random.Random(0)
    for _ in range(1500):
        value = make(rng)
        assert same(value, crossed(value)), repr(value)


def test_arrays_of_objects_subclasses_and_tensors_cross_as_what_they_hold():
    from collections import OrderedDict, namedtuple

    objects = crossed(np.array([1, "a", (2, 3)], dtype=object))
    assert objects.dtype == object and list(objects) == [1, "a", (2, 3)]
    assert crossed(namedtuple("P", "x y")(1, 2)) == (1, 2)
    assert crossed(OrderedDict(a=1)) == {"a": 1}

    class Text(str):
        pass

    assert type(crossed(Text("x"))) is str


def test_an_array_that_crossed_can_be_written_to():
    crossed(np.zeros(3))[0] = 1


@pytest.mark.parametrize("value", [object(), iter([]), (i for i in []), type, lambda: 1, np.zeros(2, "i,f"), sys])
def test_what_cannot_cross_becomes_a_stand_in_that_names_its_type(value):
    stand_in = crossed(value)
    assert isinstance(stand_in, Opaque) and type(stand_in).__name__ == type(value).__name__


def test_a_value_in_itself_and_a_repr_that_raises():
    class Sly:
        def __repr__(self):
            raise ValueError

    loop = []
    loop.append(loop)
    assert isinstance(crossed(Sly()), Opaque)
    assert "Opaque" not in repr(crossed(loop))  # 40 lists in each other, then its repr


def test_a_librarys_function_crosses_by_name_only_where_that_is_allowed():
    data, buffers = pack(np.tanh)
    assert unpack(data, buffers, imports=True) is np.tanh
    with pytest.raises(WireError):
        unpack(data, buffers)


FORGED = [
    *({"array": 0, "dtype": "<f8", "shape": shape} for shape in ([9], [-1, 0], "ab", None, [2**70], [1] * 99, [1.5, "x"])),
    *({"array": place, "dtype": "<f8", "shape": [2]} for place in (7, -9, "x", None, [], 1.5)),
    *({"array": 0, "dtype": d, "shape": [2]} for d in ("O", "|O", "V16", "[('a','O')]", "i4,O", "nonsense", None, [], 3)),
    *({"list": body} for body in (None, 5, [[]], [{"x": 1}])),
    *({"dict": body} for body in (None, [[1]], [[1, 2, 3]], [[{"list": []}, 1]], 7)),
    *({"set": body} for body in ([{"list": []}], [{"dict": []}], 3)),
    *({"objects": body, "shape": shape} for body, shape in (([1], [2]), (None, [1]), ([1], None), (5, []))),
    *({"int": body} for body in ("zz", 5, None, "0x")),
    *({"complex": body} for body in (None, [1, 2, 3], ["a", "b"])),
    *({"range": body} for body in ([1, 2, 0], [], ["a"], None)),
    *({"slice": body} for body in ([], [1, 2, 3, 4], None)),
    *({"opaque": body} for body in (None, [], 5)),
    *({"bytes": body} for body in (9, "x", None)),
    *({"import": ["os", "system"]}, {"import": None}, {"function": {"by_name": ["os", "system"]}}, {"function": {}}),
    *([], [1], {}, {"": 1}, {"nothing": 1}),
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED, ids=lambda data: json.dumps(data)[:60])
def test_a_forged_value_is_refused(data):
    with pytest.raises(WireError):
        unpack(data, [b"0123456789abcdef"])


def mutate(rng, data):
    """Return JSON data with something in it changed."""
    if isinstance(data, dict) and data and rng.random() < 0.7:
        key = rng.choice(list(data))
        return (
            data | {key: mutate(rng, data[key])}
            if rng.random() < 0.8
            else {rng.choice(["array", "int", "z"]): data[key]}
        )
    if isinstance(data, list) and data and rng.random() < 0.7:
        at = rng.randrange(len(data))
        return [*data[:at], mutate(rng, data[at]), *data[at + 1 :]]
    return rng.choice([None, -1, 2**80, 1.5, "x", "O", [], {}, [[]], {"list": [1]}, True, "<f8", 10**6, {"array": 0}])


def test_a_changed_message_gives_data_or_a_wire_error():
    rng = random.Random(1)
    refused = 0
    for _ in range(4000):
        data, buffers = pack(make(rng))
        forged = mutate(rng, json.loads(json.dumps(data)))
        try:
            unpack(forged, [buffer[: rng.choice([None, 3])] for buffer in buffers])
        except WireError:
            refused += 1
    assert refused > 500


def test_any_bytes_give_a_wire_error_or_a_message():
    rng = random.Random(2)
    whole = b"".join([struct.pack(">II", 11, 1), b'{"op": "x"}', struct.pack(">Q", 3), b"abc"])
    for _ in range(1500):
        data = bytearray(whole if rng.random() < 0.7 else rng.randbytes(rng.randint(0, 40)))
        for _ in range(rng.randint(0, 3)):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        one, other = socket.socketpair()
        one.sendall(data)
        one.close()
        channel = Channel(other, largest=10**6)
        with pytest.raises(WireError):
            while True:
                message, buffers = channel.receive()
                assert isinstance(message, dict) and all(isinstance(part, bytes) for part in buffers)
        channel.close()


@pytest.mark.parametrize(
    "data",
    [
        struct.pack(">II", 2**32 - 1, 0),  # as many bytes of JSON as there can be
        struct.pack(">II", 2, 2**32 - 1) + b"{}",
        struct.pack(">II", 2, 1) + b"{}" + struct.pack(">Q", 2**63),
        struct.pack(">II", 2, 3) + b"{}" + (struct.pack(">Q", 900_000) + bytes(900_000)) * 2,
        struct.pack(">II", 200_000, 0) + b"[" * 200_000,
        struct.pack(">II", 180_001, 0) + b'{"a":' * 36_000 + b"1",
        struct.pack(">II", 7, 0) + b'{"a":\xff}',
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 10_000, 0) + b'{"a":' + b"9" * 9_994 + b"}",
    ],
)
def test_lengths_that_lie_and_texts_that_are_no_message_take_no_memory(data):
    import tracemalloc

    one, other = pair(largest=10**6)
    sender = threading.Thread(target=lambda: send_all(one.sock, data))
    sender.start()
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            other.receive(deadline=time.monotonic() + 20)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()
        other.close()
        one.close()
        sender.join()


def send_all(sock, data):
    try:
        sock.sendall(data)
    except OSError:  # refused before it was read to the end
        pass


def test_messages_arrive_in_order_with_their_buffers():
    one, other = pair()
    sent = [({"n": n, "text": "é" * n}, [os.urandom(n * 1000), b""]) for n in range(20)]
    sender = threading.Thread(target=lambda: [one.send(*message) for message in sent])
    sender.start()
    assert [other.receive() for _ in sent] == sent
    sender.join()


def test_messages_of_two_threads_do_not_mix():
    one, other = pair()
    threads = [
        threading.Thread(target=lambda n=n: [one.send({"n": n}, [bytes([n]) * 300_000]) for _ in range(15)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for _ in range(60):
        message, buffers = other.receive(deadline=time.monotonic() + 30)
        assert buffers == [bytes([message["n"]]) * 300_000]
    for thread in threads:
        thread.join()


def test_late_and_closed():
    one, other = pair()
    with pytest.raises(Late):
        other.receive(deadline=time.monotonic() + 0.05)
    with pytest.raises(Late):
        other.receive(deadline=time.monotonic() - 1)
    with pytest.raises(Late):
        one.send({}, [bytes(10**7)], deadline=time.monotonic() + 0.2)  # nobody reads it
    one.close()
    with pytest.raises(Closed):
        while True:
            other.receive(deadline=time.monotonic() + 5)
    with pytest.raises(Closed):
        other.send({"a": 1}, [bytes(10**6)])


def test_many_stand_ins_of_many_types_stay_small():
    """Each class costs a kilobyte: a forged message must not make a million of them."""
    import tracemalloc

    data = {"list": [{"opaque": [f"kind{n}", ""]} for n in range(50_000)]}
    tracemalloc.start()
    try:
        made = unpack(data, [])
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()
    assert type(made["list"][0] if isinstance(made, dict) else made[0]).__name__ == "kind0"


def test_keys_that_collide_do_not_stall():
    """Integers modulo 2**61 - 1 share a hash: a set of 200,000 of them would take an hour."""
    data = {"set": [{"int": hex(n * (2**61 - 1))} for n in range(100_000)]}
    began = time.process_time()
    with pytest.raises(WireError):
        unpack(data, [])
    assert time.process_time() - began < 20
