"""An evaluation as one HTML page that needs nothing else: figures, and what went wrong as pictures. Pure."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from search_model.evaluation.report import Figures, Table, tables

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
th, td { white-space: nowrap; } th { font-weight: 600; } td:first-child { min-width: 8rem; white-space: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
article { border-top: 1px solid #8886; padding: .75rem 0; } article h3 { font-size: 1rem; margin: 0 0 .5rem; }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: 17rem; max-width: 100%; } img { max-width: 100%; max-height: 17rem; background: #8882; }
figcaption { font-size: .875rem; overflow-wrap: anywhere; }
""".strip()


@dataclass(frozen=True)
class Picture:
    """A small JPEG file with what it is."""

    caption: str
    jpeg: bytes


@dataclass(frozen=True)
class Case:
    """One query worth looking at, with the pictures to be compared."""

    title: str
    pictures: Sequence[Picture]


@dataclass(frozen=True)
class Gallery:
    """Cases under a heading, and a sentence on how to look at them."""

    title: str
    says: str
    cases: Sequence[Case]


def report_page(*, title: str, facts: Mapping[str, str], figures: Figures, galleries: Sequence[Gallery]) -> str:
    """The page: `facts` (what was measured, when, on what), the tables, and the galleries that have cases."""
    parts = [
        f"<h1>{escape(title)}</h1>",
        _facts(facts),
        *(_table(table) for table in tables(figures)),
        *(_gallery(gallery) for gallery in galleries if gallery.cases),
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n' + "\n".join(parts) + "\n</body></html>\n"


def _facts(facts: Mapping[str, str]) -> str:
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    return f"<dl>{lines}</dl>"


def _table(table: Table) -> str:
    head, *body = table.rows
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) if any(head) else ""
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    thead = f"<thead><tr>{top}</tr></thead>" if top else ""
    title = escape(table.title)
    # A region that scrolls must be reached by the keyboard.
    region = f'<div class="table" role="region" aria-label="{title}" tabindex="0">'
    return f"<h2>{title}</h2>{region}<table>{thead}<tbody>{rows}</tbody></table></div>"


def _gallery(gallery: Gallery) -> str:
    cases = "\n".join(_case(case) for case in gallery.cases)
    return f"<section><h2>{escape(gallery.title)}</h2><p>{escape(gallery.says)}</p>\n{cases}</section>"


def _case(case: Case) -> str:
    pictures = "".join(_picture(picture) for picture in case.pictures)
    return f'<article><h3>{escape(case.title)}</h3><div class="pictures">{pictures}</div></article>'


def _picture(picture: Picture) -> str:
    caption, data = escape(picture.caption), b64encode(picture.jpeg).decode("ascii")
    return (
        f'<figure><img alt="{caption}" src="data:image/jpeg;base64,{data}"><figcaption>{caption}</figcaption></figure>'
    )
