"""Who speaks which words, by construction of the text."""

import pytest

from quotes.extraction import QuoteKind, extract_quotes

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "“We sail,” Ann Lee said.",
        "“We sail,” said Ann Lee, a skipper from Hull.",
        "“We sail,” skipper Ann Lee told reporters on Friday.",
        "“We sail,” said Harbour master Ann Lee, who owns two boats.",
        "“We sail,” said the skipper's sister, Ann Lee.",
        "“Do we sail?” asked Ann Lee.",
        "Ann Lee, who owns two boats, said: “We sail.”",
        "Ann Lee told the BBC that “we sail” at dawn.",
        "“We sail,” according to Ann Lee.",
        "According to Ann Lee, the crew is ready and “we sail” at dawn.",
        "Ann Lee: “We sail.”",
        "“We sail” - Ann Lee",
        "“We sail.” ― Ann Lee, skipper",
        "“We sail” — Ann Lee, Tom Field's agent.",
        "The crew was asked.\n\n“We sail.” - Professor Ann Lee, University of Hull",
        "Ann Lee wrote on Twitter: “We sail.”",
        "Tom Field recalled Ann Lee telling him that “we sail” at dawn.",
        "Tom Field quoted Ann Lee as saying that “we sail” at dawn.",
        "The order was described by Ann Lee as “we sail”.",
        "Ann Lee took the stage on Friday and said: “We sail.”",
        "Ann Lee defended the crew, saying the weather meant “we sail” at dawn.",
        "“Now,” Ann Lee said. “We sail.”",
        "Ann Lee was blunt about the plan:\n\n“We sail.”",
        "“ANN LEE: We sail.”",
        "The crew, Ann Lee said, would hear that “we sail”.",
        "The weather is calm and so “we sail” at dawn, Ann Lee said.",
        "Ann Lee: crew will hear that ‘we sail’ at dawn",
        "“We sail,” said HBC host Ann Lee.",
        "Footage of Ann Lee saying “we sail” was shown.",
        "Ann Lee’s claim that “we sail” was false.",
    ],
)
def test_constructions_that_name_the_speaker(speaker: Speaker, text: str) -> None:
    name = speaker(text, "ail")
    assert name == "Ann Lee"


@pytest.mark.parametrize(
    "text",
    [
        "“We sail,” Ann Lee and Bo Ek said.",
        "“We sail,” said Ann Lee and Bo Ek.",
        "Ann Lee and Bo Ek said: “We sail.”",
    ],
)
def test_two_who_speak_together_are_both_named(find: Find, text: str) -> None:
    speaker = find(text, "We sail").speaker
    assert speaker is not None
    assert [member.name for member in speaker.members] == ["Ann Lee", "Bo Ek"]


def test_three_who_speak_together_are_all_named(find: Find) -> None:
    speaker = find("Tom Smith, Ann Lee and Bo Ek said: “We sail.”", "We sail").speaker
    assert speaker is not None
    assert speaker.name == "Tom Smith, Ann Lee and Bo Ek"
    assert len(speaker.members) == 3


@pytest.mark.parametrize(
    "text",
    [
        "The clubs of Goole and Hull said: “We sail.”",
        "Ann Lee held up a sign that said “we sail”.",
        "Ann Lee, whose crew had described it as “we sail” talk, left.",
    ],
)
def test_where_somebody_else_may_speak_it_is_a_guess(find: Find, text: str) -> None:
    assert find(text, "e sail").confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee never said “we sail”.",
        "Neither Bo Ek nor Ann Lee would say “we sail”.",
        "Did Ann Lee say “we sail”? Nobody knows.",
        "It was Bo Ek, not Ann Lee, who said “we sail”.",
    ],
)
def test_what_is_denied_or_asked_is_not_published(find: Find, text: str) -> None:
    assert find(text, "we sail").confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Answering Bo Ek, who had called it “a fraud”, Ann Lee said: “We sail.”",
        "Rejecting claims by Bo Ek that it was “a fraud”, Ann Lee said it was “good news” for Hull.",
    ],
)
def test_who_answers_is_not_given_the_words_of_the_other(speaker: Speaker, text: str) -> None:
    assert speaker(text, "a fraud") != "Ann Lee"


def test_who_holds_a_copy_of_a_report_is_not_surely_its_voice(find: Find) -> None:
    text = "The report called the pier “very poor”, according to a copy obtained by the Hull Gazette."
    quote = find(text, "very poor")
    assert quote.speaker is None or quote.speaker.name != "Hull Gazette" or quote.confidence < 0.5


def test_the_cue_is_reported(find: Find) -> None:
    cue = find("“We sail,” Ann Lee said.", "We sail").cue
    assert cue is not None
    assert cue.text == "said"
    assert find("“We sail.” - Ann Lee", "We sail").cue is None


def test_verbs_in_a_row_share_their_subject(speaker: Speaker) -> None:
    text = "“The port has grown,” Mr Tan said, adding that he was “a bit envious” of its “very long quay”."
    assert [q.speaker.name if q.speaker else "" for q in extract_quotes(text).quotes] == ["Tan"] * 3


def test_one_utterance_around_its_attribution_has_two_segments(find: Find) -> None:
    quote = find("“The lock,” Ann Lee said, “never closed.”", "lock")
    assert quote.text == "The lock, never closed."
    assert len(quote.segments) == 2


def test_a_full_stop_after_the_attribution_parts_two_quotes() -> None:
    quotes = extract_quotes("“The lock broke,” Ann Lee said. “It never closed.”").quotes
    assert [quote.text for quote in quotes] == ["The lock broke", "It never closed."]
    assert {quote.speaker.name for quote in quotes if quote.speaker} == {"Ann Lee"}


def test_a_quote_carried_over_paragraphs_is_one_with_a_segment_each(find: Find) -> None:
    quote = find("“The lock broke,” Ann Lee said. “One.\n\n“Two.\n\n“Three.”", "One")
    assert quote.text == "One. Two. Three."
    assert len(quote.segments) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Captain Sol Lund, from Hull, and keeper Ada Achebe, from Kadin, said: “We are ready.”",
        "“We are ready,” Sol Lund, from Hull, and Ada Achebe, from Kadin, said.",
        "“We are ready,” said Sol Lund, a baker, and Ada Achebe, a nurse.",
        "Sol Lund, 34, and Ada Achebe, 29, said that “we are ready” for it.",
    ],
)
def test_what_is_said_of_joint_speakers_parts_them_not(speaker: Speaker, text: str) -> None:
    assert speaker(text, "ready") == "Sol Lund and Ada Achebe"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We are ready,” said Sol Lund, a baker, and Ada Achebe nodded.", "Sol Lund"),
        ("“We are ready,” said Sol Lund, a baker, and her husband agreed.", "Sol Lund"),
        ("Ida Moll told Sol Lund, a baker, and Ada Achebe, a nurse, that “we are ready”.", "Ida Moll"),
        (
            "After Sol Lund, of Hull, and Al Dorn, of Kadin, Ida Moll said: “We are ready.”",
            "Ida Moll",
        ),
    ],
)
def test_who_stands_beside_a_speaker_need_not_speak(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "e are ready") == name


@pytest.mark.parametrize(
    "text",
    ["“No,” said the World Grain Council.", "Would it pay? “No,” said the World Grain Council."],
)
def test_a_word_said_outright_is_no_title(speaker: Speaker, text: str) -> None:
    assert speaker(text, "No") == "World Grain Council"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ron Able, leader of the Vale Greens, accused the Lund Party of “no sense” on Monday.", "Ron Able"),
        ("Per Vale Water, the plan makes “no sense”.", "Vale Water"),
    ],
)
def test_the_verb_tells_whose_words_they_are(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "no sense") == name


def test_joint_speakers_are_a_group_of_members(find: Find) -> None:
    quote = find("Ms Lee and Mr Ray greeted one another as “old friend” on the quay.", "old friend")
    assert quote.speaker is not None
    assert quote.speaker.name == "Lee and Ray"
    assert [member.name for member in quote.speaker.members] == ["Lee", "Ray"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee signed a “no limits” partnership with Bob Ray last year.",
        "The term “dry dock” is used here.",
        "The so-called “super quay” was opened by Ann Lee.",
        "Dozens carried signs reading “Save our quay”.",
        "The boat, called “Lazy Days”, was destroyed.",
    ],
)
def test_words_that_nobody_says_have_no_speaker(find: Find, text: str) -> None:
    (quote,) = extract_quotes(text).quotes
    assert (quote.speaker, quote.mention, quote.confidence) == (None, None, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Ann “The Gale” Lee won the race.",
        "Her book “The Long Quay” comes out in May.",
        "He appeared on the programme “Harbour Nights” on Friday.",
    ],
)
def test_nicknames_and_titles_of_works_are_no_quotes(text: str) -> None:
    assert extract_quotes(text).quotes == ()


def test_a_court_that_hears_is_not_the_speaker(speaker: Speaker) -> None:
    text = "Carl Gray told police he “just wanted it gone”, Ashby Crown Court heard."
    assert speaker(text, "wanted") == "Carl Gray"


def test_dialogue_takes_turns_less_surely_than_a_cue_tells(find: Find) -> None:
    text = (
        "Mary Dean met Frank Oak.\n\n“Is it locked?” Mary asked.\n\n“It is,” Frank said.\n\n“And the gate?”"
    )
    quote = find(text, "gate")
    assert quote.speaker is not None
    assert quote.speaker.name == "Mary Dean"
    assert quote.confidence < find(text, "locked").confidence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We sail at dawn,” Ann Lee said.", QuoteKind.DIRECT),
        ("Ann Lee said: “We sail at dawn.”", QuoteKind.DIRECT),
        ("Ann Lee was “slightly late” again, she said.", QuoteKind.PARTIAL),
        ("Ann Lee called it “a mess”.", QuoteKind.PARTIAL),
    ],
)
def test_whole_sentences_are_direct_and_stray_words_partial(find: Find, text: str, kind: QuoteKind) -> None:
    assert extract_quotes(text).quotes[0].kind is kind
