"""The spaCy pipeline: marks -> mentions -> attribution, and the one cached loader."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotes.extraction.assembly.confidence import Calibration
from quotes.extraction.assembly.labelled import with_turns, without_turns
from quotes.extraction.assembly.nested import with_nested
from quotes.extraction.assembly.repeats import add_repeats
from quotes.extraction.assembly.utterances import context_span, group_utterances, quote_kind, segments
from quotes.extraction.attribution.attribute import Attribution, attribute
from quotes.extraction.attribution.candidates import SpanContext
from quotes.extraction.attribution.cases import Cases, find_cases
from quotes.extraction.attribution.decoding import Given, Ranker
from quotes.extraction.attribution.network import Network
from quotes.extraction.attribution.nonspeech import SpanType
from quotes.extraction.attribution.transcripts import label
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import Mention, MentionIndex, find_mentions
from quotes.extraction.text.garbled import Origin, restored
from quotes.extraction.text.marks import MarksResult, find_spans
from quotes.extraction.text.stream import Stream, build_stream
from quotes.extraction.tokenizer import TOKENIZER, LinearTokenizer, whole
from quotes.extraction.types import ExtractedQuote, Extraction, ResolvedSpeaker, SpeakerKind, TextSpan

MAX_LENGTH = 20_000_000  # characters of one text
MODEL = Path(__file__).parent / "model"  # the pipeline that we ship
_COMPONENTS = ("quotetracker_marks", "quotetracker_mentions", "quotetracker_attribution")
_EXTENSIONS = ("quote_marks", "quote_mentions", "quotes")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the second component leaves on the Doc."""

    stream: Stream
    index: MentionIndex


def _register() -> None:
    for name in _EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the first component leaves on the Doc; a Doc puts its text together each time it is asked.

    text     as it is read
    origin   leads back to the text as it is, where some characters of that are written as something else
    """

    text: str
    result: MarksResult
    origin: Origin | None = None


class MarksComponent:
    """Finds quoted spans on the raw text: `doc._.quote_marks`."""

    def predict(self, doc: Doc) -> Marks:
        return self.read(doc.text)

    def read(self, text: str) -> Marks:
        readable, origin = restored(text)
        return Marks(readable, find_spans(readable), origin)

    def set_annotations(self, doc: Doc, result: Marks) -> None:
        doc._.quote_marks = result

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc


class MentionsComponent:
    """Finds candidate speakers outside the quoted spans: `doc._.quote_mentions`."""

    def predict(self, doc: Doc) -> Mentions:
        return self.read(cast(Marks, doc._.quote_marks))

    def read(self, marks: Marks) -> Mentions:
        stream = build_stream(marks.text, marks.result)
        return Mentions(stream, find_mentions(stream))

    def set_annotations(self, doc: Doc, result: Mentions) -> None:
        doc._.quote_mentions = result

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc


class AttributionComponent:
    """Joins spans, mentions and people into quotes: `doc._.quotes`, an Extraction."""

    def __init__(self, network: Network, calibration: Calibration) -> None:
        self.network = network
        self.calibration = calibration

    def predict(self, doc: Doc) -> Extraction:
        return self.read(cast(Marks, doc._.quote_marks), cast(Mentions, doc._.quote_mentions))

    def read(self, marks: Marks, found: Mentions) -> Extraction:
        warnings = marks.result.warnings
        extraction = assemble(found.stream, found.index, self.network, self.calibration, warnings)
        return marks.origin.extraction(extraction) if marks.origin else extraction

    def set_annotations(self, doc: Doc, result: Extraction) -> None:
        doc._.quotes = result

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        path.mkdir(parents=True, exist_ok=True)
        (path / "network.npz").write_bytes(self.network.to_bytes())
        (path / "calibration.json").write_text(self.calibration.to_json(), encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Self:
        self.network = Network.from_bytes((path / "network.npz").read_bytes())
        self.calibration = Calibration.from_json((path / "calibration.json").read_text(encoding="utf-8"))
        return self


@Language.factory("quotetracker_marks")
def make_marks(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    _register()
    return MarksComponent()


@Language.factory("quotetracker_mentions")
def make_mentions(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    _register()
    return MentionsComponent()


@Language.factory("quotetracker_attribution")
def make_attribution(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """With the weights that we ship; a pipeline that was saved brings its own."""
    _register()
    return AttributionComponent(*shipped_weights())


@cache
def shipped_weights() -> tuple[Network, Calibration]:
    """Raises FileNotFoundError when the model folder is not there."""
    folder = MODEL / "quotetracker_attribution"
    network = Network.from_bytes((folder / "network.npz").read_bytes())
    return network, Calibration.from_json((folder / "calibration.json").read_text(encoding="utf-8"))


def new_pipeline() -> Language:
    """Our components on our tokenizer, with the shipped weights."""
    return add_components(spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}))


def add_components(nlp: Language) -> Language:
    """Our components on top of `nlp`, whatever it already does."""
    for name in _COMPONENTS:
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    nlp.max_length = max(nlp.max_length, MAX_LENGTH)
    return nlp


@cache
def load_pipeline() -> Language:
    """The pipeline of this process: ours, or on top of the one that QUOTETRACKER_SPACY_MODEL names."""
    return add_components(spacy.load(os.environ.get("QUOTETRACKER_SPACY_MODEL") or MODEL))


def extract_quotes(text: str, *, transcripts: bool = True) -> Extraction:
    """The quotes of `text` with their speakers, in order; without `transcripts` only those in marks.

    Any string will do; an empty one gives an empty Extraction. Raises ValueError for a text of more
    than MAX_LENGTH characters.
    """
    found = _extract(text)
    return found if transcripts else without_turns(found)


def _extract(text: str) -> Extraction:
    if len(text) > MAX_LENGTH:
        raise ValueError(f"the text has {len(text)} characters, more than {MAX_LENGTH}: split it")
    nlp = load_pipeline()
    if nlp.pipe_names != list(_COMPONENTS) or not isinstance(nlp.tokenizer, LinearTokenizer):
        return cast(Extraction, nlp(text)._.quotes)
    # Nobody else reads the Doc, and ours need none: making it would cost a tenth of the time.
    marks, mentions, attribution = (component for _, component in nlp.pipeline)
    found = cast(MarksComponent, marks).read(whole(text))
    return cast(AttributionComponent, attribution).read(found, cast(MentionsComponent, mentions).read(found))


def assemble(
    stream: Stream,
    mentions: MentionIndex,
    ranker: Ranker,
    calibration: Calibration,
    warnings: Sequence[str] = (),
) -> Extraction:
    """Attribute, identify and join: everything after mentions are known."""
    coreference = Coreference(stream, mentions)
    people = People(coreference)
    entities = [people.number(mention) for mention in mentions.all]
    cases = find_cases(stream, mentions, entities, ranker.vocabulary)
    given = [
        _given(people, cases, case, context, span_type)
        for case, (context, span_type) in enumerate(zip(cases.contexts, cases.span_types, strict=True))
    ]
    attributions = add_repeats(cases, coreference, attribute(cases, ranker, given))
    groups = group_utterances(stream, attributions)
    quotes = [_quote(stream, coreference, calibration, group) for group in groups]
    found = with_nested(stream, mentions, coreference, quotes)
    return Extraction(with_turns(stream, mentions, coreference, found), tuple(warnings))


def _given(
    people: "People", cases: Cases, case: int, context: SpanContext, span_type: SpanType
) -> Given | None:
    signed = cases.signers[context.span]
    speaker = label(cases.stream, context.span) or (signed.mention if signed else None)
    if speaker is not None:
        return Given(people.number(speaker))
    aside = cases.findings[case] is not None  # who is quoted in passing does not have the word
    nobody = aside or span_type is SpanType.TERM or signed is not None or context.span in cases.headings
    return Given(None) if nobody else None


class People:
    """Numbers for whom the mentions of an article stand for."""

    def __init__(self, coreference: Coreference) -> None:
        self._coreference = coreference
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, mention: Mention) -> int:
        """The same for two mentions of one person; a number of its own for one that points at nobody."""
        found = self._coreference.speaker(mention)
        key = (found[0].kind, found[0].name) if found else (str(mention.start),)
        return self._numbers.setdefault(key, len(self._numbers))


def _quote(
    stream: Stream, coreference: Coreference, calibration: Calibration, group: Sequence[Attribution]
) -> ExtractedQuote:
    first = group[0]
    parts = segments(stream, group)
    speaker, sure, reasons = _speaker(stream, coreference, first)
    confidence = calibration.confidence(first.score, sure, _certainty(coreference, first)) if speaker else 0.0
    mention = first.mention if speaker is not None else None
    cue = first.cue if mention is not None else None
    return ExtractedQuote(
        text=" ".join(part.of(stream.text) for part in parts),
        segments=parts,
        kind=quote_kind(stream, group),
        speaker=speaker,
        mention=_mention_span(stream, mention, first.partners) if mention else None,
        cue=TextSpan.at(stream.text, stream.tokens[cue[0]].start, stream.tokens[cue[1] - 1].end)
        if cue
        else None,
        confidence=round(confidence * first.doubt, 3),
        context=context_span(stream, group),
        reasons=reasons,
        rule=first.rule.value if first.rule and speaker else "",
    )


def _mention_span(stream: Stream, mention: Mention, partners: Sequence[Mention]) -> TextSpan:
    start = min([mention.start, *(partner.start for partner in partners)])
    return TextSpan.at(stream.text, start, mention.end)


def _certainty(coreference: Coreference, attribution: Attribution) -> float:
    """How sure the names are of those who speak."""
    if attribution.mention is None:
        return 1.0
    return min(coreference.certainty(m) for m in (*attribution.partners, attribution.mention))


def _speaker(
    stream: Stream, coreference: Coreference, attribution: Attribution
) -> tuple[ResolvedSpeaker | None, float, tuple[str, ...]]:
    """The person, the probability that the mention is that person, and the reasons."""
    if attribution.mention is None:
        return None, 0.0, (attribution.reason,)
    found = [coreference.speaker(m) for m in (*attribution.partners, attribution.mention)]
    known = [item for item in found if item is not None]
    if not known:
        words = attribution.mention.text(stream)
        return None, 0.0, (f"nobody found whom '{words}' could mean", attribution.reason)
    reasons = (attribution.reason, *(reason for _, _, reason in known if reason))
    sure = min(item[1] for item in known)
    if len(known) == 1:
        return known[0][0], sure, reasons
    members = tuple(item[0] for item in known)
    *others, last = [member.name for member in members]
    name = f"{', '.join(others)} and {last}"
    return ResolvedSpeaker(name, SpeakerKind.GROUP, members=members), sure, reasons
