"""The training run: a schedule, checkpoints after every stretch of steps, and resuming from the last of them.

One seed gives one result: the views depend only on the seed and the step's number, TensorFlow is told to add in one
order, and the weights file holds nothing of the day it was written.
"""

import json
import logging
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from search_model.extractor.compact import build_compact, save_weights
from search_model.training.contrastive import ContrastiveModel
from search_model.training.data import PairBatches
from search_model.training.determinism import make_reproducible

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome; stored with the checkpoint and refused when it differs on resuming."""

    steps: int = 1050
    pairs: int = 96
    sizes: tuple[int, ...] = (128, 160)  # pixels: most of the learning at the small size costs half
    size_shares: tuple[float, ...] = (0.6, 0.4)
    temperature: float = 0.07
    remembered: int = 0  # vectors of former batches to be told from as well
    teacher_weight: float = 0.0  # what the teacher's relations count beside the contrast
    learning_rate: float = 2e-3
    warm_up_steps: int = 40
    weight_decay: float = 1e-4
    seed: int = 20261121
    steps_per_checkpoint: int = 15
    started_from: str = ""  # sha256 of the weights it goes on from; empty for random ones

    def size_at(self, step: int) -> int:
        """Input size in pixels of one step."""
        reached = 0.0
        for size, share in zip(self.sizes, self.size_shares, strict=True):
            reached += share * self.steps
            if step < reached:
                return size
        return self.sizes[-1]


def train(
    images: Sequence[NDArray[np.uint8]],
    recipe: Recipe,
    folder: Path,
    *,
    weights: Path | None = None,
    teacher: NDArray[np.float32] | None = None,
    until: int | None = None,
    replan: bool = False,
) -> Path:
    """Train the compact network, resuming what `folder` holds, and return the path of its weights file.

    Args:
        images: uint8 RGB, each a print of its own.
        recipe: what decides the outcome.
        folder: of the checkpoints and the result.
        weights: a file of `save_weights` to go on from, instead of random weights.
        teacher: float32 of shape (images, d), unit rows; used when the recipe gives it weight.
        until: stop after this step, to be resumed.
        replan: resume with another number of steps; sizes and learning rate follow the new plan from there.

    Raises:
        ValueError: the folder holds a training with another recipe.
    """
    folder.mkdir(parents=True, exist_ok=True)
    make_reproducible(recipe.seed)
    model = _compiled(recipe, weights, teacher)
    step = _resume(model, recipe, folder, replan=replan)
    last = recipe.steps if until is None else min(until, recipe.steps)
    while step < last:
        count = min(recipe.steps_per_checkpoint, last - step)
        size = recipe.size_at(step)
        batches = PairBatches(
            images, pairs=recipe.pairs, size=size, first=step, steps=count, seed=recipe.seed, workers=2,
            max_queue_size=4,
        )  # fmt: skip
        history = model.fit(batches, epochs=1, verbose=0, shuffle=False).history
        step += count
        _checkpoint(model, recipe, folder, step, history)
    result = folder / "recto-compact.npz"
    save_weights(model.network, result)
    return result


def _compiled(recipe: Recipe, weights: Path | None, teacher: NDArray[np.float32] | None) -> ContrastiveModel:
    schedule = keras.optimizers.schedules.CosineDecay(
        recipe.learning_rate / 20, max(1, recipe.steps - recipe.warm_up_steps), alpha=0.0,
        warmup_target=recipe.learning_rate, warmup_steps=recipe.warm_up_steps,
    )  # fmt: skip
    model = ContrastiveModel(
        build_compact(weights), recipe.temperature, remembered=recipe.remembered, teacher=teacher,
        teacher_weight=recipe.teacher_weight,
    )  # fmt: skip
    model.compile(optimizer=keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay), jit_compile=False)
    size = recipe.sizes[0]
    model.build((None, size, size, 3))
    model.optimizer.build(model.trainable_variables)
    return model


def _resume(model: ContrastiveModel, recipe: Recipe, folder: Path, *, replan: bool) -> int:
    state_file = folder / "state.json"
    if not state_file.exists():
        return 0
    state = json.loads(state_file.read_text())
    planned = state["recipe"] | ({"steps": recipe.steps} if replan else {})
    if planned != json.loads(json.dumps(asdict(recipe))):
        raise ValueError(f"{folder} holds a training with another recipe; choose another folder or the same options")
    model.load_weights(folder / state["checkpoint"])
    log.info("resuming at step %d of %d, once planned as %d", state["step"], recipe.steps, state["recipe"]["steps"])
    return int(state["step"])


def _checkpoint(
    model: ContrastiveModel, recipe: Recipe, folder: Path, step: int, history: dict[str, list[float]]
) -> None:
    """Two checkpoints take turns, so that a kill while one is written leaves the other and its state file."""
    figures = {name: round(values[-1], 4) for name, values in history.items()}
    if not all(math.isfinite(value) for value in figures.values()):
        raise FloatingPointError(f"the loss is no longer finite at step {step}: {figures}; lower the learning rate")
    name = f"checkpoint-{(step // recipe.steps_per_checkpoint) % 2}.weights.h5"
    model.save_weights(folder / name)
    state = {"step": step, "checkpoint": name, "recipe": asdict(recipe), "figures": figures}
    temporary = folder / "state.json.part"
    temporary.write_text(json.dumps(state))
    temporary.replace(folder / "state.json")
    log.info("step %d of %d at %d px: %s", step, recipe.steps, recipe.size_at(step - 1), figures)
