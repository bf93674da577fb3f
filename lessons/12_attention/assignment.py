# ---
# title: Attention, the assignment
# points: 12
# ---

# %% [markdown]
# # Attention: your turn
#
# In the lecture every day looked at the days before it. Here you write all of it: the weights, the masks, the heads, and
# then Keras' `MultiHeadAttention` from its own eight arrays, with two sequences of different lengths.
#
# | task | points |
# |---|---|
# | 1. Predict the shapes | 2 |
# | 2. `weights_of`: who looks at whom | 2 |
# | 3. `masked`: what may not be seen | 3 |
# | 4. `heads_of`: one projection into heads | 2 |
# | 5. `attention_by_hand`: all of it | 3 |
#
# That makes 12 points. Under each answer there is a check. It tells you what came out, what was expected and what to try;
# in task 1 it keeps the right shapes to itself. Run it as often as you like. Your functions are graded on sizes, weights
# and data that you have not seen. They may not change the arrays that they are handed. Use NumPy only in them. A function
# agrees with Keras when none of its numbers is more than **0.00001** (that is `rnnshapes.TOLERANCE`) away.
#
# `rnnshapes.keep_attempts()` in a new cell below lets this notebook keep what your checks say, try by try. Your instructor
# sees it when you hand in: no code, and no points depend on it. It is off unless you run it.

# %% readonly="setup"
import numpy as np
import rnnshapes

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(12)

N, T, D = 7, 9, 11  # samples, steps of X, numbers of a step
S = 13              # steps of C, the sequence that is looked at
H, M = 3, 5         # heads, numbers of a head
X = np.random.randn(N, T, D).astype("float32")
C = np.random.randn(N, S, D).astype("float32")
print("X", X.shape, "= (N, T, D)   C", C.shape, "= (N, S, D)   H =", H, "  M =", M)

# %% [markdown]
# ## 1. Predict the shapes
#
# Nothing of the following has run yet. The steps of `X` ask, and the steps of `C` are looked at:
#
# ```python
# layer = MultiHeadAttention(num_heads=H, key_dim=M)
# Y, weights = layer(X, C, return_attention_scores=True)
# Wq, bq, Wk, bk, Wv, bv, Wo, bo = layer.get_weights()
# ```
#
# `q` are the queries of all heads, `k` their keys, and `head` is what each head takes from the values. In these three the
# axis of the heads stands where it stands in `weights`.
#
# Type a tuple in place of each `...`, in numbers or in letters: `(8, 9)` or `(A, B)`. One axis is written `(8,)`.

# %% answer="predicted"
predicted = {
    #| "Wq": ...,       # from a step of X to its queries
    #| "bk": ...,       # the keys' bias
    #| "Wo": ...,       # from what the heads found to a row of Y
    #| "bo": ...,       # its bias
    #| "q": ...,
    #| "k": ...,
    #| "weights": ...,
    #| "head": ...,
    #| "Y": ...,
    ### BEGIN SOLUTION
    "Wq": (D, H, M),
    "bk": (H, M),
    "Wo": (H, M, D),
    "bo": (D,),
    "q": (N, H, T, M),
    "k": (N, H, S, M),
    "weights": (N, H, T, S),
    "head": (N, H, T, M),
    "Y": (N, T, D),
    ### END SOLUTION
}

# %% readonly="check_predicted"
rnnshapes.check_answer("12/predicted", predicted)

# %% test="predicted" part="weights" points=1
# The shapes of Keras' arrays are typed as tuples, and are the real ones.
weights_part = ["Wq", "bk", "Wo", "bo"]
for name in weights_part:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/predicted", predicted, part="weights")
### END HIDDEN TESTS

# %% test="predicted" part="steps" points=1
# The shapes of what is made with them are typed as tuples, and are the real ones.
steps_part = ["q", "k", "weights", "head", "Y"]
for name in steps_part:
    assert isinstance(predicted[name], tuple | list), f"Type a tuple for {name}, such as (8, 9)"
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/predicted", predicted, part="steps")
### END HIDDEN TESTS

# %% [markdown]
# **Explain:** which of the nine would change if `C` became twice as long? Say why the arrays of Keras do not.

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 2. Who looks at whom
#
# One head. Each query meets each key of its sample in a dot product, which is divided by √M. Then every query shares out a
# weight of 1 over all keys:
#
# $$e_{n,t,s} = \frac{1}{\sqrt{M}} \sum_m q_{n,t,m}\, k_{n,s,m} \qquad\qquad w_{n,t,s} = \frac{\exp(e_{n,t,s})}{\sum_{s'} \exp(e_{n,t,s'})}$$
#
# The function, and all below, gets arrays of other sizes. Read the sizes off the arguments.

# %% answer="weights_of"
def weights_of(q, k):
    """Return how much each step of q looks at each step of k.

    q (N, T, M), k (N, S, M) → (N, T, S), where each row adds up to 1
    """
    ### BEGIN SOLUTION
    e = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])      # (N, T, M)(N, M, S) → (N, T, S), the samples stay in front
    powers = np.exp(e - e.max(axis=-1, keepdims=True))   # the largest is 1: no overflow
    return powers / powers.sum(axis=-1, keepdims=True)   # over the keys, for each query by itself
    ### END SOLUTION

# %% readonly="check_weights_of"
rnnshapes.check_answer("12/weights_of", weights_of)

# %% test="weights_of" points=2
# The weights are the attention scores that Keras returns.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/weights_of", weights_of)
### END HIDDEN TESTS
q, k = np.random.randn(N, T, M), np.random.randn(N, S, M)
w = np.asarray(weights_of(q, k))
assert w.shape == (N, T, S), f"Got the shape {w.shape}, expected (N, T, S) = {(N, T, S)}"
assert np.allclose(w.sum(axis=2), 1), "The weights of a query do not add up to 1 over the keys"

# %% [markdown]
# ## 3. What may not be seen
#
# Here a sequence looks at itself, so the square of scores has T rows and T columns. Step t may look at step s only if s is
# **not later** than t, and only if step s is **real**: `real[n, s]` is True. (It is False for padding, and for a day
# without notes, also in the middle. Step 0 is always real.) A hidden step has the weight 0, and the others share 1.
#
# $$w_{n,t,s} = \frac{\exp(\text{scores}_{n,t,s})}{\sum_{s' \text{ allowed}} \exp(\text{scores}_{n,t,s'})} \text{ where } s \text{ is allowed,} \qquad 0 \text{ elsewhere}$$
#
# The scores are scaled already. A step that is not real looks at others like any other step: nobody will read its row.

# %% answer="masked"
def masked(scores, real):
    """Return the weights, with nothing for later steps and for steps that are not real.

    scores (N, T, T), real (N, T) of True and False → (N, T, T), where each row adds up to 1
    """
    ### BEGIN SOLUTION
    T = scores.shape[1]
    causal = np.tri(T, dtype=bool)             # (T, T): row t has True up to column t
    allowed = causal & real[:, None, :]        # (N, 1, T): for every t, `real` speaks of the column s
    e = np.where(allowed, scores, -np.inf)     # before the softmax: hidden steps get no share
    powers = np.exp(e - e.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    ### END SOLUTION

# %% readonly="check_masked"
rnnshapes.check_answer("12/masked", masked)

# %% test="masked" points=3
# The weights are those of Keras' Softmax, the layer inside MultiHeadAttention, with the same mask.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/masked", masked)
### END HIDDEN TESTS
real = np.ones((N, T), dtype=bool)
real[:, 2] = real[:, -1] = False
w = np.asarray(masked(np.random.randn(N, T, T), real))
assert w.shape == (N, T, T), f"Got the shape {w.shape}, expected (N, T, T) = {(N, T, T)}"
assert np.allclose(w.sum(axis=2), 1), "The weights of a step do not add up to 1"
assert np.all(w[:, 0, 1:] == 0), "Step t = 0 looks at later steps"
assert np.all(w[:, :, 2] == 0), "Step s = 2 is not real, and is looked at"

# %% [markdown]
# **Explain:** somebody computes the softmax first and then writes zeros where nothing may be seen. The future has no weight
# in that answer. In which way does it show all the same?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## 4. One projection into heads
#
# Keras keeps the weight of a projection as (D, H, M), with a bias of (H, M). Each head has its own D×M table in it. Every step
# of X goes through every head:
#
# $$q_{n,h,t,m} = \sum_d X_{n,t,d}\, W_{d,h,m} + b_{h,m}$$
#
# Mind the order of the axes in the answer, and what has to be turned round for it.

# %% answer="heads_of"
def heads_of(X, W, b):
    """Return what each head makes of each step.

    X (N, T, D), W (D, H, M), b (H, M) → (N, H, T, M)
    """
    ### BEGIN SOLUTION
    Z = np.tensordot(X, W, axes=1) + b  # (N, T, D)(D, H, M) → (N, T, H, M): b fits at its end
    return Z.swapaxes(1, 2)             # the steps and the heads trade places; a reshape would cut across them
    ### END SOLUTION

# %% readonly="check_heads_of"
rnnshapes.check_answer("12/heads_of", heads_of)

# %% test="heads_of" points=2
# Each head's numbers are those of the projection inside MultiHeadAttention.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/heads_of", heads_of)
### END HIDDEN TESTS
W, b = np.random.randn(D, H, M), np.random.randn(H, M)
heads = np.asarray(heads_of(X, W, b))
assert heads.shape == (N, H, T, M), f"Got the shape {heads.shape}, expected (N, H, T, M) = {(N, H, T, M)}"
one = X[2] @ W[:, 1] + b[1]  # sample 2, head 1: (T, D)(D, M) + (M,)
assert np.allclose(heads[2, 1], one, atol=rnnshapes.TOLERANCE), "The numbers of head 1 are not X @ W[:, 1] + b[1]"

# %% [markdown]
# ## 5. Attention by hand
#
# Now all of it. The queries come from X; the keys and the values from C, which has another number of steps. Each head has
# weights of its own and takes their mixture of the values. Then all heads together make one row of D numbers for each step:
#
# $$\text{head}_{n,h,t,m} = \sum_s w_{n,h,t,s}\, v_{n,h,s,m} \qquad\qquad Y_{n,t,d} = \sum_h \sum_m \text{head}_{n,h,t,m}\, W^o_{h,m,d} + b^o_d$$
#
# Nothing is masked here. You may call your own functions from above.

# %% answer="attention_by_hand"
def attention_by_hand(X, C, Wq, bq, Wk, bk, Wv, bv, Wo, bo):
    """Return what MultiHeadAttention gives for queries from X, and keys and values from C.

    X (N, T, D), C (N, S, D); Wq, Wk, Wv (D, H, M); bq, bk, bv (H, M); Wo (H, M, D); bo (D,) → (N, T, D)
    """
    ### BEGIN SOLUTION
    q, k, v = (np.einsum("ntd,dhm->nhtm", Z, W) + b[:, None] for Z, W, b in ((X, Wq, bq), (C, Wk, bk), (C, Wv, bv)))
    e = q @ k.swapaxes(2, 3) / np.sqrt(Wq.shape[2])  # (N, H, T, S); M is the size of one head
    powers = np.exp(e - e.max(axis=-1, keepdims=True))
    w = powers / powers.sum(axis=-1, keepdims=True)
    head = w @ v                                     # (N, H, T, S)(N, H, S, M) → (N, H, T, M)
    return np.einsum("nhtm,hmd->ntd", head, Wo) + bo  # sums over the heads and their numbers
    ### END SOLUTION

# %% readonly="check_attention_by_hand"
rnnshapes.check_answer("12/attention_by_hand", attention_by_hand)

# %% test="attention_by_hand" points=3
# Y is that of Keras, from its own arrays: where X looks at C, and where X looks at itself.
### BEGIN HIDDEN TESTS
rnnshapes.assert_answer("12/attention_by_hand", attention_by_hand)
### END HIDDEN TESTS
layer = keras.layers.MultiHeadAttention(num_heads=H, key_dim=M)
for looked_at in (C, X):
    by_keras = np.asarray(layer(X, looked_at))
    Y = np.asarray(attention_by_hand(X, looked_at, *layer.get_weights()))
    assert Y.shape == by_keras.shape, f"Got the shape {Y.shape}, expected (N, T, D) = {by_keras.shape}"
    difference = np.abs(Y - by_keras).max()
    assert difference <= rnnshapes.TOLERANCE, f"A number is {difference:.2g} away from Keras"

# %% [markdown]
# ## Before you submit
#
# Restart the kernel and run all cells (Kernel → Restart Kernel and Run All Cells): what you see then is what is graded. A ✓
# means that the answer is right. Task 1 gives its points in parts.
