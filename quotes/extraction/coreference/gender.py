"""Evidence of a person's gender: what the article says outweighs what a first name suggests."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.text.stream import Stream

HARD = 4.0  # a title or a gendered role: "Mrs", "spokesman", "his mother"
_VOTE = 1.0  # a pronoun that can hardly mean anybody else
_NAME = 2.0  # a first name that is a man's or a woman's
_EITHER = 0.5  # one that now and then is the other's
_MOST_VOTES = 4.0
# First names that lists give to one sex and that the other bears often enough.
EITHER_NAMES = lexicon.words(
    """
    alex andrea andy angel ashley aubrey bailey beverley beverly billie billy blair bobbie bobby cameron
    carey carroll casey chris charlie clair clare claude cody connie courtney dale dana danny daryl dean
    dee devon drew dominique dylan elliott emery evelyn finley florence frances francis frankie freddie
    gail george gerry glen glenn hadley harley hayden hilary hollis hunter ira jackie jaime jamie jan
    jay jean jess jerry jesse jo jocelyn jody joe joey johnnie jordan jude jules julian kai karen kelly
    kelsey kendall kerry kim kit kyle lacey lane lauren laurence laurie lee leigh leslie lesley lindsay
    lindsey logan loren lou louis lynn mackenzie marion marlow max meredith merle michel michele mickey
    morgan nat nicky nikita noel nicola pat paris parker pat peyton phil quinn randy ray reagan reese
    rene riley robin rory rowan roy ryan sam sacha sandy sasha sean shannon shawn shay shelby shelley
    shirley sidney simone skyler stacy stevie stephane sydney tatum taylor terry toby tommy toni tony
    tracy tyler val valentine vivian wallace wesley whitney willie winter wyatt
    """
)


@dataclass(slots=True)
class Gender:
    """`balance` is above 0 for a woman and below 0 for a man; `told` is what titles and roles say."""

    told: str = ""
    named: str = ""
    surely: bool = True  # whether the first name is hardly ever the other sex's
    votes: float = 0.0

    def tell(self, gender: str) -> None:
        """A title or a role says it."""
        self.told = self.told or gender

    def name(self, gender: str, first_name: str) -> None:
        """A first name suggests it."""
        if gender and not self.named:
            self.named = gender
            self.surely = first_name not in EITHER_NAMES

    def vote(self, gender: str, weight: float = _VOTE) -> None:
        """A pronoun was read as this person."""
        sign = {"f": weight, "m": -weight}.get(gender, 0.0)
        self.votes = max(-_MOST_VOTES, min(_MOST_VOTES, self.votes + sign))

    @property
    def balance(self) -> float:
        return _sign(self.told) * HARD + _sign(self.named) * (_NAME if self.surely else _EITHER) + self.votes

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


def vote_by_pronouns(
    stream: Stream, names: Sequence[Mention], gender_of: Callable[[Mention], Gender | None]
) -> None:
    """Pronouns after the only name of a sentence, or first in the next, tell whoever bears it."""
    alone: dict[int, Mention | None] = {}
    for name in names:
        sentence = stream.sentence_of[name.first]
        alone[sentence] = None if sentence in alone else name
    for sentence, only in alone.items():
        gender = gender_of(only) if only is not None else None
        if only is None or gender is None or only.possessive or only.oblique:
            continue
        gender.vote(_pronoun_gender(stream, only.last, stream.sentences[sentence].last), _NEAR)
        following = sentence + 1
        if following in alone or following >= len(stream.sentences):
            continue
        opens = stream.sentences[following]
        same = opens.paragraph == stream.sentences[sentence].paragraph
        if same and not stream.tokens[opens.first].is_quote:  # "...," she said: of anybody
            first, last = stream.sentences[following].first, stream.sentences[following].last
            gender.vote(_pronoun_gender(stream, first, min(last, first + _OPENING)), _NEAR)


_NEAR = 0.8
_OPENING = 4  # tokens in which a sentence names its subject


def _pronoun_gender(stream: Stream, first: int, last: int) -> str:
    """ "m" or "f" if only such pronouns stand in first..last."""
    words = {stream.lower(index) for index in range(first, last)}
    male, female = words & lexicon.MALE_PRONOUNS, words & lexicon.FEMALE_PRONOUNS
    return "m" if male and not female else "f" if female and not male else ""


def _sign(gender: str) -> float:
    return 1.0 if gender == "f" else -1.0 if gender == "m" else 0.0


def told_by(words: Iterable[str]) -> str:
    """ "m" or "f" if folded title or role words tell, and all of them the same, else ""."""
    words = set(words)
    is_female = any(word in lexicon.FEMALE_ROLES or lexicon.HONORIFICS.get(word) == "f" for word in words)
    is_male = any(word in lexicon.MALE_ROLES or lexicon.HONORIFICS.get(word) == "m" for word in words)
    return "" if is_female is is_male else "f" if is_female else "m"
