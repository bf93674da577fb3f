# ---
# title: Backpropagation through time
# idea: the gradient of a loss, walked back step by step to every weight
# ---

# %% [markdown]
# # Placeholder
