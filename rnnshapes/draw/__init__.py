"""Static figures of shapes: each function returns a Picture, with alt text, for notebooks and files."""

from rnnshapes.draw.attention_card import attention
from rnnshapes.draw.box_card import box
from rnnshapes.draw.certificate_card import certificate
from rnnshapes.draw.clash_card import clash
from rnnshapes.draw.compare_card import compare
from rnnshapes.draw.film_card import film
from rnnshapes.draw.forecast_card import forecast
from rnnshapes.draw.frozen_card import frozen
from rnnshapes.draw.gates_card import gates
from rnnshapes.draw.gradients_card import gradients
from rnnshapes.draw.ledger_card import ledger
from rnnshapes.draw.loop_card import lockstep, unrolled
from rnnshapes.draw.over_time_card import over_time
from rnnshapes.draw.picked_card import picked, picked_back
from rnnshapes.draw.picture import Picture
from rnnshapes.draw.plug_card import plug
from rnnshapes.draw.rearranged_card import rearranged
from rnnshapes.draw.relay_card import relay
from rnnshapes.draw.shifted_card import shifted
from rnnshapes.draw.step_card import step
from rnnshapes.draw.stretches_card import stretches
from rnnshapes.draw.surprise_card import surprise
from rnnshapes.draw.two_films_card import two_films
from rnnshapes.draw.weights_card import weights
from rnnshapes.draw.windows_card import windows

__all__ = [
    "Picture",
    "attention",
    "box",
    "certificate",
    "clash",
    "compare",
    "film",
    "forecast",
    "frozen",
    "gates",
    "gradients",
    "ledger",
    "lockstep",
    "over_time",
    "picked",
    "picked_back",
    "plug",
    "rearranged",
    "relay",
    "shifted",
    "step",
    "stretches",
    "surprise",
    "two_films",
    "unrolled",
    "weights",
    "windows",
]
