"""Which of some quotes a subscription is about, asked for many subscriptions without asking the database.

What a question finds here is what the index of words finds: both go by `search.analysis`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from quotes.models import Quote, Subscription
from quotes.search import Question, QuestionError, read_question
from quotes.search.analysis import stem, words
from quotes.search.questions import Side, Term


class Changes:
    """Quotes by their speakers, outlets and words.

    `now` leads from speakers that were merged to who they are now.
    """

    def __init__(self, quotes: Iterable[Quote], now: Mapping[int, int]) -> None:
        self._now = now
        self._texts: dict[int, str] = {}
        self._by_speaker: defaultdict[int, set[int]] = defaultdict(set)
        self._by_source: defaultdict[int, set[int]] = defaultdict(set)
        for quote in quotes:
            self._texts[quote.pk] = quote.text
            self._by_source[quote.source_id].add(quote.pk)
            if quote.speaker_id is not None:
                self._by_speaker[quote.speaker_id].add(quote.pk)

    def followed_by(self, subscription: Subscription) -> set[int]:
        """Keys of the quotes that a subscription asks for, public or not."""
        found = set(self._texts)
        if subscription.speaker_id is not None:
            speaker = self._now.get(subscription.speaker_id, subscription.speaker_id)
            found = self._by_speaker.get(speaker, set())
        if subscription.source_id is not None:
            found = found & self._by_source.get(subscription.source_id, set())
        if subscription.q and found:
            found = found & self._asked_for(subscription.q)
        return found

    def _asked_for(self, text: str) -> set[int]:
        question = _question(text)
        if question is None:
            return set()
        return {pk for side in question.sides for pk in self._of_side(side)}

    def _of_side(self, side: Side) -> set[int]:
        found = set.intersection(*(self._with(term) for term in side.wanted))
        for term in side.excluded:
            found = found - self._with(term)
        return found

    def _with(self, term: Term) -> set[int]:
        if not term.exact:
            return self._stems.get(stem(term.words[0]), set())
        *whole, last = term.words
        begun = [word for word in self._words if word.startswith(last)] if term.is_prefix else [last]
        likely = set().union(*(self._words.get(word, set()) for word in begun))
        likely = likely.intersection(*(self._words.get(word, set()) for word in whole))
        if len(term.words) == 1:
            return likely
        return {pk for pk in likely if any(True for _ in term.found_in(self._cut[pk]))}

    @cached_property
    def _cut(self) -> dict[int, list[str]]:
        return {pk: words(text) for pk, text in self._texts.items()}

    @cached_property
    def _words(self) -> dict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for pk, cut in self._cut.items():
            for word in cut:
                found[word].add(pk)
        return dict(found)

    @cached_property
    def _stems(self) -> dict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for word, keys in self._words.items():
            found[stem(word)] |= keys
        return dict(found)


@lru_cache(maxsize=10_000)
def _question(text: str) -> Question | None:
    """What a stored question asks; None for one that no longer makes sense."""
    try:
        return read_question(text)
    except QuestionError:
        return None
