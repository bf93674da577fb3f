"""How far a training is: one line that is drawn again after each epoch, in JupyterLab, in Colab and on a page."""

from __future__ import annotations

import time
from typing import Any

from rnnshapes.layers.cases import import_keras

CELLS = 24


def show_progress(epochs: int, *, of: str = "training") -> Any:
    """Return a Keras callback that shows one line: a bar, the epoch, the loss, and how long it still takes.

    Use it with verbose=0, which keeps Keras' own lines away: `model.fit(X, Y, epochs=20, verbose=0,
    callbacks=[rnnshapes.show_progress(20)])`.

    >>> progress_line(5, 20, loss=0.25, seconds=2.0)
    'training  ██████░░░░░░░░░░░░░░░░░░  epoch 5 of 20   loss 0.250   about 6 s to go'

    Source: Keras API reference, LambdaCallback.
    """
    began, shown = time.monotonic(), _Line()

    def say(epoch: int, logs: Any = None) -> None:
        loss = float((logs or {}).get("loss", float("nan")))
        shown.show(progress_line(epoch + 1, epochs, loss=loss, seconds=time.monotonic() - began, of=of))

    return import_keras().callbacks.LambdaCallback(on_epoch_end=say)


def progress_line(done: int, epochs: int, *, loss: float, seconds: float, of: str = "training") -> str:
    """Return the line after so many epochs, which took so many seconds."""
    full = CELLS * done // epochs
    left = round(seconds / done * (epochs - done))
    end = f"about {left} s to go" if done < epochs else f"done in {seconds:.0f} s"
    return f"{of}  {'█' * full}{'░' * (CELLS - full)}  epoch {done} of {epochs}   loss {loss:.3f}   {end}"


class _Line:
    """A line of text in the output, which the next one takes the place of; outside of a notebook, of a terminal."""

    def __init__(self) -> None:
        self.handle: Any = None

    def show(self, text: str) -> None:
        try:
            from IPython import get_ipython
            from IPython.display import display
        except ImportError:
            get_ipython = None
        if get_ipython is None or get_ipython() is None:
            print(f"\r{text}", end="" if "to go" in text else "\n", flush=True)
        elif self.handle is None:
            self.handle = display({"text/plain": text}, raw=True, display_id=True)
        else:
            self.handle.update({"text/plain": text}, raw=True)
