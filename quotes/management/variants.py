"""Quotes of our own articles as outlets would print them, and what is like them but another utterance.

Seeded: the same variants each time. They are stored in an empty database and grouped as quotes are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, product
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import numpy as np

from quotes.management.loading import copy_rows, settle
from quotes.management.same_words import share
from quotes.models import Article, ArticleRevision, Quote, Source, Speaker, Wording
from quotes.services.same_words import ask_to_group, group_waiting
from quotes.training.gold import read_gold

_GOLD = ("training", "tuning", "unseen")
_FEWEST_WORDS = 9  # of a quote that variants are made of
_MOST_BASES = 400
_FEWEST_LEFT = 5
_SEED = 2026
_OUTLETS = 40
_DAYS = 5
_BEGIN = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)

T = TypeVar("T")


class _Dice:
    """Chance that falls the same way each time."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def random(self) -> float:
        return float(self._random.random())

    def uniform(self, least: float, most: float) -> float:
        return float(self._random.uniform(least, most))

    def randint(self, least: int, most: int) -> int:
        return int(self._random.integers(least, most + 1))

    def choice(self, some: Sequence[T]) -> T:
        return some[int(self._random.integers(len(some)))]

    def sample(self, some: Sequence[T], count: int) -> list[T]:
        return [some[at] for at in self._random.permutation(len(some))[:count].tolist()]


Mutation = Callable[[list[str], _Dice], "list[str] | None"]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote to be stored: whose utterance it is, by a number, and of which kind it is."""

    text: str
    speaker: int  # 0: nobody
    outlet: int
    dated_at: datetime
    utterance: int = 0
    kind: str = ""


def _trimmed_start(words: list[str], dice: _Dice) -> list[str]:
    return words[dice.randint(1, max(1, len(words) - 6)) :]


def _trimmed_end(words: list[str], dice: _Dice) -> list[str]:
    return words[: -dice.randint(1, max(1, len(words) - 6))]


def _part(words: list[str], dice: _Dice) -> list[str]:
    size = dice.randint(5, len(words) - 3)
    start = dice.randint(0, len(words) - size)
    return words[start : start + size]


def _one_word_changed(words: list[str], dice: _Dice) -> list[str] | None:
    places = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 3]
    if not places:
        return None
    at = dice.choice(places)
    return [*words[:at], dice.choice(("simply", "certainly", "matter", "moment")), *words[at + 1 :]]


def _one_word_left_out(words: list[str], dice: _Dice) -> list[str] | None:
    places = [at for at, word in enumerate(words) if at and word.lower() not in _TELL and word.isalpha()]
    if not places:
        return None
    at = dice.choice(places)
    return [*words[:at], *words[at + 1 :]]


def _slip(words: list[str], dice: _Dice) -> list[str] | None:
    places = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 5]
    if not places:
        return None
    at = dice.choice(places)
    letter = dice.randint(1, len(words[at]) - 2)
    return [*words[:at], words[at][:letter] + words[at][letter + 1 :], *words[at + 1 :]]


def _ellipsis(words: list[str], dice: _Dice) -> list[str] | None:
    if len(words) < 14:
        return None
    cut = dice.randint(2, len(words) - 11)
    start = dice.randint(5, len(words) - cut - 5)
    return [*words[:start], dice.choice(("…", "...", ". . .")), *words[start + cut :]]


def _bracketed(words: list[str], dice: _Dice) -> list[str]:
    at = dice.randint(1, len(words) - 1)
    return [*words[:at], dice.choice(("[sic]", "[the board]", "[last year]")), *words[at:]]


def _pronoun_explained(words: list[str], dice: _Dice) -> list[str] | None:
    places = [at for at, word in enumerate(words) if word.lower() in {"he", "she", "it", "they", "we"}]
    if not places:
        return None
    at = dice.choice(places)
    return [*words[:at], "[the minister]", *words[at + 1 :]]


def _spelled(words: list[str], dice: _Dice) -> list[str] | None:
    changed = [_OTHER_SPELLINGS.get(word, word) for word in words]
    return changed if changed != words else None


def _marks(words: list[str], dice: _Dice) -> list[str]:
    text = " ".join(words).replace("’", "'").replace("—", "-").replace(", ", " ")
    return text.upper().split() if dice.random() < 0.2 else text.rstrip(".").split()


def _same(words: list[str], dice: _Dice) -> list[str]:
    return words


_TELL = {"not", "no", "never", "nothing", "without", "nor", "none", "nobody"}
_OTHER_SPELLINGS = {
    "don’t": "do not", "can’t": "cannot", "won’t": "will not", "it’s": "it is", "It’s": "It is",
    "I’m": "I am", "we’re": "we are", "We’re": "We are", "didn’t": "did not", "isn’t": "is not",
    "that’s": "that is", "That’s": "That is", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "ten": "10", "twelve": "12", "twenty": "20", "colour": "color", "harbour": "harbor", "centre": "center",
    "neighbours": "neighbors", "favour": "favor", "labour": "labor", "honour": "honor", "metres": "meters",
    "organise": "organize", "realise": "realize", "programme": "program", "I’ve": "I have",
    "we’ve": "we have", "We’ve": "We have", "they’re": "they are", "wasn’t": "was not", "percent": "per cent",
    "you’re": "you are", "doesn’t": "does not", "couldn’t": "could not", "there’s": "there is", "&": "and",
}  # fmt: skip
_SAME = "the very same"
_MUTATIONS: dict[str, Mutation] = {
    _SAME: _same,
    "trimmed at its beginning": _trimmed_start,
    "trimmed at its end": _trimmed_end,
    "a part of five words or more": _part,
    "one word changed": _one_word_changed,
    "one word left out": _one_word_left_out,
    "a slip": _slip,
    "cut, with an ellipsis": _ellipsis,
    "with an outlet's brackets": _bracketed,
    "a pronoun explained in brackets": _pronoun_explained,
    "spelled otherwise": _spelled,
    "other marks and case": _marks,
}
_OTHER_SPEAKER, _NOBODY = "given to somebody else", "given to nobody"
_CONTRARY = "a negation added or dropped"
_NUMBERS, _SLOGAN, _YEARS = "other numbers", "a slogan of several", "a short phrase years later"
_TEMPLATES = (
    "Our sales were up {} per cent on the year and the board is pleased with all of it",
    "We have lost {} jobs in this town since the mill closed and nobody has said a word",
    "There were {} people on the ferry that night and every one of them could swim",
    "It will cost {} million to mend the pier and we do not have it",
)
_GOODS = (
    "bread", "milk", "water", "coal", "flour", "butter", "eggs", "fares", "rents", "stamps", "books", "ice",
    "timber", "slates", "nails", "paint", "rope", "lamps", "oil", "salt", "wool", "boots", "coats", "tickets",
    "meals", "seeds", "hay", "fish", "apples", "honey", "tea", "coffee", "sugar", "paper", "ink", "wine",
)  # fmt: skip
_SLOGANS = ("Bring back our harbour", "Enough is enough", "The time for change is now", "Not in our name")


def variants() -> list[Said]:
    """Over two thousand quotes, each of an utterance, in the order in which they come."""
    dice = _Dice(_SEED)
    utterances = count(1)
    said = [*_printed(dice, utterances), *_alike(dice, utterances)]
    return dice.sample(said, len(said))


def _printed(dice: _Dice, utterances: Iterator[int]) -> Iterator[Said]:
    """Quotes as several outlets print them, and what somebody else says to the contrary."""
    for speaker, words in _bases():
        utterance, day = next(utterances), dice.uniform(0, 300)
        for kind in (_SAME, *dice.sample(sorted(_MUTATIONS), 6)):
            changed = _MUTATIONS[kind](words, dice)
            if changed is not None and len(changed) >= _FEWEST_LEFT:
                yield _said(" ".join(changed), speaker, day, dice, utterance, kind)
        text = " ".join(words)
        if dice.random() < 0.5:
            kind = dice.choice((_OTHER_SPEAKER, _NOBODY))
            yield _said(text, 0 if kind == _NOBODY else speaker + 1, day, dice, utterance, kind)
        if " not " in text:
            text = text.replace(" not ", " ", 1)
            yield _said(text, speaker + 7, day, dice, next(utterances), _CONTRARY)


def _alike(dice: _Dice, utterances: Iterator[int]) -> Iterator[Said]:
    """What is said in the same words, or nearly, on other occasions."""
    for template, number in product(_TEMPLATES, range(3, 53)):
        text, utterance = template.format(number), next(utterances)
        yield _said(text, number, 10.0, dice, utterance, _NUMBERS)
        yield _said(text.replace(" and ", ", and "), number, 10.0, dice, utterance, _NUMBERS)
    for slogan, speaker in product(_SLOGANS, range(500, 520)):
        yield _said(slogan, speaker, dice.uniform(0, 300), dice, next(utterances), _SLOGAN)
    for speaker, year in product(range(600, 600 + len(_GOODS)), range(3)):
        text = f"We will not raise the price of {_GOODS[speaker % len(_GOODS)]}"
        yield _said(text, speaker, 365.0 * year, dice, next(utterances), _YEARS)


def _said(text: str, speaker: int, day: float, dice: _Dice, utterance: int, kind: str) -> Said:
    dated_at = _BEGIN + timedelta(days=day + dice.uniform(0, 1))
    return Said(text, speaker, dice.randint(0, _OUTLETS - 1), dated_at, utterance, kind)


def _bases() -> list[tuple[int, list[str]]]:
    """Quotes of our articles, each with its speaker by a number that is no other's next one."""
    articles = [one for name in _GOLD for one in read_gold(Path(f"fixtures/gold/{name}.jsonl"), [])]
    found: list[tuple[int, list[str]]] = []
    known: set[tuple[str, ...]] = set()  # an article may quote the same words twice
    for number, article in enumerate(articles, start=1):
        for quote in article.quotes:
            words = quote.span.of(article.text).strip("“”\"‘’' ").split()
            runs = {tuple(words[at : at + _FEWEST_LEFT]) for at in range(len(words) - _FEWEST_LEFT + 1)}
            if quote.speech and len(words) >= _FEWEST_WORDS and not runs & known:
                found.append((1000 + 10 * number, words))
            known |= runs
    return found[:_MOST_BASES]


def store_said(said: Sequence[Said], *, first: int = 1) -> None:
    """Put quotes into an empty database, each in an article of its own, their keys from `first` on.

    Outlets and speakers are there once for all that follow: see `store_people`.
    """
    numbered = list(enumerate(said, start=first))
    copy_rows(
        "quotes_article",
        "id, public_id, source_id, canonical_url, published_at, status, extractor_version, last_error, "
        "created_at, updated_at",
        (
            (
                n, _uuid(1, n), 1 + one.outlet, f"https://outlet{one.outlet}.example/{n}", one.dated_at,
                "extracted", "variants", "", one.dated_at, one.dated_at,
            )
            for n, one in numbered
        ),
    )  # fmt: skip
    copy_rows(
        "quotes_articlerevision",
        "id, article_id, number, title, byline, language, text, content_hash, fetched_at",
        (
            (n, n, 1, f"Story {n}", "", "en", "Not looked at.", f"{n:064x}", one.dated_at)
            for n, one in numbered
        ),
    )
    copy_rows(
        "quotes_quote",
        "id, public_id, revision_id, speaker_id, source_id, text, folded, kind, "
        'segments, start, "end", mention_text, cue_text, context, context_start, fragment, '
        "confidence, extractor_version, review_status, dated_at, created_at, updated_at",
        (
            (
                n, _uuid(2, n), n, one.speaker or None, 1 + one.outlet, one.text, one.text.lower(), "direct",
                f"[[1, {1 + len(one.text)}]]", 1, 1 + len(one.text), "", "", one.text, 0, "",
                0.95 if one.speaker else 0.0, "variants", "unreviewed", one.dated_at, one.dated_at,
                one.dated_at,
            )
            for n, one in numbered
        ),
    )  # fmt: skip
    settle(Article, ArticleRevision, Quote)


def store_people(speakers: int, outlets: int = _OUTLETS) -> None:
    """Speakers and outlets of the numbers from 1 on; no two people have a name in common."""
    copy_rows(
        "quotes_source",
        "id, name, slug, homepage, created_at",
        ((n, f"Outlet {n}", f"outlet-{n}", "", _BEGIN) for n in range(1, outlets + 1)),
    )
    copy_rows(
        "quotes_speaker",
        "id, public_id, name, slug, kind, description, created_at, updated_at",
        (
            (n, _uuid(3, n), f"First{n} Last{n}", f"speaker-{n}", "person", "", _BEGIN, _BEGIN)
            for n in range(1, speakers + 1)
        ),
    )
    settle(Source, Speaker)


def describe_variants(errors: int) -> Iterator[str]:
    """What `evaluate --same-words` prints of variants: pairs of quotes, grouped as quotes are."""
    said = variants()
    store_people(max(one.speaker for one in said))
    store_said(said)
    ask_to_group(quotes=range(1, len(said) + 1))
    while group_waiting():
        pass
    group_of: dict[int, int] = dict(Wording.objects.values_list("quote_id", "same_words_id"))
    found = [group_of.get(n, -n) for n in range(1, len(said) + 1)]
    right, same, taken = (
        _pairs(zip(found, (one.utterance for one in said), strict=True)),
        _pairs(one.utterance for one in said),
        _pairs(found),
    )
    yield f"{len(said)} variants: {same} pairs are the same, {taken} are taken for it, {right} rightly"
    yield f"  pairwise precision {share(right, taken)}, recall {share(right, same)}"
    yield f"  {'kind':<36}{'quotes':>8}{'with its own':>14}{'with others':>13}"
    own, others, mistakes = _by_kind(said, found)
    for kind, quotes in sorted(Counter(one.kind for one in said).items()):
        yield f"  {kind:<36}{quotes:>8}{own[kind]:>14}{others[kind]:>13}"
    yield from mistakes[:errors]


def _pairs(values: Iterable[object]) -> int:
    """How many pairs of equal ones there are."""
    return sum(equal * (equal - 1) // 2 for equal in Counter(values).values())


def _by_kind(said: Sequence[Said], found: Sequence[int]) -> tuple[Counter[str], Counter[str], list[str]]:
    """Of each kind how many are with most of their utterance, and how many with any of another."""
    members: defaultdict[int, list[Said]] = defaultdict(list)
    where: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for one, group in zip(said, found, strict=True):
        members[group].append(one)
        where[one.utterance][group] += 1
    own: Counter[str] = Counter()
    others: Counter[str] = Counter()
    mistakes = []
    for one, group in zip(said, found, strict=True):
        home = where[one.utterance].most_common(1)[0][0]
        own[one.kind] += group == home
        strangers = [other for other in members[group] if other.utterance != one.utterance]
        others[one.kind] += bool(strangers)
        if group != home:
            mistakes.append(f"missed, {one.kind}: {one.text}")
        elif strangers:
            mistakes.append(f"with another, {one.kind}: {one.text}\n    {strangers[0].text}")
    return own, others, mistakes


def _uuid(kind: int, number: int) -> UUID:
    return UUID(f"{kind:08x}-0000-4000-8000-{number:012x}")
