"""Words that reach somebody: a letter that reads “...”, shouts of “...”, accusations of being “...”.

Who gets, hears or faces them did not say them; whoever wrote the message did, where it says from whom it is.
"""

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate, Clauses, Rule, SpanContext
from quotes.extraction.attribution.finding import Finding
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Sentence, Stream
from quotes.extraction.types import SpeakerKind

_REACH = 14  # tokens between the noun and the span
_VERB_REACH = 6  # tokens between a verb and its object
_BACK = 80  # tokens from "the e-mail" back to "an e-mail from Lee"
_READS = lexicon.words("read reads reading said says saying stated states stating declared warned warning")
_LINKS = lexicon.words("that which : , it")
_GIVEN = lexicon.words("sent handed shown given")
_SENT = lexicon.words("sent wrote written posted texted left")
_SENT_REACH = 5  # tokens from the verb to the span
_PARTS = frozenset({".", ";", "and", "but", "who", "while", "because"})
_AMID = lexicon.words("to amid amidst over despite against")


def message(clauses: Clauses, context: SpanContext) -> Finding | None:
    """Whose words a message or a shout before the span brings; None where neither stands before it."""
    stream = clauses.stream
    sentence = stream.sentences[context.sentence]
    for index in range(context.token - 1, max(sentence.first, context.token - _REACH) - 1, -1):
        word = stream.lower(index)
        if word in lexicon.MESSAGE_NOUNS:
            return _of_message(clauses, context, sentence, index)
        if word in lexicon.OUTCRIES:
            return _of_outcry(clauses, context, sentence, index)
        if word in _PARTS or stream.tokens[index].is_quote:
            return None
    return None


def _of_message(clauses: Clauses, context: SpanContext, sentence: Sentence, noun: int) -> Finding | None:
    stream, token = clauses.stream, context.token
    sender = _sent_by(clauses, noun, token)
    if sender is not None:
        return _from(sender, None, stream.lower(noun))
    author = _author(clauses, noun, token)
    first = noun + 1 if author is None else max(author.last, noun + 1)
    cue = next((index for index in range(first, token) if stream.lower(index) in _READS), None)
    verb = _verb_before(stream, sentence, noun)
    if not _leads(clauses, first, token, cue):
        return None
    if author is not None and (cue is not None or verb in lexicon.RECEIVES | lexicon.RELAYS):
        return _from(author, cue, stream.lower(noun))
    if author is None and verb in lexicon.RECEIVES:
        return Finding(None, f"the {stream.lower(noun)} says it, and not from whom it is")
    return None


def _author(clauses: Clauses, noun: int, token: int) -> Mention | None:
    """The X of "a letter from X" and of "X's letter"."""
    stream, mentions = clauses.stream, clauses.mentions
    if stream.lower(noun + 1) == "from":
        found = _first_named(mentions, noun + 2, min(token, noun + 8))
        return found if found is not None and found.begin <= noun + 4 else None
    if stream.lower(noun - 1) in ("'s", "'"):
        return mentions.ending_at(noun - 1)
    return None


def _sent_by(clauses: Clauses, noun: int, token: int) -> Mention | None:
    """The X of "a message (that) X had sent her:"."""
    stream = clauses.stream
    first = noun + 1 + (stream.lower(noun + 1) in ("that", "which"))
    found = clauses.mentions.at(first)
    if found is None or stream.lower(token - 1) != ":":
        return None
    verb = found.last + (stream.lower(found.last) in ("had", "has"))
    return found if stream.lower(verb) in _SENT and token - verb <= _SENT_REACH else None


def _first_named(mentions: MentionIndex, first: int, last: int) -> Mention | None:
    """The first mention, or the name within "an e-mail from Lee", that starts in first..last."""
    return next(iter((*mentions.between(first, last), *mentions.inside_between(first, last))), None)


def _leads(clauses: Clauses, first: int, token: int, cue: int | None) -> bool:
    """Whether nothing but "that read:" stands between the message and the span, or where it was found."""
    stream = clauses.stream
    if cue is None:
        return first == token - 1 and stream.lower(first) == ":"
    if stream.lower(cue).endswith("ing") and stream.lower(cue - 1) == ",":
        return False  # replied to a letter from Lee, saying
    close = all(stream.lower(index) in _LINKS for index in range(cue + 1, token))
    between = range(first, cue)
    acts = any(stream.lower(index) in _PARTS or stream.lower(index) in lexicon.CUE_VERBS for index in between)
    subject = any(not each.oblique for each in clauses.mentions.between(first, cue) if each.name != "which")
    return close and not acts and not subject


def _verb_before(stream: Stream, sentence: Sentence, noun: int) -> str:
    """The verb that the noun is the object of, if it tells who gets something or passes it on."""
    for index in range(noun - 1, max(sentence.first, noun - _VERB_REACH) - 1, -1):
        word = stream.lower(index)
        if word in _GIVEN and stream.lower(index - 1) in lexicon.BE_FORMS:
            return "received"
        if word in lexicon.RECEIVES or word in lexicon.RELAYS or word in lexicon.FACES:
            return word
        if word in _PARTS or stream.tokens[index].is_quote:
            return ""
    return ""


def _from(author: Mention, cue: int | None, noun: str) -> Finding:
    rule = Rule.LEAD_IN if cue is None else Rule.BEFORE
    place = None if cue is None else (cue, cue + 1)
    return Finding(Candidate(rule, author, place, CueKind.SAY), f"the {noun} that says it is from them")


def _of_outcry(clauses: Clauses, context: SpanContext, sentence: Sentence, noun: int) -> Finding | None:
    """ "left to chants of "..."", "faced accusations of being "...""; not "dismissed calls as "..."" """
    stream, token = clauses.stream, context.token
    gap = [stream.lower(index) for index in range(noun + 1, token)]
    if not gap or gap[0] not in ("of", "that", "she", "he", "they", "it") or "as" in gap:
        return None
    if any(word in lexicon.CUE_VERBS or word in _PARTS for word in gap):
        return None
    before = stream.lower(noun - 1)
    received = before in _AMID or _verb_before(stream, sentence, noun) in lexicon.FACES | lexicon.RECEIVES
    if not received:
        return None
    crowd = (
        clauses.mentions.between(token + 2, token + 5) if stream.lower(token + 1) in ("from", "by") else ()
    )
    named = next((mention for mention in crowd if mention.speaker_kind is not SpeakerKind.DOCUMENT), None)
    if named is None:
        return Finding(None, f"{stream.lower(noun)} that somebody hears, and not said whose")
    cue = (noun, noun + 1)
    return Finding(Candidate(Rule.BEFORE, named, cue, CueKind.ACT), f"{stream.lower(noun)} from them")


def author_of(stream: Stream, mentions: MentionIndex, document: Mention) -> Mention | None:
    """Who wrote "the e-mail": the Lee of "an e-mail from Lee", "Lee's e-mail", "Lee sent an e-mail"."""
    if document.kind is not MentionKind.ROLE or document.speaker_kind is not SpeakerKind.DOCUMENT:
        return None
    for named in mentions.inside_between(document.first + 1, document.last):
        if stream.lower(named.begin - 1) == "from":
            return named
    noun = stream.lower(document.last - 1)
    if noun not in lexicon.MESSAGE_NOUNS or stream.lower(document.first) not in ("the", noun):
        return None
    for index in range(document.first - 2, max(0, document.first - _BACK), -1):
        if stream.lower(index) == noun:
            return _sender(stream, mentions, index)
        if stream.lower(index) == f"{noun}ed":
            return mentions.ending_at(index)
    return None


def _sender(stream: Stream, mentions: MentionIndex, noun: int) -> Mention | None:
    if stream.lower(noun + 1) == "from":
        return _first_named(mentions, noun + 2, noun + 5)
    if stream.lower(noun - 1) in ("'s", "'"):
        return mentions.ending_at(noun - 1)
    for index in range(noun - 1, max(0, noun - _VERB_REACH), -1):
        if stream.lower(index) in _SENT:
            found = mentions.ending_at(index)
            return found if found is not None and not found.oblique else None
    return None
