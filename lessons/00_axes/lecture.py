# ---
# title: Axes
# ---

# %% [markdown]
# # Axes
