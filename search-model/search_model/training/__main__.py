"""`python -m search_model.training IMAGES... --out FOLDER`: train the compact descriptor on one's own images."""

import argparse
import logging
from pathlib import Path

from search_model.training.data import read_images
from search_model.training.run import Recipe, train


def main() -> None:
    """Read the options, train, and say where the weights are."""
    parser = argparse.ArgumentParser(prog="python -m search_model.training", description=__doc__)
    parser.add_argument("images", nargs="+", type=Path, help="folders of scans, read with their subfolders")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and weights; resumed if it has some")
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    parser.add_argument("--pairs", type=int, default=Recipe.pairs, help="prints a step")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    recipe = Recipe(steps=options.steps, pairs=options.pairs, seed=options.seed)
    images = read_images(options.images)
    logging.info("%d images; %s", len(images), recipe)
    print(f"weights written to {train(images, recipe, options.out)}")


if __name__ == "__main__":
    main()
