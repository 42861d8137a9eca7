"""An editor's work in the admin site."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from quotes.models import (
    Delivery,
    Distinction,
    Link,
    Page,
    Publication,
    Quote,
    ReviewDecision,
    RoleStatement,
    Source,
    Speaker,
    SpeakerChange,
    Suggestion,
)
from quotes.services.corrections import add_quote, set_bounds
from quotes.services.following import add_feed
from quotes.services.merging import merge_speakers, tell_apart
from quotes.services.publications import number_changes
from quotes.services.reports import report
from quotes.services.review import decide
from quotes.services.roles import Role, make_account
from quotes.services.same_words import tell_same
from quotes.services.speakers import save_speaker
from quotes.services.tokens import make_token
from quotes.services.webhooks import make_webhook
from tests.alerts.following import follow
from tests.conftest import NEWER, Ingest, ReadAnew
from tests.said import said

QUOTES = "/admin/quotes/quote/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def page_of(quote: Quote) -> str:
    return f"{QUOTES}{quote.pk}/change/"


def review(desk: Client, quote: Quote, button: str, speaker: Speaker | None, note: str = "") -> str:
    data = {
        "speaker": str(speaker.pk) if speaker else "",
        "note": note,
        button: "1",
        "decisions-TOTAL_FORMS": "0",
        "decisions-INITIAL_FORMS": "0",
    }
    return desk.post(page_of(quote), data, follow=True).text


def act(desk: Client, action: str, quotes: list[Quote]) -> str:
    data = {"action": action, "_selected_action": [str(quote.pk) for quote in quotes], "apply": "1"}
    return desk.post(QUOTES, data, follow=True).text


def test_every_list_and_every_record_has_a_page(desk: Client, kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    namesake = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    merge_speakers(source=namesake, target=kettles.speaker, editor=editor)
    other = save_speaker(speaker=Speaker(name="Oona Merlow", kind="person"))
    tell_apart(one=kettles.speaker, other=other, editor=editor)
    Suggestion.objects.create(
        kind="duplicate", first=kettles.speaker, second=other, score=0.5, found_at=now()
    )
    feed = add_feed(source=kettles.revision.article.source, url="https://oona.example/feed")
    assert feed.host
    Page.objects.create(url="https://oona.example/1", host=feed.host, source=feed.source, feed=feed)
    make_token(user=editor, name="for Oona", scopes=["read"])
    report(quote=kettles, fault="words")
    follow(speaker=kettles.speaker.slug)
    told = make_webhook(owner=editor, name="for Oona", url="https://oona.example/hook").subscription
    Delivery.objects.create(subscription=told, quote=kettles, number=1, event="published")
    one, two = said("We have waited ten years for this pier, says Oona.", "No other words, says Oona.")
    tell_same(quote=one, other=two, editor=editor)
    for model in admin.site._registry:
        if model._meta.app_label != "quotes":
            continue
        name = f"admin:quotes_{model._meta.model_name}"
        assert desk.get(reverse(f"{name}_changelist"), {"q": "oona"}).status_code == 200
        record = model._default_manager.first()
        assert record is not None
        assert desk.get(reverse(f"{name}_change", args=[record.pk])).status_code == 200


def test_the_list_shows_each_quote_inside_its_sentence(desk: Client, kettles: Quote) -> None:
    assert 'She called the old boats “<mark class="words">floating kettles</mark>”.' in desk.get(QUOTES).text


def test_the_page_of_a_quote_marks_the_words_who_and_what_says_so(desk: Client, kettles: Quote) -> None:
    page = desk.get(page_of(kettles)).text
    assert '<mark class="mention">She</mark> <mark class="cue">called</mark>' in page
    assert '<mark class="words">floating kettles</mark>' in page
    assert "#:~:text=" in page


def test_the_page_of_a_quote_says_why(
    desk: Client, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, reasons=("‘called’ is <b>beside</b> it", "she is Oona"), rule="governed & near")
    page = desk.get(page_of(kettles)).text
    assert "<li>‘called’ is &lt;b&gt;beside&lt;/b&gt; it</li><li>she is Oona</li>" in page
    assert "governed &amp; near" in page
    assert "before an editor decided" not in page
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert "before an editor decided" in desk.get(page_of(kettles)).text


def test_reasons_cannot_be_typed_over(desk: Client, kettles: Quote) -> None:
    kept = kettles.reasons
    data = {"reasons": '["mine"]', "rule": "mine", "speaker": str(kettles.speaker_id), "_approve": "1"}
    desk.post(page_of(kettles), data | {"decisions-TOTAL_FORMS": "0", "decisions-INITIAL_FORMS": "0"})
    kettles.refresh_from_db()
    assert (kettles.review_status, kettles.reasons) == ("approved", kept)


def test_a_quote_read_before_reasons_were_kept_has_a_page(desk: Client, kettles: Quote) -> None:
    Quote.objects.update(reasons=[])
    assert "no reasons were kept" in desk.get(page_of(kettles)).text


def test_the_history_tells_the_extractors_steps_from_an_editors(
    desk: Client, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, version="rules-older")
    read_anew(kettles, speaker="Marta Quill")
    assert f"extractor rules-older → {NEWER}" in desk.get(page_of(kettles)).text
    assert "given to somebody else" in desk.get(page_of(kettles)).text
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert '<td class="field-made_by">' in desk.get(page_of(kettles)).text
    assert re.findall(r'field-made_by">\s*<p>([^<]+)</p>', desk.get(page_of(kettles)).text) == [
        "edith",
        f"extractor rules-older → {NEWER}",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "FLOATING kettles"}, 1),
        ({"q": "float* -ferries"}, 1),
        ({"q": "marlowe"}, 0),
        ({"q": "marlowe", "in": "sentence"}, 1),
        ({"kind": "partial"}, 1),
        ({"review_status": "approved"}, 0),
        ({"confidence": "0"}, 0),
    ],
    ids=str,
)
def test_quotes_are_searched_and_filtered(
    desk: Client, kettles: Quote, query: dict[str, str], found: int
) -> None:
    page = desk.get(f"{QUOTES}?{urlencode(query)}").text
    assert page.count('class="sentence"') == found


@pytest.mark.parametrize(
    ("button", "status"),
    [
        ("_approve", "approved"),
        ("_reject", "rejected"),
        ("_dispute", "disputed"),
        ("_retract", "retracted"),
    ],
)
def test_a_button_decides(desk: Client, kettles: Quote, button: str, status: str) -> None:
    review(desk, kettles, button, kettles.speaker, note="as heard on tape")
    kettles.refresh_from_db()
    assert kettles.review_status == status
    assert ReviewDecision.objects.get().note == "as heard on tape"


def test_another_speaker_is_an_approval_of_that_speaker(desk: Client, kettles: Quote) -> None:
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    review(desk, kettles, "_approve", other)
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.review_status) == (other, "approved")
    assert 'class="field-sure">editor</td>' in desk.get(f"{QUOTES}?q=kettles").text
    assert desk.get(f"{QUOTES}?confidence=editor").text.count('class="sentence"') == 1


def test_a_quote_cannot_lose_its_speaker_or_be_approved_without(desk: Client, kettles: Quote) -> None:
    assert "Choose who said it" in review(desk, kettles, "_reject", None)
    Quote.objects.filter(pk=kettles.pk).update(speaker=None)
    assert "Choose who said it" in review(desk, kettles, "_approve", None)
    kettles.refresh_from_db()
    assert kettles.review_status == "unreviewed"


def test_a_merged_speaker_is_not_given_quotes(desk: Client, kettles: Quote) -> None:
    old = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    Speaker.objects.filter(pk=old.pk).update(merged_into=kettles.speaker)
    assert "was merged into" in review(desk, kettles, "_approve", old)


def test_many_quotes_are_approved_or_rejected_at_once(desk: Client, kettles: Quote) -> None:
    quotes = list(Quote.objects.all())
    assert "3 now approved" in act(desk, "approve", quotes)
    assert "3 now rejected" in act(desk, "reject", quotes)
    assert ReviewDecision.objects.count() == 6


def test_what_a_machine_made_cannot_be_typed_over(desk: Client, kettles: Quote) -> None:
    desk.post(
        page_of(kettles), {"text": "sinking kettles", "speaker": str(kettles.speaker_id), "_approve": "1"}
    )
    kettles.refresh_from_db()
    assert kettles.text == "floating kettles"
    assert desk.get(f"{QUOTES}add/").status_code == 403
    assert desk.get(f"{QUOTES}{kettles.pk}/delete/").status_code == 403


def test_speakers_complete_by_any_name_without_accents(desk: Client, ingest: Ingest) -> None:
    ingest("“No,” Noémie Quill said.")
    query = {"term": "noemie", "app_label": "quotes", "model_name": "quote", "field_name": "speaker"}
    results = desk.get("/admin/autocomplete/", query).json()["results"]
    assert [result["text"] for result in results] == ["Noémie Quill · Tidewatch"]


def test_namesakes_are_told_apart_by_role_and_outlet(desk: Client, ingest: Ingest) -> None:
    for outlet, role in (("Bugle", "spokesman of the union"), ("Tidewatch", "spokesman of the board")):
        article = ingest(url=f"https://{outlet}.example/1", source=outlet)
        ann = save_speaker(speaker=Speaker(name="Ann Lee", kind="person"))
        article.revision.quotes.update(speaker=ann)
        dated = {"dated_at": article.created_at, "folded": role}
        RoleStatement.objects.create(speaker=ann, article=article, role=role, **dated)
    query = {"term": "ann lee", "app_label": "quotes", "model_name": "quote", "field_name": "speaker"}
    texts = [one["text"] for one in desk.get("/admin/autocomplete/", query).json()["results"]]
    assert sorted(texts) == [
        "Ann Lee · spokesman of the board · Tidewatch",
        "Ann Lee · spokesman of the union · Bugle",
    ]
    assert desk.get("/admin/autocomplete/", query | {"term": ""}).json()["results"] == []


def test_outlets_are_completed_by_name_and_nobody_else_is_asked(client: Client, kettles: Quote) -> None:
    query = {"term": "tide", "app_label": "quotes", "model_name": "quote", "field_name": "source"}
    client.force_login(make_account(name="vera", role=Role.VIEWER).user)
    assert [one["text"] for one in client.get("/admin/autocomplete/", query).json()["results"]] == [
        "Tidewatch"
    ]
    client.force_login(User.objects.create_user("nia", is_staff=True))
    for field in ("source", "speaker"):
        assert client.get("/admin/autocomplete/", query | {"field_name": field}).status_code == 403


def test_a_speaker_is_added_renamed_and_given_aliases(desk: Client, db: None) -> None:
    data = {
        "name": "Marta Quill", "kind": "person", "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0",
        "aliases-0-name": "M. Quill",
        "role_statements-TOTAL_FORMS": "0", "role_statements-INITIAL_FORMS": "0",
    }  # fmt: skip
    desk.post("/admin/quotes/speaker/add/", data)
    speaker = Speaker.objects.get(slug="marta-quill")
    assert set(speaker.aliases.values_list("name", flat=True)) == {"Marta Quill", "M. Quill"}
    main = speaker.aliases.get(name="M. Quill")
    changed = data | {
        "name": "Marta Quill-Ek", "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "1",
        "aliases-0-id": str(main.pk), "aliases-0-speaker": str(speaker.pk), "aliases-0-DELETE": "on",
    }  # fmt: skip
    desk.post(f"/admin/quotes/speaker/{speaker.pk}/change/", changed)
    assert set(speaker.aliases.values_list("name", flat=True)) == {"Marta Quill", "Marta Quill-Ek"}


def test_a_name_that_somebody_has_already_is_pointed_out(desk: Client, kettles: Quote) -> None:
    data = {
        "name": "Oona Marlowe",
        "kind": "person",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
        "role_statements-TOTAL_FORMS": "0",
        "role_statements-INITIAL_FORMS": "0",
    }
    page = desk.post("/admin/quotes/speaker/add/", data, follow=True).text
    assert "also that of Oona Marlowe (oona-marlowe)" in page


def test_ambiguous_names_are_listed_with_the_reason_and_who_they_may_be(desk: Client, ingest: Ingest) -> None:
    ingest("The board met. “No,” said Jack Hale.", url="https://one.example/1")
    ingest("The board met. “No,” said J. Hale.", url="https://two.example/2")
    page = desk.get("/admin/quotes/link/?outcome__exact=ambiguous").text
    assert "nothing but the name says so" in page
    link = Link.objects.get(name="J. Hale")
    assert "Jack Hale" in desk.get(f"/admin/quotes/link/{link.pk}/change/").text
    assert desk.post(f"/admin/quotes/link/{link.pk}/change/", {"name": "mine"}).status_code == 403


def test_speakers_are_merged_after_a_question_and_put_back(desk: Client, kettles: Quote) -> None:
    other = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    chosen = {"action": "merge", "_selected_action": [str(other.pk), str(kettles.speaker_id)]}
    page = desk.post("/admin/quotes/speaker/", chosen).text
    assert "Who stays?" in page
    assert page.index("(oona-marlowe)") < page.index("(oona-marlow)")
    done = desk.post("/admin/quotes/speaker/", chosen | {"apply": "1", "target": str(kettles.speaker_id)})
    assert done.status_code == 302
    other.refresh_from_db()
    assert other.merged_into_id == kettles.speaker_id
    change = SpeakerChange.objects.get()
    undo = {"action": "undo", "_selected_action": [str(change.pk)]}
    assert "undone." in desk.post("/admin/quotes/speakerchange/", undo, follow=True).text
    other.refresh_from_db()
    assert other.merged_into is None
    assert "undone already" in desk.post("/admin/quotes/speakerchange/", undo, follow=True).text


def test_quotes_are_given_to_another_speaker_after_a_question(desk: Client, kettles: Quote) -> None:
    other = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    chosen = {"action": "move", "_selected_action": [str(kettles.pk)]}
    assert "Or to a new speaker named" in desk.post(QUOTES, chosen).text
    for nonsense in ({}, {"to": str(other.pk), "new_name": "Una"}, {"to": "999999"}, {"to": "x"}):
        refused = desk.post(QUOTES, chosen | {"apply": "1"} | nonsense)
        assert refused.status_code == 200
        assert "errorlist" in refused.text
    assert desk.post(QUOTES, chosen | {"apply": "1", "to": str(other.pk)}).status_code == 302
    kettles.refresh_from_db()
    assert kettles.speaker == other
    page = desk.post(QUOTES, chosen | {"apply": "1", "new_name": "Una Bright"}, follow=True).text
    assert "1 moved to Una Bright (una-bright-2)" in page
    several = chosen | {"_selected_action": [str(quote.pk) for quote in Quote.objects.all()]}
    assert "of one speaker" in desk.post(QUOTES, several | {"apply": "1", "to": str(other.pk)}).text


def test_a_new_main_name_brings_a_new_address_and_keeps_the_old_one(desk: Client, kettles: Quote) -> None:
    assert kettles.speaker
    data = {
        "name": "Oona Lind", "kind": "person", "wikidata_id": "Q42",
        "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0",
        "role_statements-TOTAL_FORMS": "0", "role_statements-INITIAL_FORMS": "0",
    }  # fmt: skip
    page = desk.post(f"/admin/quotes/speaker/{kettles.speaker.pk}/change/", data, follow=True).text
    assert "the address is now /speakers/oona-lind/" in page
    assert desk.get("/speakers/oona-marlowe/")["Location"] == "/speakers/oona-lind/"
    assert "https://www.wikidata.org/wiki/Q42" in desk.get("/speakers/oona-lind/").text
    wrong = desk.post(f"/admin/quotes/speaker/{kettles.speaker.pk}/change/", data | {"wikidata_id": "42"})
    assert "looks like Q42" in wrong.text


def test_speakers_are_told_apart_and_that_is_withdrawn(desk: Client, kettles: Quote) -> None:
    other = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    chosen = {"action": "not_the_same", "_selected_action": [str(other.pk), str(kettles.speaker_id)]}
    assert "not taken for one" in desk.post("/admin/quotes/speaker/", chosen, follow=True).text
    told = Distinction.objects.get()
    merge = chosen | {"action": "merge", "apply": "1", "target": str(other.pk)}
    assert "withdraw that first" in desk.post("/admin/quotes/speaker/", merge, follow=True).text
    alone = chosen | {"_selected_action": [str(other.pk)]}
    assert "from two to 10" in desk.post("/admin/quotes/speaker/", alone, follow=True).text
    desk.post(f"/admin/quotes/distinction/{told.pk}/delete/", {"post": "yes"})
    assert not Distinction.objects.exists()


def test_one_speaker_alone_is_not_merged(desk: Client, kettles: Quote) -> None:
    chosen = {"action": "merge", "_selected_action": [str(kettles.speaker_id)]}
    assert "at least two" in desk.post("/admin/quotes/speaker/", chosen, follow=True).text


def test_a_source_keeps_its_slug(desk: Client, kettles: Quote) -> None:
    source = Source.objects.get()
    data = {
        "name": "Tidewatch Daily",
        "slug": "other",
        "homepage": "",
    }
    desk.post(f"/admin/quotes/source/{source.pk}/change/", data)
    source.refresh_from_db()
    assert (source.name, source.slug) == ("Tidewatch Daily", "tidewatch")


def test_a_source_is_added(desk: Client, db: None) -> None:
    data = {"name": "The Bugle", "slug": "the-bugle", "homepage": "https://bugle.example/"}
    desk.post("/admin/quotes/source/add/", data)
    assert Source.objects.get().name == "The Bugle"


def test_another_name_of_an_outlet_reaches_those_who_keep_a_copy(desk: Client, kettles: Quote) -> None:
    number_changes()
    data = {"name": "Tidewatch Daily", "homepage": ""}
    desk.post(f"/admin/quotes/source/{kettles.revision.article.source_id}/change/", data)
    assert Publication.objects.filter(number=None).count() == 3


def test_the_number_of_queries_of_a_list_does_not_grow(desk: Client, ingest: Ingest) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(QUOTES)
        return len(captured)

    ingest()
    before = queries()
    for n in range(4):
        ingest(url=f"https://www.tidewatch.example/{n}")
    assert queries() == before


def test_who_may_only_look_cannot_decide(client: Client, kettles: Quote) -> None:
    reader = User.objects.create_user("rea", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_quote"))
    client.force_login(reader)
    assert "_approve" not in client.get(page_of(kettles)).text
    review(client, kettles, "_reject", kettles.speaker)
    act(client, "reject", [kettles])
    kettles.refresh_from_db()
    assert kettles.review_status == "unreviewed"


def test_the_desk_is_for_editors(client: Client, kettles: Quote) -> None:
    response = client.get(page_of(kettles))
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={page_of(kettles)}")


@pytest.mark.parametrize("by", ["button", "action"])
def test_back_to_unreviewed_gives_back_the_speaker_from_before(
    desk: Client, kettles: Quote, editor: User, by: str
) -> None:
    oona, confidence = kettles.speaker, kettles.confidence
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    review(desk, kettles, "_approve", marta)
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.review_status) == (marta, "approved")
    if by == "button":
        review(desk, kettles, "_reopen", marta, note="I was wrong")
    else:
        assert "1 now unreviewed" in act(desk, "reopen", [kettles])
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.confidence, kettles.review_status) == (oona, confidence, "unreviewed")
    assert ReviewDecision.objects.count() == 2


def test_what_cannot_be_taken_back_is_said(desk: Client, kettles: Quote, editor: User) -> None:
    set_bounds(quote=kettles, segments=[(kettles.start, kettles.start + 8)], editor=editor)
    add_quote(
        article=kettles.revision.article,
        segments=[(kettles.start + 9, kettles.end)],
        speaker=Speaker.objects.get(slug="oona-marlowe"),
        editor=editor,
    )
    assert "a quote already" in review(desk, kettles, "_reopen", kettles.speaker)
    assert "1 not changed, and still ticked" in act(desk, "reopen", [kettles])
    kettles.refresh_from_db()
    assert kettles.review_status == "approved"


def test_a_reviewer_neither_retracts_nor_takes_that_back_nor_moves(
    client: Client, kettles: Quote, editor: User
) -> None:
    client.force_login(make_account(name="rita", role=Role.REVIEWER).user)
    assert "_retract" not in client.get(page_of(kettles)).text
    assert "_approve" in client.get(page_of(kettles)).text
    assert "403" in review(client, kettles, "_retract", kettles.speaker)
    assert '"move"' not in client.get(QUOTES).text
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    for button in ("_approve", "_reopen"):
        assert "403" in review(client, kettles, button, kettles.speaker)
    for action in ("approve", "reopen"):
        assert "an editor who may retract" in act(client, action, [kettles])
    kettles.refresh_from_db()
    assert kettles.review_status == "retracted"
    client.force_login(make_account(name="ed", role=Role.EDITOR).user)
    review(client, kettles, "_approve", kettles.speaker)
    kettles.refresh_from_db()
    assert kettles.review_status == "approved"


def test_a_viewer_looks_and_decides_nothing(client: Client, kettles: Quote) -> None:
    client.force_login(make_account(name="vera", role=Role.VIEWER).user)
    page = client.get(page_of(kettles))
    assert page.status_code == 200
    assert "_approve" not in page.text
    review(client, kettles, "_approve", kettles.speaker)
    act(client, "approve", [kettles])
    assert not ReviewDecision.objects.exists()
    assert client.get("/admin/quotes/apitoken/").status_code == 403
