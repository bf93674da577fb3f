# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that write to the kernel's own socket: forged replies, and what is no message at all."""

from .entry import BY_HAND, KERAS, WIRE, Entry

LOST = "kernel was lost"


def answered(reply, *, then=""):
    """An answer that sends `reply`, a line of Python, before its own return. Everything before it is right."""
    body = f"    {reply}\n    time.sleep(0.2)\n    {then or 'return np.zeros((len(x), len(w[-1])))'}"
    return {"rnn_by_hand": f"def rnn_by_hand(x, *w):\n{body}"}


def forged(name, tries, reply, **more):
    """An entry that is honest (3 + 2 points) until its third answer sends `reply`."""
    more = {"points": 5.0, "honest": True} | more
    return Entry(name, tries, first=(WIRE,), answers=answered(reply), **more)


CELL = [
    Entry(name, tries, honest=True, first=(WIRE, cell), points=points, remark=remark)
    for name, tries, cell, points, remark in [
        ("no_json", "a frame that is no JSON", "say(b'{]')", 0.0, LOST),
        ("no_object", "a frame that is a list", "say(b'[1, 2]')", 0.0, LOST),
        ("huge_length", "a frame of four gigabytes", "channel().sendall(struct.pack('>II', 2**32 - 1, 0))", 0.0, LOST),
        (
            "many_buffers",
            "a frame of four thousand million buffers",
            "channel().sendall(struct.pack('>II', 2, 2**32 - 1) + b'{}')",
            0.0,
            LOST,
        ),
        (
            "huge_buffer",
            "a buffer of 2**63 bytes",
            "channel().sendall(struct.pack('>II', 2, 1) + b'{}' + struct.pack('>Q', 2**63))",
            0.0,
            LOST,
        ),
        (
            "deep",
            "a frame nested a hundred thousand deep",
            "say(b'{\"output\": ' + b'[' * 100_000 + b']' * 100_000 + b'}')",
            0.0,
            LOST,
        ),
        (
            "deep_enough",
            "an output nested as deep as JSON can be read",
            'for deep in (300, 600, 900):\n    say(b\'{"output": {"output_type": "display_data", "data": {"a/b": \' + b\'[\' * deep + b\']\' * deep + b\'}}}\')',
            None,
            "",
        ),
        ("bomb", "sixty megabytes of empty lists", "say(b'{\"output\": [' + b'[],' * 20_000_000 + b'[]]}')", 0.0, LOST),
        (
            "half_a_frame",
            "half a frame, then nothing",
            "channel().sendall(struct.pack('>II', 1000, 0) + b'{')\ntime.sleep(60)",
            0.0,
            LOST,
        ),
        ("closed", "the socket is closed", "channel().shutdown(socket.SHUT_RDWR)", 0.0, LOST),
        (
            "ran_before_it_ran",
            "a cell that says it has run, and has not",
            "say({'op': 'ran', 'error': None, 'count': 1})",
            None,
            "",
        ),
        (
            "ran_twelve",
            "a reply with all the fields of a referee",
            "say({'op': 'ran', 'error': None, 'count': 12, 'number': 12, 'right': True, 'judged': True, 'text': '12 of 12', "
            "'recognised': ['x'], 'hints': {'x': 'y'}, 'problem': 'KernelDied'})",
            None,
            "",
        ),
        ("cleared_for_ever", "clear_output without end", "while True:\n    say({'clear': True})", None, ""),
        (
            "odd_outputs",
            "outputs with fields of the wrong kind",
            "for more in ({'update': []}, {'display_id': {}}, {'update': {}}, {'clear': []}):\n"
            "    say({'output': {'output_type': 'display_data', 'data': {'text/html': 5, 'text/plain': [['x']]}, 'metadata': {'a': 1}}} | more)\n"
            "say({'output': {'output_type': 'error', 'ename': 5, 'evalue': None, 'traceback': [1, [2]]}})\n"
            "say({'output': {'output_type': 'stream', 'name': [], 'text': {'a': 1}}})",
            None,
            "",
        ),
        (
            "half_characters",
            "text that no file can hold",
            'print(\'\\ud800 half\')\nsay(b\'{"output": {"output_type": "display_data", "data": {"\\\\udc80": "\\\\ud800"}, "metadata": {"x": NaN}}}\')',
            None,
            "",
        ),
        (
            "not_an_output",
            "outputs of a kind that there is not",
            "say({'output': {'output_type': 'pickle'}})",
            0.0,
            LOST,
        ),
    ]
]

CALL = [
    forged(
        "right_by_message",
        "a reply that says what the function did not",
        "say({'op': 'returned', 'value': True, 'helpers': []})",
    ),
    forged("error_is_text", "an error that is a string", "say({'op': 'returned', 'error': 'x', 'value': None})"),
    forged("ran_for_returned", "the reply to something else", "say({'op': 'ran', 'error': None})"),
    forged("op_is_a_list", "an op that is a list", "say({'op': []})"),
    forged("nothing_returned", "a reply without a value", "say({'op': 'returned'})"),
    forged("values_for_returned", "values where a result belongs", "say({'op': 'values', 'values': None})"),
    forged("odd_helpers", "helpers that are a number", "say({'op': 'returned', 'value': None, 'helpers': 5})"),
    forged(
        "odd_changes",
        "changed arguments that are not there",
        "say({'op': 'returned', 'value': None, 'changed': [[99, None], 'x']})",
    ),
    forged(
        "odd_error",
        "an error with fields of the wrong kind",
        "say({'op': 'raised', 'error': {'name': 'a\\0b', 'kinds': 5, 'text': [], 'line': {}, 'meeting': {'left': 1}}})",
    ),
    forged(
        "group_error",
        "an error that takes arguments to make",
        "say({'op': 'raised', 'error': {'name': 'X', 'kinds': ['ExceptionGroup'], 'text': 'x', 'args': {'tuple': [5]}}})",
    ),
    forged(
        "object_array",
        "an array of Python objects",
        "say({'op': 'returned', 'value': {'array': 0, 'dtype': '|O', 'shape': [1]}, 'helpers': []}, b'12345678')",
    ),
    forged(
        "pickled",
        "a record dtype",
        "say({'op': 'returned', 'value': {'array': 0, 'dtype': [['a', 'O']], 'shape': [1]}, 'helpers': []}, b'12345678')",
    ),
    forged(
        "import_of_the_referee",
        "a function by its importable name, to be called over there",
        "say({'op': 'returned', 'value': {'import': ['os', 'abort']}, 'helpers': []})",
    ),
    forged(
        "deep_value",
        "a value nested deep",
        'say(b\'{"op": "returned", "value": \' + b\'{"list": [\' * 300 + b\']}\' * 300 + b\', "helpers": []}\')',
    ),
    forged(
        "long_integer",
        "an integer of a million digits",
        "say({'op': 'returned', 'value': {'int': '0x' + 'f' * 10**6}, 'helpers': []})",
    ),
    forged(
        "wide_nothing",
        "an array of no rows and 10**17 columns",
        "say({'op': 'returned', 'value': {'array': 0, 'dtype': '<f8', 'shape': [0, 10**17]}, 'helpers': []}, b'')",
    ),
]

OTHER = [
    Entry(
        "endless_range",
        "a range of 10**12 numbers for a test to sort",
        honest=True,
        answers={"name_weights": "def name_weights(*_):\n    return range(10**12)"},
        points=10.0,
    ),
    Entry(
        "endless_range_forged",
        "the same by message, past the kernel's own limits",
        honest=True,
        first=(WIRE,),
        answers={
            "name_weights": "def name_weights(*_):\n    say({'op': 'returned', 'value': {'range': [0, 10**12, 1]}, 'helpers': []})\n    time.sleep(0.1)"
        },
        points=3.0,
        remark="",
    ),
    Entry(
        "odd_function",
        "a description of a function with fields of the wrong kind, at the time it is fetched",
        honest=True,
        first=(WIRE,),
        answers={
            "rnn_by_hand": BY_HAND + "import threading\n"
            "values = {name: {'function': {'id': 'x', 'name': 5, 'code': {'co_nlocals': []}, 'parameters': 7}} for name in ('rnn_by_hand',)}\n"
            "say({'op': 'ran', 'error': None, 'count': 1})\nsay({'op': 'values', 'values': values})",
        },
        points=5.0,
    ),
    Entry(
        "values_missing",
        "no values at the time they are fetched",
        honest=True,
        first=(WIRE,),
        answers={"rnn_by_hand": BY_HAND + "say({'op': 'ran', 'error': None, 'count': 1})\nsay({'op': 'values'})"},
        points=5.0,
    ),
    Entry(
        "raised_at_fetch",
        "an exception with an impossible name at the time values are fetched",
        honest=True,
        first=(WIRE,),
        answers={
            "rnn_by_hand": BY_HAND
            + "say({'op': 'ran', 'error': None, 'count': 1})\nsay({'op': 'raised', 'error': {'name': 'a\\0b', 'kinds': ['KeyError']}})"
        },
        points=5.0,
    ),
    Entry(
        "keras_by_message",
        "Keras does the work, and a forged reply says that it did not",
        first=(
            WIRE,
            KERAS + "\ndef reply(value):\n"
            "    value = np.ascontiguousarray(value)\n"
            "    packed = {'array': 0, 'dtype': value.dtype.str, 'shape': value.shape, 'scalar': False}\n"
            "    say({'op': 'returned', 'value': packed, 'helpers': []}, value.tobytes())\n",
        ),
        answers={
            "rnn_by_hand": "def rnn_by_hand(*w):\n    reply(by_keras(*w))\n"
            "    stream = channel()\n    while True:\n"  # and from here on it reads and answers by itself
            "        size, count = struct.unpack('>II', stream.recv(8, socket.MSG_WAITALL))\n"
            "        message = json.loads(stream.recv(size, socket.MSG_WAITALL))\n"
            "        buffers = [stream.recv(*struct.unpack('>Q', stream.recv(8, socket.MSG_WAITALL)), socket.MSG_WAITALL) for _ in range(count)]\n"
            "        from rnnshapes.grading.execute.wire import unpack\n"
            "        w, _ = unpack(message['arguments'], buffers)\n"
            "        reply(by_keras(*w))"
        },
        points=0.0,
    ),
    Entry(
        "answered_by_a_child",
        "a detached child keeps the socket, its parent ends, and it answers what comes",
        first=(
            WIRE,
            "if not os.fork():\n    os.setsid()\n    time.sleep(0.3)\n    while True:\n"
            "        try:\n            say({'op': 'ran', 'error': None, 'count': 1})\n            time.sleep(0.01)\n"
            "        except BaseException:\n            os._exit(0)\n"
            "os._exit(0)",
        ),
        honest=True,
        points=0.0,
    ),
    Entry(
        "flood_while_called",
        "outputs without end during a call",
        honest=True,
        answers={
            "rnn_by_hand": "import IPython.display\n"
            "def rnn_by_hand(*w):\n    while True:\n        IPython.display.display({'text/html': 'x' * 10**5}, raw=True)"
        },
        points=5.0,
        remark="printed more than",
    ),
]

MESSAGES = [*CELL, *CALL, *OTHER]
