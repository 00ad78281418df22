"""`manage.py multiply_prints --to 20000`: made-up copies of the prints, in a Recto that is thrown away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from indexing.multiplying import MARK, NotToBeMultiplied, multiply_prints


class Command(BaseCommand):
    help = f"Add made-up copies of the prints, for tests of load. Only where processed/{MARK} is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=int, required=True, help="how many prints there are to be")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            with tqdm(total=options["to"], desc="Made-up copies", unit="print") as bar:
                for count in multiply_prints(to=options["to"]):
                    bar.update(count - bar.n)
        except NotToBeMultiplied as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} prints, their vectors and local features." if count else "Nothing to do.")
