"""Static figures of shapes: each function returns a Picture, with alt text, for notebooks and files."""

from rnnshapes.draw.box_card import box
from rnnshapes.draw.clash_card import clash
from rnnshapes.draw.compare_card import compare
from rnnshapes.draw.film_card import film
from rnnshapes.draw.loop_card import lockstep, unrolled
from rnnshapes.draw.over_time_card import over_time
from rnnshapes.draw.picture import Picture
from rnnshapes.draw.step_card import step
from rnnshapes.draw.weights_card import weights

__all__ = ["Picture", "box", "clash", "compare", "film", "lockstep", "over_time", "step", "unrolled", "weights"]
