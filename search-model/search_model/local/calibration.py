"""Every figure that turns evidence into a verdict, with what it was measured to cost. Read from JSON, written to it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "shipped" / "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """Weights of the fused score, and the thresholds of the verdicts.

    The score is the logistic function of bias + the sum of weight x feature, with the features of
    `search_model.local.fusion.FEATURES`: the chance that a candidate is the print shown.

    Attributes:
        descriptor: id of the global descriptor that the cosines came from; cosines of another one are not comparable.
        codec: id of the codec that the votes came from.
        bias, weights: of the logistic function; one weight for each name in `FEATURES`.
        typical_cosine: stands in for the cosines when there are none at all.
        same_image_strength, same_image_coverage, same_image_solidity: of the match; all three are needed for the
            verdict "same_image".
        shared_detail_strength: of the match, needed for "shared_detail".
        similar_cosine: at or above it a record that nothing verifies still "looks similar".
        found_score: at or above it a query's best candidate is the print shown, whatever its verdict.
        false_alarms: measured share of queries whose print was not there that reached each verdict or score.
        detected: measured share of queries whose print was there that got the right verdict, or the score.
        measured_on: what the figures were learnt from, in words, with numbers.
    """

    descriptor: str
    codec: str
    bias: float
    weights: dict[str, float]
    typical_cosine: float
    same_image_strength: float
    same_image_coverage: float
    same_image_solidity: float
    shared_detail_strength: float
    similar_cosine: float
    found_score: float
    false_alarms: dict[str, float]
    detected: dict[str, float]
    measured_on: str

    @classmethod
    def shipped(cls) -> "Calibration":
        """What was learnt from simulated queries of engravings before the release."""
        return cls.load(SHIPPED)

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read what `save` wrote.

        Raises:
            ValueError: the file is not a calibration, or of another version's fields.
        """
        return cls.from_json(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Calibration":
        """From what `to_json` gave."""
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(f"this is no calibration of this version: {error}") from error

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary for `json.dumps`."""
        return asdict(self)

    def save(self, path: Path) -> None:
        """Write it as JSON; a temporary file is renamed into place."""
        temporary = path.with_name(path.name + ".part")
        temporary.write_text(json.dumps(self.to_json(), indent=1) + "\n", encoding="utf-8")
        temporary.replace(path)
