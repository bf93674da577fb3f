# ---
# title: Axes
# idea: "reading a box: slices, broadcasting, the product, transpose"
# ---

# %% [markdown]
# # Axes: reading a box
#
# Three weather stations report two numbers each, four days in a row. You want the days first and the stations second, and two
# lines of NumPy both give that shape. Why does one of them report the weather of the wrong place?
#
# Whenever you hear **N×T×D**, see a box and its dimensions: N samples, T time steps, D features. This lecture is about
# the box alone, without any network. You cut it, add to it, multiply it, average it and turn it.
#
# Read a cell, decide what it will show, and only then run it with Shift + Enter. At each **Predict**, type your guess into
# the cell below. A wrong guess that you made yourself teaches more than a right answer that you read.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

N, T, D, M, K = 3, 4, 2, 5, 6
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
print(sizes.legend())

# %% [markdown]
# M and K belong to networks; M comes back below, only as a number of columns. All five sizes are different, so that a 4 in a
# shape can only be T.
#
# ## A box whose numbers say where they stand
#
# Our numbers are addresses: the first digit is n, the second t, the third d. So 231 stands at n = 2, t = 3, d = 1. Zeros in
# front are not printed: 30 is 030.

# %%
n, t, d = np.indices((N, T, D))  # for each place in the box: its n, its t, its d
X = 100 * n + 10 * t + d
X

# %% [markdown]
# NumPy prints a box as sheets, one below the other. Count the brackets at the start, `[[[`: there are three axes.

# %%
draw.box("X", "NTD", sizes, values=X)

# %% [markdown]
# Depth is N, down is T, across is D: the order in which NumPy prints. Three numbers in brackets pick one number.
#
# **Predict:** what is `X[1, 3, 0]`? You can say it without looking at the box.

# %%
my_guess = None  # type yours

# %%
print(X[1, 3, 0])

# %% [markdown]
# ## A whole number takes its axis away
#
# The three places in the brackets are for n, t and d, in this order. A whole number picks one thing, and that axis is
# gone. A colon means "all of them", and that axis stays. Places that you leave out at the end count as colons
# ([NumPy, indexing](https://numpy.org/doc/stable/user/basics.indexing.html)).
#
# **Predict:** which shape has `X[1]`, and what do its numbers have in common?

# %%
my_guess = None  # type yours

# %%
draw.box("X", "NTD", sizes, values=X, lift="X[1]")

# %% [markdown]
# One sheet, (T, D): everything that sample 1 shows. N is gone, since one sample was picked.
#
# **Predict:** and `X[:, 1]`? Which digit will be the same in all its numbers?

# %%
my_guess = None  # type yours

# %%
draw.box("X", "NTD", sizes, values=X, lift="X[:, 1]")

# %% [markdown]
# A slab, (N, D): what all samples show at step 1. The middle digit is 1 everywhere. A recurrent network reads its input
# in such slabs, so this slice will come back in every lesson.

# %%
slices = {
    "X[1]": X[1],  # sample 1
    "X[:, 1]": X[:, 1],  # step 1 of every sample
    "X[1, 3]": X[1, 3],  # one row: step 3 of sample 1
    "X[..., 1]": X[..., 1],  # feature 1 of everything; the dots stand for all axes before
    "X[:, -1]": X[:, -1],  # the last step: negative numbers count from the end
}
{name: (part.shape, sizes.letters(part.shape)) for name, part in slices.items()}

# %% [markdown]
# **Predict:** what does `X[:][1]` give? It looks like `X[:, 1]` with a bracket more.

# %%
my_guess = None  # type yours

# %%
print(X[:][1])
print({name: np.array_equal(X[:][1], cut) for name, cut in {"X[1]": X[1], "X[:, 1]": X[:, 1]}.items()})

# %% [markdown]
# `X[:]` is the whole box, and `[1]` then picks sample 1 of it. Only inside one pair of brackets do the places belong to
# different axes.
#
# ## A slice of length one keeps its axis
#
# `1:2` is a range: from 1 up to, but not including, 2. There is one step in it.
#
# **Predict:** `X[:, 1]` and `X[:, 1:2]` hold the same numbers. Do they have the same shape?

# %%
my_guess = None  # type yours

# %%
print(X[:, 1].shape, "against", X[:, 1:2].shape)
print(X[:, 1:2])

# %% [markdown]
# (N, D) against (N, 1, D). The range keeps the axis, though it is one long. Remember this axis of length one: soon it
# will be useful.
#
# ## How a check speaks
#
# In the assignments a check looks at what you wrote. Here is a function that should cut step t out of a box, and does
# not. Run the check and read what it says.

# %%
def one_step(X, t):
    return X[t]


rnnshapes.check_answer("00/one_step", one_step)

# %% [markdown]
# What it got, what it expected, the belief that it recognised, and a hint. It called the function with boxes of its own, in
# other sizes. You will repair this one in the assignment.
#
# A test is quieter: it is an `assert`, a line that says nothing while it is true. If it is not, it raises an error with a
# message. We catch the error here, so that you can read it.

# %%
assert X[1].shape == (T, D)  # true: not a word

try:
    assert X[1].shape == (N, D), f"Got the shape {X[1].shape}, expected (N, D) = {(N, D)}"
except AssertionError as failure:
    print("AssertionError:", failure)

# %% [markdown]
# ## Adding: letters line up from the right
#
# NumPy adds arrays of different shapes. It writes both shapes under each other, the last letters aligned, and compares from
# the right. Equal sizes fit. A size of 1, or nothing at all, is stretched
# ([NumPy, broadcasting](https://numpy.org/doc/stable/user/basics.broadcasting.html)).
#
# ```text
# X        (N, T, D)
# one_row        (D,)     D under D; for N and T the row is repeated
# ```
#
# **Predict:** we add 5000 to feature 0 and 7000 to feature 1. What is the first row of the sum?

# %%
my_guess = None  # type yours

# %%
one_row = np.array([5000, 7000])  # (D,)
(X + one_row)[0, 0], (X + one_row).shape

# %% [markdown]
# Now each sample gets a row of its own: `s` is (N, D). Sample 0 gets 1000, sample 1 gets 2000, sample 2 gets 3000.
#
# **Predict:** does `X + s` work?

# %%
my_guess = None  # type yours

# %%
s = np.array([[1000, 1000], [2000, 2000], [3000, 3000]])  # (N, D)
try:
    print((X + s).shape)
except ValueError as error:
    print("ValueError:", error)

# %%
draw.clash("X", X.shape, "s", s.shape, sizes, operator="+")

# %% [markdown]
# D meets D, and then T meets N. NumPy does not know our letters, and does not search for an axis that would fit. We have
# to say where `s` lacks one. `None` in the brackets puts in an axis of length one:
#
# ```text
# X              (N, T, D)
# s[:, None]     (N, 1, D)     the 1 is stretched over T
# ```

# %%
print(s.shape, "→", s[:, None].shape)
(X + s[:, None])[:, 0]  # step 0 of every sample

# %% [markdown]
# Each sample got its own thousand. We were lucky to see an error before. Let's take a box with as many steps as samples,
# and make the same mistake.
#
# **Predict:** X has now three steps. What happens in `square + s`?

# %%
my_guess = None  # type yours

# %%
square = X[:, :3]  # (3, 3, 2): N = T
print((square + s)[:, 0])

# %% [markdown]
# No error, and wrong: all samples got 1000 at this step. `s` was stretched over N, and its rows were read as steps.
# Equal sizes hide mistakes. That is why every size in this course is different.
#
# ## Multiplying: letters that touch cancel
#
# `@` is the matrix product ([NumPy, matmul](https://numpy.org/doc/stable/reference/generated/numpy.matmul.html)). The last
# axis of the left side touches the first axis of a matrix on the right. They must be equal; then both are summed away.
#
# ```text
# (T, D) @ (D, M)       →  (T, M)
# (N, T, D) @ (D, M)    →  (N, T, M)
# ```
#
# **Predict:** with a `W` of shape (D, M) = (2, 5), which shape has `X @ W`?

# %%
my_guess = None  # type yours

# %%
W = np.random.default_rng(0).standard_normal((D, M))
Z = X @ W
Z.shape, sizes.letters(Z.shape)

# %% [markdown]
# Each row of the box went through `W` by itself: n and t came along as they were. We try it on one row, and on one number.

# %%
by_hand = sum(X[1, 3, d] * W[d, 4] for d in range(D))  # the sum over d that @ does
print(np.allclose(Z[1, 3], X[1, 3] @ W), np.isclose(Z[1, 3, 4], by_hand))

# %% [markdown]
# `*` is something else. It multiplies number by number, and its letters line up from the right, as with `+`.
#
# **Predict:** what does `X * W` do?

# %%
my_guess = None  # type yours

# %%
try:
    print((X * W).shape)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown]
# D = 2 meets M = 5, and neither is 1. Here the error saves us; with D = M it would not.
#
# ## Averaging: the axis that you name goes away
#
# `mean`, `sum`, `max` and `std` take an `axis`. Axes are counted from 0: N is axis 0, T is axis 1, D is axis 2.
#
# **Predict:** write down all five shapes before you run the cell.

# %%
my_guess = None  # type yours

# %%
means = {
    "X.mean(axis=0)": X.mean(axis=0),
    "X.mean(axis=1)": X.mean(axis=1),
    "X.mean(axis=(0, 1))": X.mean(axis=(0, 1)),
    "X.mean(axis=1, keepdims=True)": X.mean(axis=1, keepdims=True),
    "X.mean()": X.mean(),
}
{name: (mean.shape, sizes.letters(mean.shape)) for name, mean in means.items()}

# %% [markdown]
# The named axis is the one that is gone. With `keepdims=True` it stays as an axis of length one, so that the
# mean still lines up with the box. Without an axis everything becomes one number, and its shape is `()`.
#
# The addresses tell which numbers were averaged. In the mean over T the digit for t became 1.5, the mean of 0, 1, 2, 3:

# %%
X.mean(axis=1)

# %% [markdown]
# ## The trap: reshape is not transpose
#
# We want time first: a box (T, N, D), with one sheet for each step. Two calls give this shape. `transpose(1, 0, 2)` says
# which old axis stands where: first the old axis 1, then 0, then 2. `reshape(T, N, D)` names the new sizes.
#
# **Predict:** do both give the same box? Which three rows should stand on the sheet t = 0?

# %%
my_guess = None  # type yours

# %%
turned = X.transpose(1, 0, 2)
cut = X.reshape(T, N, D)
print("shapes:", turned.shape, cut.shape)
print("the same numbers in the same places:", np.array_equal(turned, cut))

# %%
draw.rearranged("X", "NTD", "TND", sizes, values=X)

# %% [markdown]
# The shapes agree, and no error appears. But look at the sheet t = 0. After `transpose` it holds 000, 100, 200: step 0
# of samples 0, 1 and 2. After `reshape` it holds 000, 010, 020: three steps of sample 0.
#
# `reshape` reads all numbers in one long row, sheet by sheet and line by line, and cuts the row anew
# ([NumPy, reshape](https://numpy.org/doc/stable/reference/generated/numpy.reshape.html)). The order along the row stays.
# `transpose` keeps each number's n, t and d, and changes the place of the letters
# ([NumPy, transpose](https://numpy.org/doc/stable/reference/generated/numpy.transpose.html)).
#
# The same happens on one sheet. **Predict:** row d = 0 of `x.T` should hold feature 0 at all four steps. What does
# `x.reshape(D, T)` hold there?

# %%
my_guess = None  # type yours

# %%
x = X[1]  # (T, D)
draw.rearranged("x", "TD", "DT", sizes, values=x)

# %% [markdown]
# With real data there are no addresses, and nothing looks wrong. We compute each step's mean over the samples, as one might do
# for a plot.

# %%
weather = np.random.default_rng(1).normal(15, 4, (N, T, D))
print("step means, right:  ", weather.transpose(1, 0, 2).mean(axis=1)[:, 0].round(1))
print("step means, reshape:", weather.reshape(T, N, D).mean(axis=1)[:, 0].round(1))

# %% [markdown]
# Four plausible numbers each, and one line is nonsense. So here is a habit: try a function on a box of addresses first.
#
# On a box, `.T` turns round the order of all three axes.
#
# **Predict:** which shape has `X.T`?

# %%
my_guess = None  # type yours

# %%
X.T.shape, sizes.letters(X.T.shape)

# %% [markdown]
# And when is reshape right? To glue neighbours together, and to cut them apart again. N and T are neighbours in (N, T, D):
# as (N·T, D) the rows stand below each other in their old order.

# %%
rows = X.reshape(N * T, D)
print(rows[:6].tolist(), "…")
print("cut apart again:", np.array_equal(rows.reshape(N, T, D), X))

# %% [markdown]
# ## A slice is a window
#
# One more thing before you write functions. **Predict:** we take sample 0, and add 1000 to it in place. Is X still the same?

# %%
my_guess = None  # type yours

# %%
x = X[0]
x += 1000
X[0, 0], X[1, 0]

# %% [markdown]
# X has changed. A slice is no copy: it is a window on the same numbers
# ([NumPy, copies and views](https://numpy.org/doc/stable/user/basics.copies.html)). `x += 1000` writes through it, and
# `x = x + 1000` makes a new array. A function that writes into its argument changes its caller's data.

# %%
X[0] -= 1000  # we put it back
x = X[0] + 1000  # a new array: X stays as it was
x[0], X[0, 0]

# %% [markdown]
# ## What to take home
#
# - (N, T, D) is a box: depth, down, across. A whole number in the brackets takes an axis away; a range keeps it.
# - `+` and `*` line letters up from the right. An axis of length one is stretched; put it in with `None`.
# - `@` cancels the letters that touch.
# - `mean` and `sum` take away the axis that you name.
# - `transpose` moves axes. `reshape` cuts one long row anew. A right shape does not show that the numbers are right.
#
# Your turn: the assignment `release/00_axes/axes.ipynb` has other sizes, and its checks have others still.
