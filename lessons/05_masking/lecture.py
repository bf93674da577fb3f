# ---
# title: "Masking"
# ---

# %% [markdown]
# # Masking
#
# What this lesson is about, in one sentence.

# %%
import numpy as np

N, T, D = 4, 7, 3
X = np.random.default_rng(0).standard_normal((N, T, D))
X.shape

# %% [markdown]
# The last time step of every sample is `X[:, -1, :]`. Which shape does it have?
# Predict it, then run the cell.

# %%
X[:, -1, :].shape  # (N, D)
