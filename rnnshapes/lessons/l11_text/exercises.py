"""The exercises of lesson 11: shapes, a table both ways, shifted targets, losses, perplexity, a draw."""

from __future__ import annotations

from rnnshapes.beliefs.by_hand import ByHand, Room
from rnnshapes.beliefs.in_parts import InParts
from rnnshapes.judge.shapes import ShapesExercise
from rnnshapes.layers.cases import import_keras
from rnnshapes.lessons.l11_text import case as cases
from rnnshapes.sizes import Sizes

LECTURE = Sizes(N=238, T=40, D=16, M=64, K=41)
ROOM = Room(
    __package__, cases.NOTEBOOK, cases.CHECKS, cases.TableCase.make, lecture=LECTURE, names=(("L", cases.LENGTH),)
)

DIMS = {
    **{"E": "KD", "one_hot": "NTK", "X": "NTD", "mask": "NT", "h": "NTM"},
    **{"h_last": "NM", "logits": "NTK", "losses": "NT", "loss": "", "dE": "KD"},
}


def _measure(case: cases.TableCase) -> dict[str, tuple[int, ...]]:
    """Return the shapes that NumPy and Keras really give."""
    import tensorflow as tf

    keras, sizes = import_keras(), case.sizes
    table, head = keras.layers.Embedding(sizes.K, sizes.D, mask_zero=True), keras.layers.Dense(sizes.K)
    layer = keras.layers.GRU(sizes.M, return_sequences=True, return_state=True)
    with tf.GradientTape() as tape:
        X = table(case.ids)
        h, h_last = layer(X)
        logits = head(h)
        losses = keras.losses.sparse_categorical_crossentropy(case.ids, logits, from_logits=True)
        loss = tf.reduce_mean(losses)
    E = table.trainable_weights[0]
    found = {"E": E, "one_hot": case.each, "X": X, "mask": table.compute_mask(case.ids), "h": h, "h_last": h_last}
    found |= {"logits": logits, "losses": losses, "loss": loss, "dE": tape.gradient(loss, E)}
    return {name: tuple(value.shape) for name, value in found.items()}


PARTS = {"way_in": tuple(DIMS)[:5], "way_out": tuple(DIMS)[5:]}
PREDICTED = ShapesExercise(
    name="11/predicted", dims=DIMS, measure=_measure, parts=PARTS, room=ROOM, source="NumPy and Keras give"
)

TABLE = "Keras' Embedding and GradientTape"
THROUGH_TABLE = InParts("11/through_table", "ids E dX", "part NTD", TABLE, ROOM.of(cases.TableCase), "lines")
PIECES = "keras.utils.pad_sequences, given the pieces of the text"
SHIFTED = InParts("11/shifted", "ids T", "part NT", PIECES, ROOM.of(cases.ShiftedCase), "lines")
LOSS = "Keras' SparseCategoricalCrossentropy"
LOSSES = ByHand("11/losses", "logits targets", "losses NT", LOSS, ROOM.of(cases.LossCase), "lines")
MEAN = "exp of Keras' loss with a mask"
PERPLEXITY = ByHand("11/perplexity", "losses targets", "perplexity ", MEAN, ROOM.of(cases.SureCase), "arrays")
CHOICE = "Keras' softmax and NumPy's choice"
DRAWN = InParts("11/drawn", "logits temperature u", "part NK", CHOICE, ROOM.of(cases.DrawnCase), "lines")
