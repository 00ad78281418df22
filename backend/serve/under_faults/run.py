"""`make faults`: every part of a Recto is killed or cut at random moments under load, TIMES times each.

    make faults TIMES=20                       on SQLite and a folder of messages
    make faults TIMES=20 HOSTED=1              on PostgreSQL and Redis, which it starts
    make faults ONLY="web, clock jump"         some of the faults; SEED=7 draws other moments

Afterwards nothing that was accepted is lost or doubled, and it answers again by itself within 30 seconds;
else the exit status is 1. FAULTS_TABLE=file writes the table as Markdown as well.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from serve.accounts import administrators_token
from serve.console import Refusal, complain, say, write
from serve.measuring import table
from serve.under_faults.faults import FAULTS, Fault
from serve.under_faults.ledger import lost_and_doubled
from serve.under_faults.load import Load
from serve.under_faults.looking import (
    answers,
    everything_is_described,
    found_now,
    import_issues,
    is_whole,
    seconds_until,
)
from serve.under_faults.stand import Stand, stand

MOST_SECONDS = 30.0
MOMENT_S = (1.0, 8.0)  # under load, until it strikes
PATIENCE_S = 900.0
HEAD = ("fault", "times", "answers again, s: median · worst", "whole again, worst", "lost", "doubled", "")


@dataclass
class Outcome:
    """Of one fault, all its times together."""

    name: str
    skipped: str = ""
    again: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    failure: str = ""

    @property
    def well(self) -> bool:
        in_time = max(self.again, default=0.0) < MOST_SECONDS
        return bool(self.skipped) or (in_time and not (self.lost or self.doubled or self.failure))

    def row(self) -> tuple[str, ...]:
        if self.skipped:
            return (self.name, "0", "", "", "", "", f"skipped: {self.skipped}")
        again = f"{median(self.again):.1f} · {max(self.again):.1f}" if self.again else ""
        whole = f"{max(self.whole):.1f}" if self.whole else ""
        said = self.failure or ("ok" if self.well else "MISSED")
        lost, doubled = (str(len(found)) for found in (self.lost, self.doubled))
        return (self.name, str(len(self.again)), again, whole, lost, doubled, said)


def strike_often(fault: Fault, stand: Stand, load: Load, *, times: int, chance: random.Random) -> Outcome:
    outcome = Outcome(fault.name, skipped=fault.reason(stand))
    if outcome.skipped:
        return outcome
    load.ledger.errors.clear()  # of the fault before, which has reported them
    try:
        for number in range(times):
            strike(fault, stand, load, outcome, chance)
            say(f"{fault.name}, {number + 1} of {times}: answers after {outcome.again[-1]:.1f} s")
            if outcome.lost or outcome.doubled:
                break  # what is found from now on may come of it
    except Refusal as refusal:
        outcome.failure = str(refusal).splitlines()[0]
        say(f"{fault.name}: {refusal}")
    return outcome


def strike(fault: Fault, stand: Stand, load: Load, outcome: Outcome, chance: random.Random) -> None:
    load.go_on()
    time.sleep(chance.uniform(*MOMENT_S))
    fault.strike(stand, chance)
    since = time.monotonic()
    outcome.again.append(seconds_until(lambda: answers(stand, load), since=since))
    outcome.whole.append(seconds_until(lambda: is_whole(stand, load), since=since))
    if not load.hold(PATIENCE_S):
        raise Refusal("what had begun did not come to its end")
    if load.ledger.errors:
        raise Refusal(f"the load had errors: {load.ledger.errors[0]}")
    seconds_until(lambda: everything_is_described(stand), since=time.monotonic())
    lost, doubled = load.ledger.not_reported_yet(
        *lost_and_doubled(load.ledger, found_now(stand, load.ledger))
    )
    outcome.lost += lost
    outcome.doubled += doubled
    for one in (*lost, *doubled):
        say(f"{fault.name}: LOST OR DOUBLED: {one}")
    if lost or doubled:
        say(f"the imports say:\n{import_issues(stand)}")


def markdown(rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:], ""])


def chosen(only: str) -> list[Fault]:
    """Raises Refusal for a name that is none."""
    names = [name.strip() for name in only.split(",") if name.strip()]
    known = [fault.name for fault in FAULTS]
    if unknown := set(names) - set(known):
        raise Refusal(f"ONLY={', '.join(sorted(unknown))}: the faults are {', '.join(known)}.")
    return [fault for fault in FAULTS if not names or fault.name in names]


def write_table(outcomes: list[Outcome]) -> None:
    """To FAULTS_TABLE, after each fault: they take an hour, and may be broken off."""
    if path := os.environ.get("FAULTS_TABLE"):
        Path(path).write_text(markdown([HEAD, *(outcome.row() for outcome in outcomes)]))


def strike_all(faults: list[Fault], *, hosted: bool, times: int, seed: int) -> tuple[list[Outcome], Load]:
    with stand(hosted=hosted) as made:
        load = Load(made, administrators_token(made.recto.places, "faults"))
        load.start()
        try:
            chance, outcomes = random.Random(seed), list[Outcome]()
            for fault in faults:
                outcomes.append(strike_often(fault, made, load, times=times, chance=chance))
                write_table(outcomes)
            return outcomes, load
        except BaseException:
            write(made.recto.output[-4000:])
            raise
        finally:
            load.end()
            Path(os.environ.get("FAULTS_LOG") or os.devnull).write_text(made.recto.output)


def main() -> int:
    hosted, times = bool(os.environ.get("HOSTED")), int(os.environ.get("TIMES") or 3)
    try:
        faults = chosen(os.environ.get("ONLY", ""))
        seed = int(os.environ.get("SEED") or 1)
        outcomes, load = strike_all(faults, hosted=hosted, times=times, seed=seed)
    except Refusal as refusal:
        return complain(str(refusal))
    rows = [HEAD, *(outcome.row() for outcome in outcomes)]
    write(f"\n{table(rows)}\n")
    ledger = load.ledger
    accepted = (
        f"{len(ledger.rows)} imports of {sum(ledger.rows.values())} rows, {len(ledger.kept)} kept searches"
    )
    write(f"accepted: {accepted}; answers: {dict(sorted(ledger.answers.items()))}")
    return int(not all(outcome.well for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
