"""Outputs that a kernel sends, as a notebook keeps them: checked, and no more than its share."""

from __future__ import annotations

import json
import re
from typing import Any

from rnnshapes.grading.execute.wire import WireError


class Outputs:
    """The outputs of one cell as a notebook keeps them; what is beyond the notebook's share is counted, not kept."""

    def __init__(self, allowance: Allowance) -> None:
        self.list: list[dict[str, Any]] = []
        self._allowance, self._shown, self._clear = allowance, {}, False

    def take(self, message: dict[str, Any], size: int) -> None:
        """Add what a message says. Raises: WireError for what is no output."""
        if "clear" in message:
            self._clear = True
            if not message["clear"]:
                self.list.clear()
            return
        output = checked(message.get("output"))
        if not self._allowance.take(size):
            return
        if self._clear:
            self._clear = False
            self.list.clear()
        if "update" in message:
            for shown in self._shown.get(str(message["update"]), []):
                shown |= {"data": output["data"], "metadata": output["metadata"]}
            return
        last = self.list[-1] if self.list else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
            return
        self.list.append(output)
        if "display_id" in message:
            self._shown.setdefault(str(message["display_id"]), []).append(output)


class Allowance:
    """How many bytes of output a notebook may still show."""

    def __init__(self, size: int) -> None:
        self.size, self.used = size, 0

    def take(self, size: int) -> bool:
        """Use up `size` bytes; return whether they are still within the allowance."""
        self.used += size
        return self.used <= self.size


def writable(value: Any) -> Any:
    """Return JSON data that a file in UTF-8 can hold: half a surrogate pair becomes a question mark."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def _bundle(data: Any) -> dict[str, Any]:
    """Return the forms of a rich output that are as notebooks have them: text, or JSON where the type says so."""
    if not isinstance(data, dict):
        return {}
    return {
        kind: value
        for kind, value in data.items()
        if isinstance(value, str) or (isinstance(value, dict) and re.fullmatch(r"[\w-]+/([\w.-]+\+)?json", kind))
    }


def checked(output: Any) -> dict[str, Any]:
    """Return an output with the fields that notebooks have, and no others. Raises: WireError."""
    if not isinstance(output, dict):
        raise WireError("not an output")
    output = writable(output)
    kind = output.get("output_type")
    text = {name: str(output.get(name, "")) for name in ("name", "text", "ename", "evalue")}
    if kind == "stream":
        name = text["name"] if text["name"] in ("stdout", "stderr") else "stdout"
        return {"output_type": kind, "name": name, "text": text["text"]}
    if kind == "error":
        lines = output.get("traceback")
        traceback = [str(line) for line in lines] if isinstance(lines, list) else []
        return {"output_type": kind, "ename": text["ename"], "evalue": text["evalue"], "traceback": traceback}
    if kind not in ("execute_result", "display_data"):
        raise WireError("not an output")
    data, metadata = output.get("data"), output.get("metadata")
    checked = {
        "output_type": kind,
        "data": _bundle(data),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    if kind == "execute_result":
        count = output.get("execution_count")
        checked["execution_count"] = count if type(count) is int and count >= 0 else None
    return checked
