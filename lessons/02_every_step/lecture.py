# ---
# title: Every step
# idea: "return_sequences and two heads: softmax per step, regression with K = 2"
# ---

# %% [markdown]
# # Every step: keep the film or the last frame
#
# Do you want to know where a ship is going once, at the end of its voyage, or at every step? A recurrent network has a state
# after **every** time step. Lesson 01 looked at the last one and dropped the rest. Here we decide: keep the whole film of
# states, or its last frame.
#
# | letter | counts | here |
# |---|---|---|
# | **N** | samples: ships | 3 |
# | **T** | time steps | 6 |
# | **D** | input features | 4 |
# | **M** | hidden units | 5 |
# | **K** | output nodes | 2 |
#
# The choice is one argument, `return_sequences`. It decides whether the axis T is in the states, in the outputs, and in
# the **targets** that train them. A target of the wrong shape may raise no error at all. We will spring that trap.
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(3)

N, T, D, M, K = 3, 6, 4, 5, 2
sizes = rnnshapes.Sizes(N=N, T=T, D=D, M=M, K=K)
X = np.random.randn(N, T, D)
print(sizes.legend())

# %% [markdown]
# ## Two modes of one layer
#
# We build the same layer twice and give both the same weights. The bias is not zero: Keras' zeros would hide a
# forgotten one, as you saw in lesson 01.
#
# **Predict:** what are the shapes of `H` and of `h`?

# %%
my_guess = {"H": None, "h": None}  # type yours

# %%
bias = keras.initializers.RandomUniform(0.2, 0.6)
keep_film = keras.layers.SimpleRNN(M, bias_initializer=bias, return_sequences=True)
keep_frame = keras.layers.SimpleRNN(M)
film_model = keras.Sequential([keras.Input((T, D)), keep_film])
frame_model = keras.Sequential([keras.Input((T, D)), keep_frame])
keep_frame.set_weights(keep_film.get_weights())

H = film_model.predict(X, verbose=0)
h = frame_model.predict(X, verbose=0)
print("your guess:", my_guess)
print("H", H.shape, sizes.letters(H.shape), "  h", h.shape, sizes.letters(h.shape))

# %% [markdown]
# "Whether to return the last output in the output sequence, or the full sequence", says
# [Keras, SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/). The default is the last one.
#
# `H` is a box: `H[n]` is the film of ship n, and `H[:, t]` is one frame of all ships. `h` has no T: it is one frame.
#
# **Predict:** which slice of `H` equals `h`?

# %%
my_guess = None  # type yours

# %%
slices = {"H[-1]": H[-1], "H[:, -1]": H[:, -1], "H[:, :, -1]": H[:, :, -1]}
equal = [name for name, cut in slices.items() if cut.shape == h.shape and np.abs(cut - h).max() < rnnshapes.TOLERANCE]
print({name: cut.shape for name, cut in slices.items()}, "and h is", h.shape)
print("equal to h:", *equal)

# %%
draw.box("H", "NTM", sizes, lift=equal[0])

# %% [markdown]
# `-1` means the last of **some** axis. The first index counts ships: `H[-1]` is the whole film of the last ship. The last
# frame of every ship is `H[:, -1]`. The layer computes all T states in both modes; the argument says what it hands on.
#
# ## The film by hand
#
# **Predict:** the loop below collects T frames of shape (N, M). Which shape has `np.array(frames)`?

# %%
my_guess = None  # type yours

# %%
Wx, Wh, bh = keep_film.get_weights()
h_last, frames = np.zeros((N, M)), []
for t in range(T):
    h_last = np.tanh(X[:, t] @ Wx + h_last @ Wh + bh)  # (N, D)(D, M) + (N, M)(M, M) + (M,) → (N, M)
    frames.append(h_last)
by_hand = np.array(frames)
print("by hand:", by_hand.shape, sizes.letters(by_hand.shape), "  Keras:", H.shape, sizes.letters(H.shape))

# %% [markdown]
# The loop runs over time, so time comes first: (T, N, M). Keras puts the samples first. There are two ways to a box of
# the right shape, and one of them is wrong.

# %%
reshaped = by_hand.reshape(N, T, M)
transposed = by_hand.transpose(1, 0, 2)
print("reshape:  ", reshaped.shape, " largest difference:", np.abs(reshaped - H).max())
print("transpose:", transposed.shape, " largest difference:", np.abs(transposed - H).max())

# %% [markdown]
# `reshape` cuts the same row of numbers anew: the shape is right, and ships get frames of other ships. `transpose` moves
# the axes. The shape alone would not have told them apart; the numbers do.
#
# ## One head for all frames
#
# Now a Dense layer with K = 2 nodes goes on top of each.
#
# **Predict:** how many numbers are in the kernel `Wo` of the Dense layer that is fed the film? Is there a T in it?

# %%
wo_guess = None  # type a product of letters

# %%
head = keras.layers.Dense(K, bias_initializer=bias)
Yhats = np.asarray(head(H))
Yhat = np.asarray(head(h))
Wo, bo = head.get_weights()
print("your guess:", wo_guess, "  Wo has", Wo.size, "numbers:", sizes.letters(Wo.shape))
print("on the film:", sizes.letters(Yhats.shape), "  on the frame:", sizes.letters(Yhat.shape))

# %%
draw.film(sizes)

# %% [markdown]
# The same `head` took both. Dense multiplies the **last** axis and leaves all others alone
# ([Keras, Dense](https://keras.io/api/layers/core_layers/dense/)). So M becomes K, and N and T stay what they are.
# Every frame passes through the same `Wo`, like the recurrent weights that are stamped T times.

# %% [markdown]
# **Predict:** an output `y` at step t: does it read one frame, or all frames up to t? Choose some, and look at the row.

# %%
my_guess = None  # type yours

# %%
with_head = keras.Sequential([keras.Input((T, D)), keep_film, head])
rnnshapes.explore(X=X, model=with_head, at="y[0,2,1]", show=["boxes", "sum"])

# %% [markdown]
# One frame, and no other: what came before is in it already. Move t, and the row of h moves along; the column of `Wo` stays.
# By hand it is one line for each.

# %%
print("film: ", np.abs(H @ Wo + bo - Yhats).max())
print("frame:", np.abs(h @ Wo + bo - Yhat).max())
print("last frame of the outputs:", np.abs(Yhats[:, -1] - Yhat).max())

# %% [markdown]
# ## K = 2, twice
#
# **K > 1 does not imply classification.** Two output nodes may be a latitude and a longitude. These are quantities, and
# the head above has no activation: that is a regression. Or they are two classes, *moored* and *under way*. Then we want
# two probabilities that add up to 1, and the activation is a **softmax**:
#
# $$p_k = \frac{e^{\hat y_k}}{\sum_j e^{\hat y_j}}$$
#
# **Predict:** `Yhats` is (N, T, K). Over which axis do we sum, so that the two classes of each frame share 1?

# %%
my_guess = None  # type yours

# %%
powers = np.exp(Yhats)
candidates = {letter: powers / powers.sum(axis=axis, keepdims=True) for axis, letter in enumerate("NTK")}
{f"sum over {letter}": P[0, 0].round(3) for letter, P in candidates.items()}

# %%
softmax_head = keras.layers.Dense(K, activation="softmax")
softmax_model = keras.Sequential([keras.Input((T, D)), keep_film, softmax_head])
softmax_head.set_weights([Wo, bo])
P = softmax_model.predict(X, verbose=0)
{f"sum over {letter}": float(np.abs(candidate - P).max()) for letter, candidate in candidates.items()}

# %% [markdown]
# Only the sum over K agrees. Keras applies softmax along the last axis unless told otherwise
# ([Keras, activations](https://keras.io/api/layers/activations/)). A softmax over T would let **time steps** compete: the
# probabilities of a whole voyage would add up to 1. Over N the ships would compete.

# %%
draw.compare(candidates["T"], P, "NTK", sizes, name="P")

# %% [markdown]
# Print the sums of the rows whenever you write a softmax: each should be 1.
#
# ## Targets: one for each output
#
# Training compares every output with a target. A regression's target has the **shape of the output**. A class may be
# written as one whole number in place of K probabilities, and then K is gone from the target.
#
# | head | output | target |
# |---|---|---|
# | regression, every step | (N, T, K) | (N, T, K) |
# | regression, last step | (N, K) | (N, K) |
# | classes as whole numbers, every step | (N, T, K) | (N, T) |
# | classes as whole numbers, last step | (N, K) | (N,) |
#
# The last two belong to the loss `SparseCategoricalCrossentropy`
# ([Keras, probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)).

# %%
classes = P.argmax(axis=-1)
loss = keras.losses.SparseCategoricalCrossentropy()
print("classes", sizes.letters(classes.shape), " loss", float(loss(classes, P)))

# %% [markdown]
# ## The trap
#
# One output node now, K = 1: how far did the ship move, averaged over this step and the one before? The data hold the
# speed as their first feature, so the network can learn it. There are many ships, and a target for every step.

# %%
many = rnnshapes.Sizes(N=1600, T=T, D=D, M=M, K=1)
X_many = np.random.randn(many.N, T, D)
speed = X_many[:, :, :1]                                           # (N, T, 1)
before = np.concatenate([0 * speed[:, :1], speed[:, :-1]], axis=1)  # one step earlier; zeros before the first
Y_film = 1 + (speed + before) / 2
Y_frame = Y_film[:, -1]                                            # somebody keeps the last step's target only
print("Y_film", Y_film.shape, " Y_frame", Y_frame.shape)

# %% [markdown]
# **Predict:** the model keeps the film, so its output is (N, T, 1). We train it twice: with the target that fits, and
# with `Y_frame`, (N, 1). Does the second one raise an error?

# %%
my_guess = None  # type yours

# %%
def train(Y):
    keras.utils.set_random_seed(4)  # both start from the same weights
    model = keras.Sequential([
        keras.Input((T, D)),
        keras.layers.SimpleRNN(M, return_sequences=True),
        keras.layers.Dense(1),
    ])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.02))
    history = model.fit(X_many, Y, epochs=5, verbose=0)
    return model, model.predict(X_many, batch_size=many.N, verbose=0), np.round(history.history["loss"], 3)


fitting, right, right_loss = train(Y_film)
right_loss

# %%
misfit, wrong, wrong_loss = train(Y_frame)
print("target (N, T, 1), loss of each epoch:", right_loss)
print("target (N, 1),    loss of each epoch:", wrong_loss)

# %% [markdown]
# No error and no warning, and the loss goes down. But look at how far each step's output is from the truth, among the
# first twenty ships.

# %%
def errors(outputs):
    return (outputs - Y_film)[:20].transpose(1, 0, 2)  # (T, 20, 1): the picture wants time first


draw.over_time({"target (N, T, 1)": errors(right), "target (N, 1)": errors(wrong)}, many)

# %% [markdown]
# **Predict:** at step t = 1 a ship knows nothing of its last step yet. What is the best guess at a number that you know
# nothing about?

# %%
my_guess = None  # type yours

# %%
print("outputs at t = 1, five ships:", wrong[:5, 1, 0].round(2))
print("what they should be:         ", Y_film[:5, 1, 0].round(2))
print("mean target over all ships:  ", Y_frame.mean().round(2))

# %% [markdown]
# It learns the **mean over the ships**. Every step is asked for the value of the last step. Early steps cannot know it,
# so they all answer with nearly the same number, whatever their own ship does. Even the last step gets worse, though its
# own target is right: it shares its weights with five steps that are asked for the impossible.
#
# ## What Keras did
#
# NumPy would have refused.

# %%
try:
    Y_frame - wrong
except ValueError as error:
    print(error)

# %% [markdown]
# NumPy lines up axes from the right: 1 meets 1, and then N = 1600 meets T = 6. Keras' losses take an axis of length 1
# off first, if one array has one axis more than the other. Let's see what comes out when Keras leaves the mean away.
#
# **Predict:** (N, T, 1) loses its last axis and becomes (N, T). Then (N, 1) is stretched over what?

# %%
my_guess = None  # type yours

# %%
each = keras.losses.MeanSquaredError(reduction="none")  # the mean over the last axis alone
{"target (N, T, 1)": tuple(each(Y_film, wrong).shape), "target (N, 1)": tuple(each(Y_frame, wrong).shape)}

# %% [markdown]
# With the fitting target the last axis is K = 1, and there is one loss for each ship and step. With `Y_frame` the last
# axis was T: there is one loss for each ship. The documentation promises `[batch_size, d0, .. dN-1]` for arrays of equal
# shape, and says nothing of others ([Keras, regression losses](https://keras.io/api/losses/regression_losses/)).
# So Keras behaved as if each ship's one target had been repeated T times:

# %%
repeated = np.repeat(Y_frame[:, None], T, axis=1)  # (N, 1) → (N, 1, 1) → (N, T, 1)
print("repeated by hand:", np.mean((repeated - wrong) ** 2))
print("Keras reports:   ", misfit.evaluate(X_many, Y_frame, batch_size=many.N, verbose=0))

# %% [markdown]
# Leave away one more axis, and it gets worse. A target (N,) is compared with the outputs of **all** ships.

# %%
few = wrong[:3]                        # (3, T, 1): a handful is enough to see it
flat = Y_frame[:3, 0]                  # (3,)
print("target (N,):", tuple(each(flat, few).shape), float(keras.losses.MeanSquaredError()(flat, few)))
print("all pairs:  ", (few - flat).shape, np.mean((few - flat) ** 2))

# %% [markdown]
# The other way round it is as quiet. A model that keeps the frame, (N, 1), takes a target (N, T, 1), and learns each
# ship's **mean over time**: the one number that is nearest to T targets. With K = 2 Keras finds no axis of length 1 to
# take off. There N meets T as in NumPy, and different sizes protect you. A batch of N = T ships does not:

# %%
for name, target, output in [("frame with a film's target, K = 1", (N, T, 1), (N, 1)),
                             ("film with a frame's target, K = 1", (N, 1), (N, T, 1)),
                             ("film with a frame's target, K = 2", (N, 2), (N, T, 2)),
                             ("film with a frame's target, K = 2, N = T", (T, 2), (T, T, 2))]:
    try:
        print(name, "→ a loss of shape", tuple(each(np.ones(target), np.ones(output)).shape))
    except Exception as error:
        print(name, "→", type(error).__name__)

# %% [markdown]
# In the last line each ship's target trained **time step** n of all ships. So compare the shapes yourself, before you
# call `fit`. One line is enough:

# %%
for name, Y in {"Y_film": Y_film, "Y_frame": Y_frame}.items():
    print(name, Y.shape[1:], "against", fitting.output_shape[1:], "fits:", Y.shape[1:] == fitting.output_shape[1:])

# %% [markdown]
# ## What to take home
#
# - `return_sequences=True` keeps the film (N, T, M); without it the last frame `H[:, -1]` is left, (N, M).
# - A loop over t collects (T, N, M). Move the axes; do not reshape.
# - Dense works on the last axis: (N, T, M) gives (N, T, K), with one `Wo` of (M, K) for all frames.
# - softmax sums over K. Each row adds up to 1.
# - K = 2 is a regression or a classification; the activation and the loss say which.
# - A target has the shape of its output. Keras may not tell you when it has not.
#
# Your turn: the assignment `release/02_every_step/every_step.ipynb` has other sizes, and its checks change all of them.
