"""`python -m search_model.training.blend BEFORE AFTER --share 0.4 --out FILE`: weights between two trainings.

Weights that were trained on from others lie in one valley with them, and a point between keeps most of what each is
good at. Wortsman et al.: "Robust Fine-Tuning of Zero-Shot Models", CVPR 2022, section 3.
"""

import argparse
from pathlib import Path

from keras import ops

from search_model.extractor.compact import build_compact, save_weights


def blend_weights(before: Path, after: Path, share: float, result: Path) -> None:
    """Write (1 - share) of every tensor of `before` plus `share` of `after`'s.

    Raises:
        ValueError: the share is not from 0 to 1, or a file does not hold the compact network's tensors.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"the share is {share}; choose from 0 (the first file) to 1 (the second)")
    model, other = build_compact(before), build_compact(after)
    for mine, theirs in zip(model.weights, other.weights, strict=True):
        mine.assign((1 - share) * ops.convert_to_tensor(mine) + share * ops.convert_to_tensor(theirs))
    save_weights(model, result)


def main() -> None:
    """Read the options and write the file."""
    parser = argparse.ArgumentParser(prog="python -m search_model.training.blend", description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, required=True, help="of the second file, from 0 to 1")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    blend_weights(options.before, options.after, options.share, options.out)
    print(f"weights written to {options.out}")


if __name__ == "__main__":
    main()
