"""`python -m search_model.training IMAGES... --out FOLDER`: train the compact descriptor on one's own images."""

import argparse
import hashlib
import logging
from pathlib import Path

from search_model.training.data import read_images
from search_model.training.run import Recipe, train
from search_model.training.teacher import build_teacher, describe_with_teacher


def main() -> None:
    """Read the options, train, and say where the weights are."""
    options = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    recipe = _recipe(options)
    images = read_images(options.images, leave_out=options.leave_out)
    logging.info("%d images; %s", len(images), recipe)
    teacher = describe_with_teacher(build_teacher(options.teacher), images) if recipe.teacher_weight else None
    weights = train(
        images, recipe, options.out, weights=options.weights, teacher=teacher, until=options.until,
        replan=options.replan,
    )  # fmt: skip
    print(f"weights written to {weights}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search_model.training", description=__doc__)
    parser.add_argument("images", nargs="+", type=Path, help="folders of scans, read with their subfolders")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and weights; resumed if it has some")
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    parser.add_argument("--pairs", type=int, default=Recipe.pairs, help="prints a step")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--learning-rate", type=float, default=Recipe.learning_rate)
    parser.add_argument("--warm-up", type=int, default=Recipe.warm_up_steps, help="steps until the full learning rate")
    parser.add_argument("--remember", type=int, default=Recipe.remembered, help="vectors of former steps to tell from")
    parser.add_argument("--weights", type=Path, help="a weights file to go on from, instead of random weights")
    parser.add_argument("--teacher", type=Path, help="folder of the MobileNetV2 tensors, to learn likeness from")
    parser.add_argument("--teacher-weight", type=float, default=0.3)
    parser.add_argument("--until", type=int, help="stop after this step, to be resumed")
    parser.add_argument("--replan", action="store_true", help="resume with another number of steps than was planned")
    parser.add_argument("--leave-out", type=int, default=0, help="leave every n-th picture for validation")
    return parser


def _recipe(options: argparse.Namespace) -> Recipe:
    return Recipe(
        steps=options.steps,
        pairs=options.pairs,
        seed=options.seed,
        learning_rate=options.learning_rate,
        remembered=options.remember,
        teacher_weight=options.teacher_weight if options.teacher else 0.0,
        warm_up_steps=min(options.warm_up, options.steps),
        started_from=hashlib.sha256(options.weights.read_bytes()).hexdigest() if options.weights else "",
    )


if __name__ == "__main__":
    main()
