"""Evidence of a person's gender: what the article says outweighs what a first name suggests."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import lexicon

HARD = 4.0  # a title or a gendered role: "Mrs", "spokesman", "his mother"
_VOTE = 1.0  # a pronoun that can hardly mean anybody else
_NAME = 0.75  # a first name that is usually a man's or a woman's
_MOST_VOTES = 4.0


@dataclass(slots=True)
class Gender:
    """`balance` is above 0 for a woman and below 0 for a man; `told` is what titles and roles say."""

    told: str = ""
    named: str = ""
    votes: float = 0.0

    def tell(self, gender: str) -> None:
        """A title or a role says it."""
        self.told = self.told or gender

    def name(self, gender: str) -> None:
        """A first name suggests it."""
        self.named = self.named or gender

    def vote(self, gender: str, weight: float = _VOTE) -> None:
        """A pronoun was read as this person."""
        sign = {"f": weight, "m": -weight}.get(gender, 0.0)
        self.votes = max(-_MOST_VOTES, min(_MOST_VOTES, self.votes + sign))

    @property
    def balance(self) -> float:
        return _sign(self.told) * HARD + _sign(self.named) * _NAME + self.votes

    @property
    def likely(self) -> str:
        """ "m", "f" or "" where nothing tells."""
        balance = self.balance
        return "f" if balance > 0 else "m" if balance < 0 else ""

    def fit(self, gender: str) -> float:
        """How well `gender` goes with what is known: above 0 agrees, below 0 disagrees."""
        return self.balance * _sign(gender)

    def rules_out(self, gender: str) -> bool:
        """A title or role says the opposite."""
        return bool(self.told and gender and self.told != gender)


def _sign(gender: str) -> float:
    return 1.0 if gender == "f" else -1.0 if gender == "m" else 0.0


def told_by(words: Iterable[str]) -> str:
    """ "m" or "f" if one of the folded title or role words tells, else ""."""
    for word in words:
        if word in lexicon.FEMALE_ROLES or lexicon.HONORIFICS.get(word) == "f":
            return "f"
        if word in lexicon.MALE_ROLES or lexicon.HONORIFICS.get(word) == "m":
            return "m"
    return ""
