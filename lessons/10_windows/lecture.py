# ---
# title: Windows
# idea: "windows of a real series, their targets, a forecast that is fed back"
# ---

# %% [markdown]
# # Windows: a series becomes samples
#
# A café at the harbour of Seattle puts its chairs outside when a warm day comes. Each evening somebody asks: **how warm
# will it be tomorrow, and on the two days after?** Four years of notes lie in a drawer, one line for each day. A recurrent
# network could learn from them what usually comes next. But it wants a box of N samples, and in the drawer there is one
# long list.
#
# | letter | counts | here |
# |---|---|---|
# | **L** | days in the series | 1461 |
# | **T** | days that a window shows | 7 |
# | **D** | numbers noted each day | 4 |
# | **K** | days that are asked for | 3 |
# | **M** | hidden units of the GRU | 16 |
# | **N** | samples | that is the question |
#
# At each **Predict**, type your guess into the cell below, and only then run the next one.

# %%
import numpy as np
import rnnshapes
from rnnshapes import draw

keras = rnnshapes.import_keras()  # `from tensorflow import keras`, without its start-up messages
keras.utils.set_random_seed(10)

names, dates, series = rnnshapes.weather()
print(names, "from", dates[0], "to", dates[-1])
print(series[:3])

# %% [markdown]
# These are real: the daily weather of Seattle, measured by the National Oceanic and Atmospheric Administration and in the
# public domain. Rain is in millimetres, the highest and the lowest temperature in °C, wind in metres per second.
#
# **Predict:** which shape has `series`? And which of the letters N, T and D does it have?

# %%
my_guess = None  # type yours

# %%
L, D = series.shape
print("your guess:", my_guess, "  the shape:", series.shape)

# %% [markdown]
# L days and D features, and that is all. There is no N, as there is one Seattle and one past. T is missing too, unless we
# call the whole list one sample of 1461 steps. From one sample nothing can be learned that could be tested.
#
# ## A window that slides makes N
#
# The way out: nobody needs four years to say what tomorrow brings. A few days will do. So we lay a ruler of T days on the
# series, and slide it on by one day at a time. Each position is a sample.
#
# **Predict:** here are 10 days, and the ruler is T = 4 days long. How many positions does it have? How many days do two
# neighbours share?

# %%
my_guess = {"positions": None, "shared days": None}  # type two numbers

# %%
ten_days = series[:10, 1]  # temp_max
draw.windows(ten_days, T=4)

# %% [markdown]
# The first window takes T days, and each day more makes one window more: **N = L − T + 1**. Neighbours share T − 1 days. We
# shall have to think of that, as samples that share days are no strangers to each other.
#
# In code it is one slice for each position:

# %%
def windows(series, T):
    N = len(series) - T + 1
    return np.stack([series[n : n + T] for n in range(N)])


windows(ten_days, 4).shape, windows(ten_days, 4)[0]

# %% [markdown]
# The same function cuts a table of D columns, for a slice of days takes whole rows along.
#
# **Predict:** with T = 7, which shapes have the windows of one column, and those of all four? Which of the two can a GRU
# read?

# %%
my_guess = {"one column": None, "all four": None, "can be read": None}  # type yours

# %%
T = 7
one, four = windows(series[:, 1], T), windows(series, T)
print("your guess:", my_guess)
print("one column:", one.shape, "  all four:", four.shape)
for box in (one, four):
    try:
        print("the GRU reads it, and gives", keras.layers.GRU(16)(box[:5]).shape)
    except ValueError as error:
        print("the GRU does not:", str(error).split("layer: ")[-1])

# %% [markdown]
# A recurrent layer wants three axes ([Keras, GRU](https://keras.io/api/layers/recurrent_layers/gru/)). One feature needs
# its axis too: (N, T) has to become **(N, T, 1)**. A slice `1:2` of the columns keeps the axis from the start; `None` in
# the brackets puts it in later.
#
# ## The axes of sliding_window_view
#
# NumPy can slide by itself
# ([`sliding_window_view`](https://numpy.org/doc/stable/reference/generated/numpy.lib.stride_tricks.sliding_window_view.html)).
# We tell it the length of the window and the axis along which it slides.
#
# **Predict:** which shape comes out for the whole series with T = 7? There are three axes, and N comes first.

# %%
my_guess = None  # type yours

# %%
view = np.lib.stride_tricks.sliding_window_view(series, T, axis=0)
print("your guess:", my_guess, "  the shape:", view.shape)

# %% [markdown]
# **(N, D, T)**. The axes of the series stay in their order, L became N, and the days of the window come as a new axis **at
# the end**. For a layer the last two have to trade places. We know two calls that give (N, T, D).
#
# **Predict:** which of the two boxes below holds a day in each row, and what does the other hold?

# %%
my_guess = None  # type yours

# %%
turned, cut = view.transpose(0, 2, 1), view.reshape(-1, T, D)
print("series[:3]\n", series[:3])
print("transpose, its first three rows\n", turned[0, :3])
print("reshape, its first three rows\n", cut[0, :3])

# %% [markdown]
# `reshape` read seven days of rain, and put them where one day's four numbers belong. It is lesson 00's trap in its natural
# habitat: the shape is right, no error comes, and a network would train on it in silence.
#
# One thing is odd. The windows hold seven times as many numbers as the series, and yet the view took no time and no memory.

# %%
print("numbers in the series:", series.size, "  in the windows:", view.size)
print("the same memory:", np.shares_memory(series, view), "  may be written to:", view.flags.writeable)

# %% [markdown]
# A view is a window on the same numbers, as in lesson 00, here with each number in up to T places. So NumPy does not let us
# write into it.
#
# ## What is asked for: the target
#
# Each window needs an answer to learn from: the K days **after** it. There the off-by-ones live.
#
# **Predict:** 10 days again, T = 4, and now K = 2 targets for each window. How many windows are left? Which day is the
# first target of window n = 0, if the first day of all is day 0?

# %%
my_guess = {"windows": None, "first target of window 0": None}  # type two numbers

# %%
draw.windows(ten_days, T=4, K=2)

# %% [markdown]
# Window n covers the days n to n + T − 1, because it begins **with** day n. So its first target is day **n + T**, and the
# last window has to leave room for K days: **N = L − T − K + 1**.

# %%
def targets(column, T, K):
    N = len(column) - T - K + 1
    return np.stack([column[n + T : n + T + K] for n in range(N)])


K = 3
X_raw, Y = windows(series, T)[:-K], targets(series[:, 1], T, K)
N = len(Y)
print("X", X_raw.shape, "  Y", Y.shape, "  N = L - T - K + 1 =", L - T - K + 1)

# %% [markdown]
# Keras has a function that cuts batches of windows
# ([`timeseries_dataset_from_array`](https://keras.io/api/data_loading/timeseries/)). It takes the targets as a second
# array, in which row n belongs to the window that begins on day n.
#
# **Predict:** for the next day alone, on which day does that second array begin: on day T − 1, T, or T + 1 of the series?

# %%
my_guess = None  # type yours

# %%
for start in (T - 1, T, T + 1):
    batches = keras.utils.timeseries_dataset_from_array(series, series[start:, 1], T, batch_size=L)
    _, asked = next(iter(batches))
    right = np.array_equal(asked[:N], Y[:, 0])
    print(f"from day {start}:", len(asked), "windows;  the target of window n is day n + T:", right)

# %% [markdown]
# On day T. Keras checks nothing here: with T − 1 it hands out windows whose target is **their own last day**. We shall see
# below what such a network can do.
#
# ## Past and test
#
# The café wants to know how good a forecast will be on days to come. So we hide the last year, train on what was before,
# and then ask about 2015 day by day. A window belongs to the training if it and its targets lie before 2015, and to the
# test if they lie in 2015.
#
# **Predict:** how many windows belong to neither?

# %%
my_guess = None  # type yours

# %%
past = int(np.flatnonzero(dates == np.datetime64("2015-01-01"))[0])
first = np.arange(N)                    # the first day of each window
train = first + T + K <= past           # its last target comes before day `past`
test = first >= past
print("your guess:", my_guess)
print("training:", train.sum(), "  test:", test.sum(), "  neither:", (~train & ~test).sum())

# %% [markdown]
# T + K − 1 windows lie across the border. They are few, and they are left out. If we had shuffled the windows and then
# split, nearly every test window would have a neighbour in the training with which it shares six of its seven days. We
# shall see what that does.
#
# ## Scaling with the past alone
#
# Rain goes to 56 mm, wind to 10 m/s: each feature gets mean 0 and standard deviation 1, as in lesson 00. Which days are the
# mean and the standard deviation taken over?
#
# **Predict:** was 2015 warmer or colder than the three years before, and by how many degrees? And should our scaler know?

# %%
my_guess = {"degrees": None, "should know": None}  # type yours

# %%
mean, std = series[:past].mean(axis=0), series[:past].std(axis=0)  # (D,) each
print("your guess:", my_guess)
print("mean of temp_max, 2012 to 2014:", mean[1].round(2), "  2015:", series[past:, 1].mean().round(2))

# %% [markdown]
# More than a degree warmer. On the last evening of 2014 nobody knew that. So whatever is computed **from data**, the scaler
# too, is computed from the past alone, and then used for all days:

# %%
Z = (series - mean) / std
layer = keras.layers.Normalization()
layer.adapt(series[:past])  # Keras' way to do the same
print("as Keras:", np.allclose(Z, layer(series), atol=1e-5))
X = windows(Z, T)[:-K]                  # (N, T, D)
Y_scaled = (Y - mean[1]) / std[1]       # (N, K): the network learns these

# %% [markdown]
# The scaled test year has no mean of 0, and that is right: it says "warmer than we are used to".
#
# ## Two forecasts that cost nothing
#
# Before we train anything, we need to know what is easy. Two forecasts need no network: **tomorrow is like today**, and
# **as a year ago**.
#
# **Predict:** in 2015, by how many degrees is each of them off on average: for the next day, and for the third day?

# %%
my_guess = {"like today": None, "as a year ago": None}  # type two numbers for each

# %%
def off(forecast):
    return np.abs(forecast - Y[test]).mean(axis=0).round(2)  # (K,): for each of the days ahead


like_today = np.repeat(X_raw[test, -1, 1:2], K, axis=1)  # the last day of each window, K times
year_ago = series[first[test][:, None] + T + np.arange(K) - 365, 1]
print("your guess:", my_guess)
print("like today:   ", off(like_today))
print("as a year ago:", off(year_ago))

# %% [markdown]
# Today tells more about tomorrow than the calendar does, and it tells less with each day. Whoever trains a network has to
# beat the better one of the two. A forecast without this number beside it cannot be judged.
#
# ## A GRU reads the windows
#
# **Predict:** a GRU with 16 units and a Dense layer of K = 3 read the windows. By how many degrees will it be better than
# "like today": for the next day, and for the third?

# %%
my_guess = {"next day": None, "third day": None}  # type two numbers

# %%
M, epochs = 16, 12
model = keras.Sequential([keras.Input((T, D)), keras.layers.GRU(M), keras.layers.Dense(K)])
model.compile(keras.optimizers.Adam(0.01), "mse")
progress = rnnshapes.show_progress(epochs)
history = model.fit(X[train], Y_scaled[train], batch_size=64, epochs=epochs, verbose=0, callbacks=[progress])

# %%
by_gru = model.predict(X[test], verbose=0) * std[1] + mean[1]  # back to °C
better = 100 * (1 - off(by_gru) / off(like_today))
print("your guess:", my_guess)
print("like today:", off(like_today), "   GRU:", off(by_gru))
print("better by", (off(like_today) - off(by_gru)).round(2), "°C, that is", better.round(0), "percent")

# %% [markdown]
# It beats both, on each of the three days. And it does so **by little**: some tenths of a degree. In five runs with other
# seeds we saw 5 to 9 percent for the next day and 13 to 17 percent for the third. Seven days of four numbers, taken at one
# place, do not know what is coming from the sea.
#
# **Predict:** we draw 60 days of spring, each forecast made the day before. Where will the GRU be furthest off: on warm
# days, on cold days, or on days on which the weather changes?

# %%
my_guess = None  # type yours

# %%
spring = slice(100, 160)
days = dates[first[test][spring] + T]  # the day that is forecast
draw.forecast(days, Y[test][spring, 0], {"GRU": by_gru[spring, 0], "like today": like_today[spring, 0]}, of="temp_max")

# %% [markdown]
# When the weather changes, both come too late. "Like today" is the actual line moved to the right by a day. The GRU follows
# it and cuts its peaks: it has learned that after a hot day a somewhat cooler one is likely.
#
# **Explain, for yourself:** a friend shows you a picture like this one and says: "look how close the lines are". What do
# you ask to see?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## Several days ahead
#
# Our network gives all K days at once: that is called **direct**. There is another way. A network that tells one day can
# read its own forecast, and go on: **rolled out**. The window moves on by a day, its oldest day goes, and the forecast
# comes in as the newest.
#
# The window holds D = 4 numbers for each day, so such a network has to tell all of them: the next window needs the rain and
# the wind of the day as well. In return K is whatever we like.

# %%
one_day = keras.Sequential([keras.Input((T, D)), keras.layers.GRU(M), keras.layers.Dense(D)])
one_day.compile(keras.optimizers.Adam(0.01), "mse")
next_day = Z[first + T]  # (N, D)
progress = rnnshapes.show_progress(epochs)
history = one_day.fit(X[train], next_day[train], batch_size=64, epochs=epochs, verbose=0, callbacks=[progress])

# %% [markdown]
# Both networks have read the same windows. This one gives (N, D), the next day, where the first one gave (N, K).
#
# **Predict:** which one will be better on the third day, direct or rolled out? And what if we fed the **true** day in place
# of the forecast?

# %%
my_guess = {"better": None, "true days fed": None}  # type yours

# %%
def rolled_out(window, K, truth=None):
    found = []
    for k in range(K):
        yhat = np.asarray(one_day(window))                        # (N, D)
        found.append(yhat[:, 1])                                  # its temp_max
        newest = yhat if truth is None else truth[:, k]
        window = np.concatenate([window[:, 1:], newest[:, None]], axis=1)  # (N, T, D) again
    return np.stack(found, axis=1) * std[1] + mean[1]             # (N, K), in °C


# %%
true_days = Z[first[test][:, None] + T + np.arange(K)]  # (N, K, D): nobody has them on the evening of the forecast
print("your guess:", my_guess)
print("direct:              ", off(by_gru))
print("rolled out:          ", off(rolled_out(X[test], K)))
print("rolled out, true days:", off(rolled_out(X[test], K, truth=true_days)))

# %% [markdown]
# Direct and rolled out lie close together here. Errors of the first day enter the second forecast, so the rolled-out one
# gets worse with each day, as it should.
#
# The last line does not get worse at all, and that gives it away: with true days fed in, each forecast is a forecast of
# **one** day. It is a flattering number, and an easy mistake: a loop that takes its next window from the test data instead
# of from its own answers.
#
# ## The trap: numbers that flatter
#
# Each of these mistakes gives a better number than the honest one, and none gives an error. To see what a mistake alone
# does, we take simple models that need no training by epochs.
#
# ### The target inside the window
#
# The first model is a weighted sum of all T·D numbers of a window, with the best weights for the training
# (`np.linalg.lstsq`). It tells the next day.
#
# **Predict:** how far off is it on average in 2015, if each window ends the day before its target? And if, by one day, each
# window ends **on** the day of its target?

# %%
my_guess = {"ends before": None, "ends on it": None}  # type two numbers

# %%
def weighted_sum(X_train, y_train, X_test):
    flat = [np.column_stack([box.reshape(len(box), -1), np.ones(len(box))]) for box in (X_train, X_test)]
    return flat[1] @ np.linalg.lstsq(flat[0], y_train, rcond=None)[0]


one_late = windows(Z, T)[1:][:N]  # window n begins on day n + 1: it shows day n + T
print("your guess:", my_guess)
for name, box in (("honest", X), ("target inside", one_late)):
    forecast = weighted_sum(box[train], Y[train, 0], box[test])
    print(f"{name}: {np.abs(forecast - Y[test, 0]).mean():.2f} °C")

# %% [markdown]
# 0.00. The model has found the one number that is the answer. If a forecast is too good to be true, look first where the
# window ends.
#
# ### The shuffled split
#
# The second model only remembers. It looks for the most similar four weeks in the training, and says what came after those.
# We ask for the mean of the next two weeks.
#
# **Predict:** split by time, the test is 2015. Shuffled, the test is as many windows, picked at random from all years. How
# far off is the model in each case? For comparison: "like today" is off by 2.8 °C.

# %%
my_guess = {"by time": None, "shuffled": None}  # type two numbers

# %%
four_weeks = windows(Z, 28)[:-14]                         # (N, 28, D)
coming = windows(series[:, 1], 14)[28:].mean(axis=1)      # (N,): the mean of the 14 days after each
begins = np.arange(len(coming))
by_time = begins + 28 + 14 <= past, begins >= past        # training, test
picked = np.random.default_rng(0).permutation(len(begins)) < by_time[1].sum()
shuffled = ~picked, picked

# %%
def remembered(train, test):
    seen, asked = (four_weeks[part].reshape(part.sum(), -1) for part in (train, test))
    nearest = [((seen - one) ** 2).sum(axis=1).argmin() for one in asked]
    return np.abs(coming[train][nearest] - coming[test]).mean().round(2)


print("your guess:", my_guess)
print("split by time:", remembered(*by_time), "°C     shuffled:", remembered(*shuffled), "°C")

# %% [markdown]
# Split by time the model is a good deal worse than "like today". Shuffled it seems to beat that. For nearly every test
# window the training holds the one that begins a day before or after: it shares 27 of its 28 days, and 13 of the 14 days
# that are asked for. The model has looked up the answer.
#
# The flattery grows with the overlap, and with what a model can remember. Our small GRU might gain little by it. But you
# cannot know beforehand how much a number flatters.
#
# ### The scaler that has seen the future
#
# **Predict:** the simplest forecast of all says z = 0 every day: the mean of whatever the scaler has seen. By how many
# degrees is it too cold in 2015, on average: if the scaler has seen the past alone, and if it has seen all four years?

# %%
my_guess = {"the past alone": None, "all four years": None}  # type two numbers

# %%
print("your guess:", my_guess)
for name, seen in (("the past alone", series[:past]), ("all four years", series)):
    says = seen[:, 1].mean()
    print(f"{name}: z = 0 is {says:.2f} °C, too cold by {(series[past:, 1] - says).mean():.2f} °C")

# %% [markdown]
# A quarter of the surprise is gone: that scaler has heard that 2015 was warm. Our GRU makes next to nothing of it: trained
# with either scaler, its errors differ by a few hundredths of a degree at most, less than between two seeds. This is why
# the mistake stays unnoticed for years. In a series that grows, such as prices, a scaler that knows the highest value to
# come gives away a lot more.
#
# **Explain, for yourself:** what do the four flattering numbers of this lecture have in common?

# %% [markdown]
# *Double-click here, and write your sentence.*

# %% [markdown]
# ## What to take home
#
# - **Built by hand:** a window that slides makes N. (L,) becomes (N, T), then (N, T, 1); (L, D) becomes (N, T, D). With K
#   targets N = L − T − K + 1, and the first target of window n is day n + T.
# - **The picture:** the ruler. Each of its places is a row of X, and what lies beyond its end is the row of Y.
# - **The trap:** a number that flatters. The target inside the window, the true days fed back, the shuffled split, the
#   scaler that knows the future: each knows something that nobody can know on the evening of the forecast.
# - And **two forecasts that cost nothing** stand beside every number, so that you see how little or how much has been
#   learned.
#
# Your turn: the assignment `release/10_windows/windows.ipynb` has other sizes, and its checks have series that you have not
# seen.
