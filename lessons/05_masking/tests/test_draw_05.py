"""The picture of lesson 05: grey steps that freeze the state."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from rnnshapes import draw
from rnnshapes.draw.canvas import NARROW, WIDE, plain_style
from rnnshapes.draw.frozen_card import MASKED_FACE
from rnnshapes.draw.picture import LONGEST_ALT
from rnnshapes.errors import CourseError
from rnnshapes.sizes import Sizes

CASES = [
    Sizes(4, 6, 3, 5, 2),
    Sizes(3, 7, 2, 4, 5),
    Sizes(1, 10, 3, 12, 2),
    Sizes(2, 1, 1, 1, 1),
    Sizes(900, 50, 8, 32, 2),
]


def padded(sizes):
    """Return a mask and states that stand still where it is False."""
    rng = np.random.default_rng(0)
    mask, h = rng.random(sizes.shape("NT")) < 0.6, rng.uniform(-1, 1, sizes.shape("NTM"))
    for t in range(sizes.T):
        h[:, t] = np.where(mask[:, t, None], h[:, t], h[:, t - 1] if t else 0)
    return mask, h


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("sizes", CASES, ids=lambda sizes: "-".join(str(getattr(sizes, i)) for i in "NTDM"))
def test_nothing_overlaps_and_nothing_is_cut_off(sizes, narrow):
    picture = draw.frozen(*padded(sizes), sizes, narrow=narrow)
    assert 20 < len(picture.alt) <= LONGEST_ALT
    with plain_style():
        figure = picture.build()
        figure.set_dpi(72)  # a pixel is a point
        renderer = FigureCanvasAgg(figure).get_renderer()
        texts = [(text, text.get_window_extent(renderer)) for text in figure.axes[0].texts]
        others = [artist.get_window_extent(renderer) for artist in figure.axes[0].patches + figure.axes[0].lines]
    width, height = figure.get_size_inches() * 72
    assert width == pytest.approx(NARROW if narrow else WIDE)
    for box in [*(box for _, box in texts), *others]:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1.5 or high <= 3.5, f"{one.get_text()!r} on {two.get_text()!r}"


def test_each_masked_step_is_grey_and_each_real_one_lets_something_in():
    sizes = Sizes(2, 5, 3, 4, 6)
    mask, h = padded(sizes)
    with plain_style():
        axes = draw.frozen(mask, h, sizes).build().axes[0]
    grey = [patch for patch in axes.patches if patch.get_facecolor()[:3] == pytest.approx((0xC9 / 255,) * 3)]
    equals = [text for text in axes.texts if text.get_text() == "="]
    assert MASKED_FACE == "#c9c9c9" and len(grey) == (~mask).sum()
    assert len(equals) == (~mask[:, 1:]).sum()


def test_a_state_that_moves_in_a_masked_step_is_not_called_equal():
    with plain_style():
        axes = (
            draw.frozen(np.array([[True, False]]), np.arange(10.0).reshape(1, 2, 5), Sizes(1, 2, 3, 5, 4))
            .build()
            .axes[0]
        )
    assert {"≠"} == {text.get_text() for text in axes.texts} & {"=", "≠"}


def test_the_alt_text_says_what_a_mask_does_and_where():
    picture = draw.frozen(np.array([[True, False]]), np.zeros((1, 2, 5)), Sizes(1, 2, 3, 5, 4))
    assert picture.alt == (
        "Masked steps are grey. Where mask[n,t] is False, h[n,t] is h[n,t-1]. "
        "1 sample (N), 2 time steps (T). Sample 0: t = 1 masked."
    )
    assert picture.details == (("sample 0", "real  masked"),)


def test_bytes_are_the_same_each_time():
    sizes = Sizes(4, 6, 3, 5, 2)
    assert draw.frozen(*padded(sizes), sizes).data() == draw.frozen(*padded(sizes), sizes).data()


def test_other_shapes_are_refused():
    mask, h = padded(Sizes(4, 6, 3, 5, 2))
    with pytest.raises(CourseError, match="Got mask of .* expected .*N, T"):
        draw.frozen(mask.T, h, Sizes(4, 6, 3, 5, 2))
    with pytest.raises(CourseError, match="Got h of"):
        draw.frozen(mask, h[:, -1], Sizes(4, 6, 3, 5, 2))
