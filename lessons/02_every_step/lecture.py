# ---
# title: Every step
# ---

# %% [markdown]
# # Every step: keep the film or the last frame
