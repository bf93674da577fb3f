# ---
# name: Ulrike P.
# note: handed in the untouched stub
# ---
