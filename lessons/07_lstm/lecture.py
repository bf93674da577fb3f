# ---
# title: "LSTM"
# idea: the mean over time
# ---

# %% [markdown]
# # LSTM
#
# Four ships sent seven states each. Which single row of five numbers tells most about a ship's whole voyage?

# %%
import numpy as np

N, T, M = 4, 7, 5
H = np.random.default_rng(0).standard_normal((N, T, M))
H.shape

# %% [markdown]
# **Predict:** a mean over the time steps takes one axis away. Which shape is left? Type it, then run the next cell.

# %%
my_guess = None  # type yours


# %%
H.mean(axis=1).shape  # (N, M)
