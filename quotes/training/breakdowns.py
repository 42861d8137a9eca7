"""Where extraction is good and where it is not: verdicts by mention, quote, rule, tag and article."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.english import lexicon

from .gold import GoldArticle, GoldQuote
from .names import name_words
from .scoring import Outcome, Verdict

Labels = Callable[[Verdict], Iterable[str]]

NO_SPEECH = "no speech"
NOT_IN_GOLD = "not in the gold"

_PRONOUNS = lexicon.words(
    """
    i me my mine myself we us our ours you your yours he him his himself she her hers herself it its itself
    they them their theirs who whom whose which that this these those
    """
)
_TYPES = {"organization": "organization", "document": "document", "group": "group", "unnamed": "nobody named"}
_CLOSING = "\"”’'»“`"
_SENTENCE_ENDS = re.compile(r"[a-z]{3}[.!?]\s")
_LEADS_TO_SPEECH = re.compile(r"[,:]\s*$")
_LONGEST_CLAUSE = 200  # characters between the parts of an interrupted quote


@dataclass(frozen=True, slots=True)
class Row:
    """Of `count` verdicts, how many are right in each way."""

    label: str
    count: int
    strict: int
    lenient: int
    mention: int


def breakdowns(verdicts: Sequence[Verdict]) -> dict[str, list[Row]]:
    """Every breakdown by its name, most frequent rows first; articles with the most mistakes first."""
    return {
        "mention": breakdown(verdicts, mention_labels),
        "quote": breakdown(verdicts, quote_labels),
        "rule": breakdown(verdicts, rule_labels),
        "tag": breakdown(verdicts, lambda verdict: verdict.gold.tags if verdict.gold else ()),
        "article": sorted(
            breakdown(verdicts, lambda verdict: [verdict.article.id]),
            key=lambda row: (row.strict - row.count, row.strict / row.count),
        ),
    }


def breakdown(verdicts: Iterable[Verdict], labels: Labels) -> list[Row]:
    """A row for each label, the most frequent first; what is not scored is in none."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.outcome is not Outcome.UNSURE:
            for label in labels(verdict):
                groups.setdefault(label, []).append(verdict)
    rows = [
        Row(
            label,
            len(group),
            sum(verdict.strict for verdict in group),
            sum(verdict.lenient for verdict in group),
            sum(verdict.mention for verdict in group),
        )
        for label, group in groups.items()
    ]
    return sorted(rows, key=lambda row: -row.count)


def mention_labels(verdict: Verdict) -> list[str]:
    """What the gold's mention is to its speaker; `no speech` is right when nobody is named there."""
    if verdict.gold is None:
        return [NOT_IN_GOLD]
    return [mention_kind(verdict.gold) if verdict.gold.speech else NO_SPEECH]


def mention_kind(gold: GoldQuote) -> str:
    """What the mention is: a name or a part of it, a pronoun, a role ...: by type and words."""
    mention = re.sub(r"[’']s\b", "", gold.mention)
    if mention.lower() in _PRONOUNS:
        return "pronoun"
    if "|" in gold.speaker:
        return "joint"
    if gold.type in _TYPES:
        return _TYPES[gold.type]
    name, words = set(name_words(gold.speaker)), set(name_words(mention))
    if name <= words:
        return "full name"
    if name & words:
        return "part of a name"
    # "Josie" for Josephine; but "the sheriff", "My mother".
    return "another name" if all(word[:1].isupper() for word in mention.split()) else "role or description"


def quote_labels(verdict: Verdict) -> list[str]:
    """How the words stand in the text; `single marks` beside it."""
    if verdict.gold is None or not verdict.gold.speech:
        return []
    return [quote_kind(verdict.article, verdict.gold)] + ["single marks"] * verdict.gold.single


def quote_kind(article: GoldArticle, gold: GoldQuote) -> str:
    """How a quote stands, by the text around it.

    continued    goes on from a quote that the paragraph before leaves open
    interrupted  a part of "X," she said, "Y."
    direct       begins like a sentence, and ends like one or follows a comma or a colon
    partial      words inside the reporter's sentence
    """
    ours = [quote for quote in article.quotes if quote.speaker == gold.speaker]
    at = ours.index(gold)
    before, after = ours[max(at - 1, 0) : at], ours[at + 1 : at + 2]
    if any(_goes_on(article.text, one, other) for one, other in pairwise([*before, gold])):
        return "continued"
    if any(_interrupted(article.text, one, other) for one, other in pairwise([*before, gold, *after])):
        return "interrupted"
    return "direct" if _like_a_sentence(article.text, gold) else "partial"


def _goes_on(text: str, first: GoldQuote, second: GoldQuote) -> bool:
    gap = text[first.span.end : second.span.start]
    return "\n" in gap and not gap.strip() and text[first.span.end - 1] not in _CLOSING


def _interrupted(text: str, first: GoldQuote, second: GoldQuote) -> bool:
    gap = text[first.span.end : second.span.start]
    if "\n" in gap or not 0 < len(gap) <= _LONGEST_CLAUSE or _SENTENCE_ENDS.search(gap):
        return False
    waits = _words(text, first).endswith((",", "?", "!", "—", "–", "-", "…")) or gap.startswith(",")
    return waits and gap.rstrip().endswith((",", "—", "–", "-"))


def _like_a_sentence(text: str, gold: GoldQuote) -> bool:
    words = _words(text, gold)
    if not words or words[0].islower():
        return False
    ends = words.endswith((".", ",", "!", "?", "…", "—")) or text[gold.span.end : gold.span.end + 1] == ","
    return ends or bool(_LEADS_TO_SPEECH.search(text[: gold.span.start][-4:]))


def _words(text: str, gold: GoldQuote) -> str:
    return gold.span.of(text).strip("\"“”„«»‘’'` \u00a0")


def rule_labels(verdict: Verdict) -> list[str]:
    """What decided, as the extractor says; [] where it says nothing. What is invented counts as wrong."""
    return [verdict.predicted.decided_by] if verdict.predicted and verdict.predicted.decided_by else []


def worst(verdicts: Iterable[Verdict], limit: int) -> list[Verdict]:
    """Up to `limit` of what is strictly wrong: most confident first, then nobody named, then not found."""
    wrong = [v for v in verdicts if v.outcome is not Outcome.UNSURE and not v.strict]
    return sorted(wrong, key=_confidence, reverse=True)[:limit]


def _confidence(verdict: Verdict) -> float:
    if verdict.predicted is None:
        return -2.0
    return verdict.predicted.confidence or 0.0 if verdict.predicted.attributed else -1.0


def problem(verdict: Verdict) -> str:
    """What is wrong, in a few words."""
    if verdict.outcome is Outcome.INVENTED:
        return "nobody said it" if verdict.gold else NOT_IN_GOLD
    if verdict.predicted is None:
        return "not found"
    if verdict.predicted.speaker is None:
        return "nobody named"
    return "another form of the name" if verdict.lenient else "somebody else"
