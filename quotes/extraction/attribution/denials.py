"""Words that are said not to have been said, or only might have been: “never said”, “if Lee had said”."""

from collections.abc import Iterator

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate, SpanContext
from quotes.extraction.mentions.clauses import is_noun
from quotes.extraction.mentions.finder import MentionIndex
from quotes.extraction.text.stream import Stream

_REACH = 24  # tokens between a verb and the span
_INFINITIVE = 7  # tokens between "to" and the verb that governs it: did not go so far as to say
_SUBJECT = 6  # tokens of a subject, and of "that", between the verb and "if" or "denied"
_BREAKS = lexicon.words(", ; : . ( ) — – - and but who which because when while as after before though")
_NEGATIONS = lexicon.words(
    """
    not never neither nor nobody no without didn't wouldn't don't doesn't won't hasn't haven't hadn't couldn't
    can't cannot wasn't weren't isn't aren't shouldn't
    """
)
_AVERSE = lexicon.words(  # refused to say, too proud to say, stopped short of saying
    """
    deny denies denied denying refuse refuses refused refusing decline declines declined declining avoid
    avoids avoided avoiding refrain refrains refrained refraining short fail fails failed failing unable
    unwilling reluctant loath too yet balked baulked instead rather
    """
)
_NOT = _NEGATIONS | _AVERSE
_SAID_ALL_THE_SAME = lexicon.words(  # did not hesitate to say, not only said, could only say
    """
    only just merely simply hesitate hesitated stop stopped stopping help tire tired tiring shy shied cease
    ceased resist miss missed long forget afraid ashamed embarrassed first last alone
    """
)
_MIGHT = frozenset({"should", "could", "might", "must", "may", "ought"})
_DENIES = lexicon.words("deny denies denied denying untrue")
_TIMES = frozenset({"time", "point", "stage"})
_FALSELY = lexicon.words("falsely wrongly mistakenly erroneously inaccurately incorrectly")
_WITNESSES = lexicon.words("true evidence proof hear heard recall recalls recalled remember remembers saw")
_CLAIMS = lexicon.OUTCRIES | lexicon.words("report reports claim suggestion allegation accusation rumour")
_REJECTS = _DENIES | lexicon.words(
    """
    reject rejects rejected rejecting dismiss dismisses dismissed dismissing dispute disputes disputed
    disputing refute refuted off contrary despite
    """
)
_SUPPOSES = lexicon.words("if unless whether wish wishes wished")
_LIGHT = (
    lexicon.AUXILIARIES
    | _MIGHT
    | _NEGATIONS
    | lexicon.words(
        "also then later once just still even again now often always soon ever only simply merely"
    )
)
_GOVERN_GERUNDS = _DENIES | lexicon.words("avoid avoids avoided avoiding stopped without not never")
_ASKS = frozenset({"did", "does", "do"})
_INVERTS = _ASKS | frozenset({"had", "would", "could", "should", "will", "has", "have", "is", "are"})
_WORDS = lexicon.words("word words term terms phrase phrases expression label language")
_USES = lexicon.words("use uses used using utter utters uttered uttering")
_UTTERS = lexicon.words(
    """
    say says said saying tell tells told telling write writes wrote written writing tweet tweeted tweeting
    claim claims claimed claiming admit admits admitted admitting suggest suggests suggested suggesting
    announce announced declare declared state stated stating confirm confirmed confirming promise promised
    call calls called calling label labeled labelled labeling labelling brand branded branding dub dubbed
    dubbing describe describes described describing term termed terming refer refers referred referring
    mention mentions mentioned mentioning
    """
)


def is_denied(stream: Stream, mentions: MentionIndex, context: SpanContext, candidate: Candidate) -> bool:
    """Whether the verb that governs the span is denied, asked or supposed; or it is another who said it."""
    if _is_another(stream, mentions, candidate) or _is_in_question(stream, candidate):
        return True
    first = stream.sentences[context.sentence].first
    return any(_is_unsaid(stream, mentions, verb, first) for verb in _verbs(stream, context, candidate))


def _is_another(stream: Stream, mentions: MentionIndex, candidate: Candidate) -> bool:
    """Not Lee said; neither Ek nor Lee would say; Lee, not Ek, who said; it was not Lee who said."""
    mention = candidate.mention
    before = mention.begin - 1
    whose = mentions.ending_at(before + 1) if mention.name == "who" else None
    if "not" in (stream.lower(before), stream.lower(whose.begin - 1) if whose is not None else ""):
        return True
    if stream.lower(before) in ("nor", "neither"):
        return True
    return mention.name == "who" and any(
        stream.lower(index) == "not" and stream.lower(index - 1) == "," for index in range(before - 6, before)
    )


def _is_in_question(stream: Stream, candidate: Candidate) -> bool:
    """Did Lee say "..."? Had Lee said "...", he would be gone."""
    mention, cue = candidate.mention, candidate.cue
    if cue is None or not 0 <= cue[0] - mention.last <= 1:
        return False
    before = mention.begin - 1
    opens = before == stream.sentences[stream.sentence_of[mention.first]].first
    return stream.lower(before) in _ASKS or (opens and stream.lower(before) in _INVERTS)


def _verbs(stream: Stream, context: SpanContext, candidate: Candidate) -> Iterator[int]:
    cue = candidate.cue
    if cue is not None and cue[0] >= candidate.mention.last and candidate.lemma != "continue":
        parted = any(stream.lower(index) in _BREAKS for index in range(cue[1], context.token - 1))
        if not parted:  # declined to comment, then said
            yield cue[0]
    if cue is None or cue[0] < context.token:
        found = uttering(stream, context, -1)
        if found is None and cue is None:
            found = uttering(stream, context, 1)
        if found is not None:
            yield found


def uttering(stream: Stream, context: SpanContext, step: int) -> int | None:
    """The nearest verb on one side (-1, 1) of the span that says, calls, or uses a word, in its sentence."""
    sentence, token = stream.sentences[context.sentence], context.token
    for index in range(token + step, token + step * _REACH, step):
        if not sentence.first <= index < sentence.last or stream.tokens[index].is_quote:
            return None
        word = stream.lower(index)
        if word in _BREAKS and (step > 0 or index < token - 1):
            return None
        if word in _UTTERS and not (word in lexicon.NOUN_LIKE and is_noun(stream, sentence, index)):
            return index
        if word in _USES and any(stream.lower(i) in _WORDS for i in range(*sorted((index, token)))):
            return index
    return None


def _is_unsaid(stream: Stream, mentions: MentionIndex, verb: int, first: int) -> bool:
    """By the words that go with the verb, read leftwards, and by what its clause hangs on."""
    group, index = _group(stream, mentions, verb, first)
    if not _SAID_ALL_THE_SAME.isdisjoint(group) and not (_NOT | _MIGHT).isdisjoint(group):
        return False
    if sum(word in _NOT for word in group) % 2:
        return True
    if not _MIGHT.isdisjoint(group) or {"would", "have"} <= set(group):
        return True
    if stream.lower(verb).endswith("ing"):
        return _is_misquoted(stream, verb)
    return _hangs_on_doubt(stream, index, first)


def _is_misquoted(stream: Stream, verb: int) -> bool:
    """ "wrongly quoted as saying", "misquoted as saying"."""
    if stream.lower(verb - 1) != "as":
        return False
    return stream.lower(verb - 2).startswith("misq") or stream.lower(verb - 3) in _FALSELY


def _group(stream: Stream, mentions: MentionIndex, verb: int, first: int) -> tuple[list[str], int]:
    """The words of the verb's group, and the token where its subject ends."""
    found: list[str] = []
    gerund = stream.lower(verb).endswith("ing")
    index = verb - 1
    while index >= first:
        word = stream.lower(index)
        governs = gerund and word in _GOVERN_GERUNDS
        if word == "to":
            index = _governor(stream, mentions, index, first, found)
            continue
        if gerund and word in ("of", "from", "than"):
            found.append("refrain" if stream.lower(index - 1) == "back" else stream.lower(index - 1))
            index -= 3 if stream.lower(index - 2).startswith("stop") else 2  # stopped short of saying
            continue
        if word in _TIMES and stream.lower(index - 1) == "no":  # at no time said
            found.append("no")
            break
        light = word in _LIGHT or word.endswith("ly")
        if not governs and (not light or stream.tokens[index].is_capital):
            break
        found.append(word)
        index -= 1
    return found, index


def _governor(stream: Stream, mentions: MentionIndex, to: int, first: int, found: list[str]) -> int:
    """Adds the words between the subject and "to": refused to say, did not go so far as to say."""
    index = to - 1
    while index >= max(first, to - _INFINITIVE):
        word = stream.lower(index)
        stops = word in _BREAKS and word != "as"
        if stops or stream.tokens[index].is_quote or mentions.ending_at(index + 1) is not None:
            break
        found.append(word)
        index -= 1
    return index


def _hangs_on_doubt(stream: Stream, index: int, first: int) -> bool:
    """ "If Lee said", "asked whether Lee said", "denied that Lee said", "it is not true that Lee said"."""
    for position in range(index, max(first, index - _SUBJECT) - 1, -1):
        word = stream.lower(position)
        if word in _SUPPOSES or word in _DENIES:
            return True
        if word in _WITNESSES:
            return any(stream.lower(i) in _NOT for i in range(position - 3, position))
        if word in _FALSELY:
            return True
        if word in _CLAIMS:
            return any(stream.lower(i) in _REJECTS for i in range(position - 3, position))
        known = word in lexicon.CUE_VERBS and stream.lower(position - 1) not in _FALSELY
        if word in _BREAKS or word == "what" or known or stream.tokens[position].is_quote:
            return False
    return False
