# %% [markdown]
# Answers to assignment 04, written the way students write them, independent of the catalogue in `rnnshapes`.
