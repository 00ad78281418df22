"""English sentences that can be said in another language: each carries its name and the values in it.

The sentence itself goes wherever text goes: logs, commands, tables to take away. A page that has words for
the name in the reader's language shows those instead, with the same values.
"""

from typing import Any

Value = str | int | float
Said = dict[str, Any]
"""`{"key": str, "params": {name: Value}}`, as it is stored and sent; empty for a text that has no name."""


class Sentence(str):
    """A text, and how a page finds it in its own languages. Cutting or joining it leaves plain text."""

    key: str
    params: dict[str, Value]

    @property
    def said(self) -> Said:
        return {"key": self.key, "params": self.params}

    def with_text(self, text: str) -> "Sentence":
        """The same sentence in a spelling that can be stored."""
        return say(self.key, text, **self.params)


def say(key: str, text: str, **params: Value) -> Sentence:
    """`text` under the name `key`. Numbers are quantities and written as the language does; ids are texts."""
    # (Not in Sentence.__new__: pickle makes a text first and fills in the rest.)
    sentence = Sentence(text)
    sentence.key, sentence.params = key, params
    return sentence


def named(text: str, key: str) -> Sentence:
    """A sentence that has a name already, else `text` under the name `key`."""
    return text if isinstance(text, Sentence) else say(key, text)


def said_of(text: str) -> Said:
    """What is stored and sent beside `text`."""
    return text.said if isinstance(text, Sentence) else {}
