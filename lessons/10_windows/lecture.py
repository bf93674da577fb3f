# ---
# title: Windows
# idea: "windows that slide along a real series, their targets, and a forecast"
# ---

# %% [markdown]
# # Windows
#
# Stub.
