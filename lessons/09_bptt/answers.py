# %% [markdown]
# Answers to assignment 09, written the way students write them, independent of the catalogue in `rnnshapes`.
# One answer per cell. The key says what the cell is: `right`, `wrong`, or `cheats` (right numbers, but not by hand).
# A cell with two mistakes joins their keys with `+`.

# %% answer="predicted" right="numbers"
predicted = {
    "loss": (), "dYhat": (4, 2), "dWo": (6, 2), "dz": (4, 6), "dH": (4, 13, 6),
    "dWx": (3, 6), "dWh": (6, 6), "dbh": (6,), "dh0": (4, 6), "dX": (4, 13, 3),
}

# %% answer="predicted" right="lists"
predicted = dict(loss=[], dYhat=[N, K], dWo=[M, K], dz=[N, M], dH=[N, T, M],
                 dWx=[D, M], dWh=[M, M], dbh=[M], dh0=[N, M], dX=[N, T, D])

# %% answer="predicted" wrong="one_gradient_for_each"
predicted = {
    "loss": (),
    "dYhat": (N, K),
    "dWo": (N, M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (N, D, M),
    "dWh": (N, M, M),
    "dbh": (N, M),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="one_gradient_for_each"
predicted = {
    "loss": (),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (T, D, M),
    "dWh": (T, M, M),
    "dbh": (T, M),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="one_gradient_for_each"
predicted = {
    "loss": (),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (N, T, D, M),
    "dWh": (N, T, M, M),
    "dbh": (N, T, M),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="gradient_turned_round"
predicted = {
    "loss": (),
    "dYhat": (N, K),
    "dWo": (K, M),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (M, D),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="gradient_of_the_last_alone"
predicted = {
    "loss": (),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, D),
}

# %% answer="predicted" wrong="one_gradient_for_each"
predicted = {
    "loss": (N,),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="one_gradient_for_each"
predicted = {
    "loss": (N, K),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, T, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="predicted" wrong="batch_axis_forgotten"
predicted = {
    "loss": (),
    "dYhat": (K,),
    "dWo": (M, K),
    "dz": (M,),
    "dH": (T, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (M,),
    "dX": (T, D),
}

# %% answer="predicted" wrong="one_gradient_for_each+gradient_of_the_last_alone"
predicted = {
    "loss": (1,),
    "dYhat": (N, K),
    "dWo": (M, K),
    "dz": (N, M),
    "dH": (N, M),
    "dWx": (D, M),
    "dWh": (M, M),
    "dbh": (M,),
    "dh0": (N, M),
    "dX": (N, T, D),
}

# %% answer="step_back" right="one line"
def step_back(dh, h, Wh):
    return (dh * (1 - h**2)) @ Wh.T

# %% answer="step_back" right="einsum"
def step_back(dh, h, Wh):
    slope = 1 - np.square(h)
    return np.einsum('nm,jm->nj', dh * slope, Wh)

# %% answer="step_back" right="sample by sample"
def step_back(dh, h, Wh):
    out = np.empty_like(dh)
    for n in range(dh.shape[0]):
        dz = dh[n] * (1.0 - h[n] * h[n])
        out[n] = Wh @ dz
    return out

# %% answer="step_back" right="the Jacobian"
def step_back(dh, h, Wh):
    rows = []
    for n in range(len(h)):
        J = Wh * (1 - h[n] ** 2)   # J[i, j] = dh_j / dh_last_i
        rows.append(J @ dh[n])
    return np.array(rows)

# %% answer="step_back" right="cosh"
def step_back(dh, h, Wh):
    z = np.arctanh(h)
    return (dh / np.cosh(z) ** 2).dot(np.transpose(Wh))

# %% answer="step_back" wrong="slope_forgotten"
def step_back(dh, h, Wh):
    return dh @ Wh.T

# %% answer="step_back" wrong="slope_of_h"
def step_back(dh, h, Wh):
    dz = dh * (1 - np.tanh(h)**2)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * (1 - h)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * h * (1 - h)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * h**2
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * (1 + h**2)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * (1 - h)**2
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * np.tanh(h)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * (h > 0)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * (h**2 - 1)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_twice"
def step_back(dh, h, Wh):
    dz = dh * (1 - h**2)
    dz = dz * (1 - h**2)
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_after_wh"
def step_back(dh, h, Wh):
    return (dh @ Wh.T) * (1 - h**2)

# %% answer="step_back" wrong="wh_as_forward"
def step_back(dh, h, Wh):
    return (dh * (1 - h**2)) @ Wh

# %% answer="step_back" wrong="wh_as_forward"
def step_back(dh, h, Wh):
    dz = dh * (1 - h * h)
    return np.stack([Wh.T @ dz[n] for n in range(len(dz))])

# %% answer="step_back" wrong="wh_left_out"
def step_back(dh, h, Wh):
    return dh * (1 - h**2)

# %% answer="step_back" wrong="slope_forgotten+wh_as_forward"
def step_back(dh, h, Wh):
    return dh @ Wh

# %% answer="step_back" wrong="slope_of_h+wh_as_forward"
def step_back(dh, h, Wh):
    return (dh * (1 - np.tanh(h) ** 2)) @ Wh

# %% answer="step_back" wrong="matrix_product"
def step_back(dh, h, Wh):
    dz = dh @ (1 - h**2)
    return dz @ Wh.T

# %% answer="step_back" wrong="weights_on_the_left"
def step_back(dh, h, Wh):
    dz = dh * (1 - h**2)
    return Wh @ dz

# %% answer="step_back" wrong="axes_swapped"
def step_back(dh, h, Wh):
    dz = dh * (1 - h**2)
    return Wh @ dz.T

# %% answer="step_back" wrong="right_but_for_a_factor"
def step_back(dh, h, Wh):
    dz = dh * (1 - h**2)
    return dz @ Wh.T / len(dh)

# %% answer="step_back" wrong="returns_nothing"
def step_back(dh, h, Wh):
    dz = dh * (1 - h**2)
    dh_last = dz @ Wh.T

# %% answer="step_back" cheats="tape"
def step_back(dh, h, Wh):
    import tensorflow as tf
    before = tf.constant(np.zeros_like(h), dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(before)
        z = tf.constant(np.arctanh(h), dtype=tf.float32) + before @ tf.constant(Wh, dtype=tf.float32)
        loss = tf.reduce_sum(tf.tanh(z) * tf.constant(dh, dtype=tf.float32))
    return tape.gradient(loss, before).numpy()

# %% answer="from_last" right="plain loop"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" right="list, turned round"
def from_last(dYhat, Wo, H, Wh):
    dh = dYhat @ Wo.T
    out = []
    for t in range(H.shape[1])[::-1]:
        dz = dh * (1 - H[:, t] ** 2)
        out.append(dz)
        dh = dz @ Wh.T
    return np.stack(out[::-1], axis=1)

# %% answer="from_last" right="insert at the front"
def from_last(dYhat, Wo, H, Wh):
    T = H.shape[1]
    rows = [(dYhat @ Wo.T) * (1 - H[:, -1] ** 2)]
    for t in range(T - 2, -1, -1):
        rows.insert(0, (rows[0] @ Wh.T) * (1 - H[:, t] ** 2))
    return np.array(rows).swapaxes(0, 1)

# %% answer="from_last" right="sample by sample"
def from_last(dYhat, Wo, H, Wh):
    N, T, M = H.shape
    dZ = np.zeros((N, T, M))
    for n in range(N):
        dh = Wo @ dYhat[n]
        for t in reversed(range(T)):
            dZ[n, t] = dh * (1 - H[n, t] * H[n, t])
            dh = Wh @ dZ[n, t]
    return dZ

# %% answer="from_last" right="einsum"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros(H.shape)
    dZ[:, -1] = np.einsum("nk,mk->nm", dYhat, Wo) * (1 - H[:, -1] ** 2)
    t = H.shape[1] - 1
    while t > 0:
        t -= 1
        dZ[:, t] = np.einsum("nm,jm->nj", dZ[:, t + 1], Wh) * (1 - H[:, t] ** 2)
    return dZ

# %% answer="from_last" wrong="slope_forgotten"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = dh
        dh = dh @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_h"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - np.tanh(H[:, t])**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_curve"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t])
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_curve"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * H[:, t] * (1 - H[:, t])
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_curve"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * H[:, t]**2
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t-1]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, -1]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_of_another_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    h = np.concatenate([np.zeros_like(H[:, :1]), H], axis=1)
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = dh * (1 - h[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_twice"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = (dz * (1 - H[:, t]**2)) @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_twice"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2) * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_at_one_place"
def from_last(dYhat, Wo, H, Wh):
    T = H.shape[1]
    dZ = np.zeros_like(H)
    dZ[:, T - 1] = dYhat @ Wo.T
    for t in range(T - 2, -1, -1):
        dZ[:, t] = (dZ[:, t + 1] @ Wh.T) * (1 - H[:, t] ** 2)
    return dZ

# %% answer="from_last" wrong="slope_at_one_place"
def from_last(dYhat, Wo, H, Wh):
    T = H.shape[1]
    dZ = np.zeros_like(H)
    dZ[:, T - 1] = (dYhat @ Wo.T) * (1 - H[:, T - 1] ** 2)
    for t in range(T - 2, -1, -1):
        dZ[:, t] = dZ[:, t + 1] @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_not_handed_on"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dh @ Wh.T
    return dZ

# %% answer="from_last" wrong="wh_as_forward"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh
    return dZ

# %% answer="from_last" wrong="wh_left_out"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz
    return dZ

# %% answer="from_last" wrong="head_passed_over"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="head_passed_over"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="head_passed_over"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wh.T
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = dh * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    return dZ

# %% answer="from_last" wrong="head_at_every_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wo.T
    return dZ

# %% answer="from_last" wrong="no_way_back"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dZ[:, -1] = (dYhat @ Wo.T) * (1 - H[:, -1] ** 2)
    return dZ

# %% answer="from_last" wrong="arrives_at_every_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    back = 0
    for t in reversed(range(H.shape[1])):
        dh = dYhat @ Wo.T + back
        dZ[:, t] = dh * (1 - H[:, t] ** 2)
        back = dZ[:, t] @ Wh.T
    return dZ

# %% answer="from_last" wrong="arrives_at_every_step"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = (dYhat @ Wo.T) * (1 - H[:, t] ** 2)
    return dZ

# %% answer="from_last" wrong="loop_forwards"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1]):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="rows_in_order_of_work"
def from_last(dYhat, Wo, H, Wh):
    dh = dYhat @ Wo.T
    out = []
    for t in reversed(range(H.shape[1])):
        dz = dh * (1 - H[:, t] ** 2)
        out.append(dz)
        dh = dz @ Wh.T
    return np.stack(out, axis=1)

# %% answer="from_last" wrong="last_turn_twice"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dh + dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="dh_for_dz"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, -1, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dh
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="axes_swapped"
def from_last(dYhat, Wo, H, Wh):
    dh = dYhat @ Wo.T
    out = []
    for t in reversed(range(H.shape[1])):
        dz = dh * (1 - H[:, t] ** 2)
        out.append(dz)
        dh = dz @ Wh.T
    return np.array(out[::-1])

# %% answer="from_last" wrong="first_turn_missing"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in range(H.shape[1] - 1, 0, -1):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="nothing_collected"
def from_last(dYhat, Wo, H, Wh):
    dh = dYhat @ Wo.T
    out = []
    for t in range(H.shape[1], 0):
        dz = dh * (1 - H[:, t] ** 2)
        out.append(dz)
        dh = dz @ Wh.T
    return np.stack(out[::-1], axis=1)

# %% answer="from_last" wrong="T_hard_coded"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in reversed(range(T)):
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        dh = dz @ Wh.T
    return dZ

# %% answer="from_last" wrong="slope_forgotten+wh_as_forward"
def from_last(dYhat, Wo, H, Wh):
    dZ = np.zeros_like(H)
    dh = dYhat @ Wo.T
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = dh
        dh = dh @ Wh
    return dZ

# %% answer="from_last" cheats="tape"
def from_last(dYhat, Wo, H, Wh):
    import tensorflow as tf
    H_, Wh_ = tf.constant(H, tf.float32), tf.constant(Wh, tf.float32)
    N, T, M = H.shape
    dz = tf.zeros((N, T, M))
    Z = tf.constant(np.arctanh(np.clip(H, -0.9999999, 0.9999999)), tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(dz)
        h = H_[:, 0] * 0
        for t in range(T):
            rest = Z[:, t] - (H_[:, t - 1] @ Wh_ if t else 0)
            h = tf.tanh(rest + (h @ Wh_ if t else 0) + dz[:, t])
        loss = tf.reduce_sum((h @ tf.constant(Wo, tf.float32)) * tf.constant(dYhat, tf.float32))
    return tape.gradient(loss, dz).numpy()

# %% answer="bptt" right="accumulating"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" right="collect, then one einsum"
def bptt(X, H, h0, Wh, dH):
    T = X.shape[1]
    dZ = np.zeros_like(H)
    dh = 0
    for t in reversed(range(T)):
        dZ[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    dWx = np.einsum("ntd,ntm->dm", X, dZ)
    dWh = np.einsum("ntj,ntm->jm", before, dZ)
    return [dWx, dWh, dZ.sum(axis=(0, 1)), dh]

# %% answer="bptt" right="flattened rows"
def bptt(X, H, h0, Wh, dH):
    N, T, D = X.shape
    M = len(Wh)
    states = np.concatenate([h0[:, None], H], axis=1)
    dZ, dh = np.zeros((N, T, M)), np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        dh = dh + dH[:, t]
        dZ[:, t] = dh * (1 - states[:, t + 1] ** 2)
        dh = dZ[:, t].dot(Wh.T)
    flat = dZ.reshape(N * T, M)
    return X.reshape(N * T, D).T @ flat, states[:, :-1].reshape(N * T, M).T @ flat, flat.sum(0), dh

# %% answer="bptt" right="a dict"
def bptt(X, H, h0, Wh, dH):
    grads = {"dWx": 0, "dWh": 0, "dbh": 0}
    dh = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dz = (dh + dH[:, t]) * (1 - H[:, t] ** 2)
        grads["dWx"] += X[:, t].T @ dz
        grads["dWh"] += (h0 if t == 0 else H[:, t - 1]).T @ dz
        grads["dbh"] += dz.sum(axis=0)
        dh = dz @ Wh.T
    grads["dh0"] = dh
    return grads

# %% answer="bptt" right="sample by sample"
def bptt(X, H, h0, Wh, dH):
    N, T, D = X.shape
    M = h0.shape[1]
    dWx, dWh, dbh, dh0 = np.zeros((D, M)), np.zeros((M, M)), np.zeros(M), np.zeros((N, M))
    for n in range(N):
        back = np.zeros(M)
        for t in reversed(range(T)):
            dz = (dH[n, t] + back) * (1 - H[n, t] ** 2)
            prev = H[n, t - 1] if t else h0[n]
            dWx += np.outer(X[n, t], dz)
            dWh += np.outer(prev, dz)
            dbh += dz
            back = Wh @ dz
        dh0[n] = back
    return dWx, dWh, dbh, dh0

# %% answer="bptt" wrong="slope_forgotten"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_h"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - np.tanh(H[:, t])**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_curve"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t])
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_curve"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * H[:, t] * (1 - H[:, t])
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_curve"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * H[:, t]**2
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_curve"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - 2 * H[:, t])
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_step"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t-1]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_step"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        h_prev = H[:, t-1] if t > 0 else h0
        dz = dh * (1 - h_prev**2)
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_of_another_step"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, -1]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_twice"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = (dz * (1 - H[:, t]**2)) @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_at_one_place"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dH[:, t] * (1 - H[:, t]**2) + dh_next
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_at_one_place"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dH[:, t] + dh_next * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_not_handed_on"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dh @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="wh_as_forward"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="wh_left_out"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="no_way_back"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t]
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="arrives_at_one_step"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = dH[:, -1]
    for t in reversed(range(X.shape[1])):
        dh = dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="loop_forwards"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in range(X.shape[1]):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="last_turn_twice"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dh_next + dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="last_turn_twice"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dh + dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="own_state_for_last"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += H[:, t].T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="h0_left_out"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else np.zeros_like(h0)
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="h0_left_out"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1]
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="h0_left_out"
def bptt(X, H, h0, Wh, dH):
    dZ = np.zeros_like(H)
    dh = 0
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    dWx = np.einsum("ntd,ntm->dm", X, dZ)
    dWh = np.einsum("ntj,ntm->jm", H[:, :-1], dZ[:, 1:])
    return dWx, dWh, dZ.sum((0, 1)), dh

# %% answer="bptt" wrong="mean_for_sum"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx / len(X), dWh / len(X), dbh / len(X), dh_next

# %% answer="bptt" wrong="mean_for_sum"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx / X.shape[1], dWh / X.shape[1], dbh / X.shape[1], dh_next

# %% answer="bptt" wrong="mean_for_sum"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.mean(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="overwritten"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx = X[:, t].T @ dz
        dWh = h_prev.T @ dz
        dbh = dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="overwritten"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh = dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="last_term_missing"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in range(X.shape[1] - 1, 0, -1):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="last_term_missing"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1] - 1)):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="bias_not_summed"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros_like(h0)
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="bias_not_summed"
def bptt(X, H, h0, Wh, dH):
    dZ = np.zeros_like(H)
    dh = 0
    for t in reversed(range(H.shape[1])):
        dZ[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dZ[:, t] @ Wh.T
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    return np.einsum("ntd,ntm->dm", X, dZ), np.einsum("ntj,ntm->jm", before, dZ), dZ.sum(axis=0), dh

# %% answer="bptt" wrong="dh_for_dz"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dh
        dWh += h_prev.T @ dh
        dbh += dh.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="dh_for_dz"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dh.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="h0_too_soon"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dz

# %% answer="bptt" wrong="h0_too_soon"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh

# %% answer="bptt" wrong="wrong_type"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh

# %% answer="bptt" wrong="slope_forgotten+wh_as_forward"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="slope_forgotten+no_way_back"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dH[:, t]
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx, dWh, dbh, dh_next

# %% answer="bptt" wrong="axes_swapped"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    return dWx.T, dWh, dbh, dh_next

# %% answer="bptt" wrong="returns_nothing"
def bptt(X, H, h0, Wh, dH):
    dWx = np.zeros((X.shape[2], Wh.shape[0]))
    dWh = np.zeros_like(Wh)
    dbh = np.zeros(len(Wh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        dh = dH[:, t] + dh_next
        dz = dh * (1 - H[:, t]**2)
        h_prev = H[:, t-1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += h_prev.T @ dz
        dbh += dz.sum(axis=0)
        dh_next = dz @ Wh.T
    print(dWx.shape)

# %% answer="bptt" wrong="argument_changed"
def bptt(X, H, h0, Wh, dH):
    dWx, dWh, dbh = 0, 0, 0
    T = X.shape[1]
    for t in reversed(range(T)):
        dz = dH[:, t] * (1 - H[:, t] ** 2)
        before = H[:, t - 1] if t else h0
        dWx, dWh, dbh = dWx + X[:, t].T @ dz, dWh + before.T @ dz, dbh + dz.sum(0)
        if t:
            dH[:, t - 1] += dz @ Wh.T
    return dWx, dWh, dbh, dz @ Wh.T

# %% answer="bptt" cheats="tape"
def bptt(X, H, h0, Wh, dH):
    import tensorflow as tf
    states = tf.constant(np.concatenate([h0[:, None], H], axis=1), tf.float32)
    W = tf.constant(Wh, tf.float32)
    Z = tf.constant(np.arctanh(H), tf.float32)
    T = X.shape[1]
    dz = tf.zeros(H.shape)
    start = states[:, 0]
    with tf.GradientTape() as tape:
        tape.watch([dz, start])
        h, loss = start, 0.0
        for t in range(T):
            h = tf.tanh(Z[:, t] - states[:, t] @ W + h @ W + dz[:, t])
            loss += tf.reduce_sum(h * tf.constant(dH[:, t], tf.float32))
    dZ, dh0 = tape.gradient(loss, [dz, start])
    dZ = dZ.numpy()
    before = states.numpy()[:, :-1]
    return np.einsum("ntd,ntm->dm", X, dZ), np.einsum("ntj,ntm->jm", before, dZ), dZ.sum((0, 1)), dh0.numpy()

# %% answer="clipped" right="if"
def clipped(dWx, dWh, dbh, most):
    total = np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2)
    norm = np.sqrt(total)
    if norm <= most:
        return dWx, dWh, dbh
    return dWx * most / norm, dWh * most / norm, dbh * most / norm

# %% answer="clipped" right="norm of norms"
def clipped(dWx, dWh, dbh, most):
    grads = [dWx, dWh, dbh]
    norm = np.linalg.norm([np.linalg.norm(g) for g in grads])
    return [g / max(1, norm / most) for g in grads]

# %% answer="clipped" right="one long row"
def clipped(dWx, dWh, dbh, most):
    flat = np.concatenate([dWx.ravel(), dWh.ravel(), dbh])
    n = np.linalg.norm(flat)
    k = most / n if n > most else 1
    return tuple(k * g for g in (dWx, dWh, dbh))

# %% answer="clipped" right="plain loops"
def clipped(dWx, dWh, dbh, most):
    s = 0
    for g in (dWx, dWh, dbh):
        for number in g.flatten():
            s += number * number
    factor = min(most / s**0.5, 1.0)
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="each_by_its_own_norm"
def clipped(dWx, dWh, dbh, most):
    out = []
    for g in (dWx, dWh, dbh):
        norm = np.linalg.norm(g)
        out.append(g * most / norm if norm > most else g)
    return out

# %% answer="clipped" wrong="each_by_its_own_norm"
def clipped(dWx, dWh, dbh, most):
    return [g * most / np.linalg.norm(g) for g in (dWx, dWh, dbh)]

# %% answer="clipped" wrong="always_scaled"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2))
    return dWx * most / norm, dWh * most / norm, dbh * most / norm

# %% answer="clipped" wrong="never_scaled"
def clipped(dWx, dWh, dbh, most):
    return np.clip(dWx, -most, most), np.clip(dWh, -most, most), np.clip(dbh, -most, most)

# %% answer="clipped" wrong="never_scaled"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2))
    if norm > most:
        for g in (dWx, dWh, dbh):
            g = g * most / norm
    return dWx, dWh, dbh

# %% answer="clipped" wrong="another_norm"
def clipped(dWx, dWh, dbh, most):
    norm = np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2)
    factor = most / norm if norm > most else 1
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="another_norm"
def clipped(dWx, dWh, dbh, most):
    norm = np.linalg.norm(dWx) + np.linalg.norm(dWh) + np.linalg.norm(dbh)
    factor = most / norm if norm > most else 1
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="factor_turned_round"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2))
    factor = norm / most if norm > most else 1
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="factor_turned_round"
def clipped(dWx, dWh, dbh, most):
    factor = max(1, np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2)) / most)
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="wrong_type"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2))
    return min(1, most / norm) * dWx, min(1, most / norm) * dWh

# %% answer="clipped" wrong="returns_nothing"
def clipped(dWx, dWh, dbh, most):
    factor = min(1, most / np.sqrt(np.sum(dWx**2) + np.sum(dWh**2) + np.sum(dbh**2)))
    dWx *= factor
    dWh *= factor
    dbh *= factor

# %% answer="clipped" cheats="tensorflow"
def clipped(dWx, dWh, dbh, most):
    import tensorflow as tf
    grads, _ = tf.clip_by_global_norm([tf.constant(g) for g in (dWx, dWh, dbh)], most)
    return [g.numpy() for g in grads]

# %% answer="truncated" right="one loop"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" right="chunk by chunk"
def truncated(dH, H, Wh, size):
    N, T, M = H.shape
    dZ = np.zeros((N, T, M))
    for start in range(0, T, size):
        dh = np.zeros((N, M))
        for t in range(min(start + size, T) - 1, start - 1, -1):
            dh = dh + dH[:, t]
            dZ[:, t] = dh * (1 - H[:, t] ** 2)
            dh = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" right="slices joined"
def truncated(dH, H, Wh, size):
    def walk(dH, H):
        dh, rows = 0, []
        for t in range(H.shape[1])[::-1]:
            dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
            rows.append(dz)
            dh = dz @ Wh.T
        return np.stack(rows[::-1], axis=1)

    return np.concatenate([walk(dH[:, s:s + size], H[:, s:s + size]) for s in range(0, H.shape[1], size)], axis=1)

# %% answer="truncated" right="which chunk"
def truncated(dH, H, Wh, size):
    T = H.shape[1]
    dZ = np.zeros(H.shape)
    for t in reversed(range(T)):
        dh = dH[:, t].copy()
        if t + 1 < T and (t + 1) // size == t // size:
            dh += dZ[:, t + 1] @ Wh.T
        dZ[:, t] = dh * (1 - H[:, t] ** 2)
    return dZ

# %% answer="truncated" wrong="slope_forgotten"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_of_h"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - np.tanh(H[:, t])**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_of_another_curve"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t])
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_of_another_step"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t-1]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_twice"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)**2
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_at_one_place"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dH[:, t] + back * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="slope_not_handed_on"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dh @ Wh.T
    return dZ

# %% answer="truncated" wrong="wh_as_forward"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh
    return dZ

# %% answer="truncated" wrong="wh_left_out"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz
    return dZ

# %% answer="truncated" wrong="no_way_back"
def truncated(dH, H, Wh, size):
    return dH * (1 - H**2)

# %% answer="truncated" wrong="arrives_at_one_step"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    T = H.shape[1]
    for start in range(0, T, size):
        end = min(start + size, T)
        dh = dH[:, end - 1] if end % size == 0 or end == T else 0
        for t in reversed(range(start, end)):
            dZ[:, t] = dh * (1 - H[:, t] ** 2)
            dh = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" wrong="arrives_at_one_step"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = dH[:, -1]
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="loop_forwards"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in range(H.shape[1]):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="loop_forwards"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in range(H.shape[1]):
        if t % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="rows_in_order_of_work"
def truncated(dH, H, Wh, size):
    back, rows = 0, []
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = 0
        dz = (dH[:, t] + back) * (1 - H[:, t]**2)
        rows.append(dz)
        back = dz @ Wh.T
    return np.stack(rows, axis=1)

# %% answer="truncated" wrong="last_turn_twice"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dh + dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="dh_for_dz"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t + 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dh
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="border_beside"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if t % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="border_beside"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if (t - 1) % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="borders_from_the_end"
def truncated(dH, H, Wh, size):
    T = H.shape[1]
    dZ = np.zeros_like(H)
    for end in range(T, 0, -size):
        back = 0
        for t in range(end - 1, max(end - size, 0) - 1, -1):
            dZ[:, t] = (dH[:, t] + back) * (1 - H[:, t] ** 2)
            back = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" wrong="borders_from_the_end"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for i, t in enumerate(reversed(range(H.shape[1]))):
        if i % size == 0:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="gradient_not_cut"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if t == H.shape[1]:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="gradient_not_cut"
def truncated(dH, H, Wh, size):
    dZ, T = np.zeros_like(H), H.shape[1]
    back = 0
    for start in range((T - 1) // size * size, -1, -size):
        for t in reversed(range(start, min(T, start + size))):
            dZ[:, t] = (dH[:, t] + back) * (1 - H[:, t] ** 2)
            back = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" wrong="border_beside"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    back = np.zeros_like(H[:, 0])
    for t in reversed(range(H.shape[1])):
        if t == size - 1:
            back = np.zeros_like(back)
        dh = dH[:, t] + back
        dz = dh * (1 - H[:, t]**2)
        dZ[:, t] = dz
        back = dz @ Wh.T
    return dZ

# %% answer="truncated" wrong="short_chunk_left_out"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    for c in range(H.shape[1] // size):
        back = 0
        for t in reversed(range(c * size, (c + 1) * size)):
            dZ[:, t] = (dH[:, t] + back) * (1 - H[:, t] ** 2)
            back = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" wrong="chunk_past_the_end"
def truncated(dH, H, Wh, size):
    dZ = np.zeros_like(H)
    for start in range(0, H.shape[1], size):
        back = 0
        for t in reversed(range(start, start + size)):
            dZ[:, t] = (dH[:, t] + back) * (1 - H[:, t] ** 2)
            back = dZ[:, t] @ Wh.T
    return dZ

# %% answer="truncated" cheats="tape"
def truncated(dH, H, Wh, size):
    import tensorflow as tf
    N, T, M = H.shape
    Z, W = tf.constant(np.arctanh(H), tf.float32), tf.constant(Wh, tf.float32)
    dz = tf.zeros(H.shape)
    with tf.GradientTape() as tape:
        tape.watch(dz)
        h, loss = tf.zeros((N, M)), 0.0
        for t in range(T):
            before = tf.constant(H[:, t - 1], tf.float32) if t else h
            h = tf.stop_gradient(h) if t % size == 0 else h
            h = tf.tanh(Z[:, t] + (h - before) @ W + dz[:, t])
            loss += tf.reduce_sum(h * tf.constant(dH[:, t], tf.float32))
    return tape.gradient(loss, dz).numpy()

# %% answer="step_back" wrong="last_turn_twice"
def step_back(dh, h, Wh):
    dz = dh * (1 - h ** 2)
    dh = dh + dz @ Wh.T
    return dh

# %% answer="step_back" wrong="overwritten"
def step_back(dh, h, Wh):
    N, M = dh.shape
    dh_last = np.zeros((N, M))
    for n in range(N):
        for i in range(M):
            for m in range(M):
                dh_last[n, i] = dh[n, m] * (1 - h[n, m] ** 2) * Wh[i, m]
    return dh_last

# %% answer="step_back" wrong="inverse_for_transpose"
def step_back(dh, h, Wh):
    dz = dh * (1 - h * h)
    return dz @ np.linalg.inv(Wh)

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    dz = dh * 1 - h ** 2
    return dz @ Wh.T

# %% answer="step_back" wrong="slope_of_another_curve"
def step_back(dh, h, Wh):
    return (dh / (1 - h ** 2)) @ Wh.T

# %% answer="bptt" wrong="rows_in_order_of_work"
def bptt(X, H, h0, Wh, dH):
    T = X.shape[1]
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    dh, dzs = np.zeros_like(h0, dtype=float), []
    for t in range(T - 1, -1, -1):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dzs.append(dz)
        dh = dz @ Wh.T
    dZ = np.stack(dzs, axis=1)
    return np.einsum("ntd,ntm->dm", X, dZ), np.einsum("nti,ntm->im", before, dZ), dZ.sum(axis=(0, 1)), dh

# %% answer="bptt" wrong="another_in_its_place"
def bptt(X, H, h0, Wh, dH):
    dWx, dWh, dbh = 0, 0, 0
    dh = np.zeros(h0.shape)
    for t in reversed(range(X.shape[1])):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        h_before = H[:, t - 1] if t > 0 else h0
        dWh = dWh + h_before.T @ dz
        dWx = dWx + X[:, t].T @ dz
        dbh = dbh + dz.sum(0)
        dh = dz @ Wh.T
    return dWh, dWx, dbh, dh

# %% answer="bptt" wrong="bias_not_summed"
def bptt(X, H, h0, Wh, dH):
    dWx, dWh, dbh = 0, 0, np.zeros(h0.shape[1])
    dh = np.zeros(h0.shape)
    for t in reversed(range(X.shape[1])):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dWx = dWx + X[:, t].T @ dz
        dWh = dWh + (H[:, t - 1] if t else h0).T @ dz
        dbh += np.sum(dz)
        dh = dz @ Wh.T
    return dWx, dWh, dbh, dh

# %% answer="clipped" wrong="another_in_its_place"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt((dWx ** 2).sum() + (dWh ** 2).sum() + (dbh ** 2).sum())
    factor = min(1, most / norm)
    return dWh * factor, dWx * factor, dbh * factor

# %% answer="clipped" wrong="ragged_array"
def clipped(dWx, dWh, dbh, most):
    grads = np.array([dWx, dWh, dbh])
    norm = np.sqrt(np.sum(grads ** 2))
    return grads * min(1, most / norm)

# %% answer="clipped" wrong="truth_of_an_array"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(sum(dWx ** 2) + sum(dWh ** 2) + sum(dbh ** 2))
    if norm > most:
        return dWx * most / norm, dWh * most / norm, dbh * most / norm
    return dWx, dWh, dbh

# %% answer="clipped" wrong="never_scaled"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx ** 2) + np.sum(dWh ** 2) + np.sum(dbh ** 2))
    if norm < most:
        dWx, dWh, dbh = (one * most / norm for one in (dWx, dWh, dbh))
    return dWx, dWh, dbh

# %% answer="clipped" wrong="another_norm"
def clipped(dWx, dWh, dbh, most):
    norm = np.sqrt(np.sum(dWx ** 2) + np.sum(dWh ** 2))
    factor = min(1.0, most / norm)
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="clipped" wrong="another_norm"
def clipped(dWx, dWh, dbh, most):
    total = np.sum(dWx ** 2 + dWh ** 2 + dbh ** 2)
    factor = min(1.0, most / np.sqrt(total))
    return dWx * factor, dWh * factor, dbh * factor

# %% answer="truncated" wrong="t_within_the_chunk"
def truncated(dH, H, Wh, size):
    N, T, M = H.shape
    dZ = np.zeros((N, T, M))
    for start in range(0, T, size):
        dh = np.zeros((N, M))
        for t in reversed(range(min(size, T - start))):
            dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
            dZ[:, start + t] = dz
            dh = dz @ Wh.T
    return dZ

# %% answer="bptt" wrong="gradient_turned_round"
def bptt(X, H, h0, Wh, dH):
    N, T, D = X.shape
    M = h0.shape[1]
    dWx, dWh, dbh = np.zeros((D, M)), np.zeros((M, M)), np.zeros(M)
    dh = np.zeros((N, M))
    for t in range(T - 1, -1, -1):
        dz = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        h_prev = H[:, t - 1] if t > 0 else h0
        dWx += X[:, t].T @ dz
        dWh += dz.T @ h_prev
        dbh += dz.sum(axis=0)
        dh = dz @ Wh.T
    return dWx, dWh, dbh, dh

# %% answer="clipped" wrong="wrong_type"
def clipped(dWx, dWh, dbh, most):
    flat = np.concatenate([dWx.ravel(), dWh.ravel(), dbh.ravel()])
    norm = np.linalg.norm(flat)
    return flat * min(1, most / norm)
