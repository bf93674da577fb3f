# ---
# title: Attention
# idea: "the loop becomes a square: weights, masks, heads, two sequences"
# ---

# %% [markdown]
# # Attention: the loop becomes a square
