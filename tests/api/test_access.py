"""Who may do what: a table of every address of the API, every method and every role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import http_date

from quotes.models import Article, Quote, SameWords, Speaker, SpeakerChange, Submission, Webhook
from quotes.services.following import add_feed
from quotes.services.merging import rename_speaker, tell_apart
from quotes.services.review import decide
from quotes.services.roles import Role, make_account
from quotes.services.speakers import save_speaker
from quotes.services.submissions import submit
from quotes.services.webhooks import make_webhook
from tests.api.logins import WORD, basic, by_token
from tests.conftest import document
from tests.said import said

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
READING = frozenset(METHODS[:3])

EVERYBODY = frozenset({
    "anonymous", "account", "account's token", "viewer", "reviewer", "editor", "administrator", "superuser",
    "token: read", "token: ingest", "token: review", "token: administer",
})  # fmt: skip
ADMINISTERING = frozenset({"editor", "administrator", "superuser", "token: administer"})
RETRACTING = frozenset({"editor", "administrator", "superuser", "token: review"})
REVIEWING = RETRACTING | {"reviewer"}
VIEWING = REVIEWING | {"viewer"}
INGESTING = frozenset({"administrator", "superuser", "token: ingest"})
WEBHOOKS = frozenset({"administrator", "superuser", "token: administer"})

WORDS = "We have waited ten years for this, and we will not wait for the pier to fall."

# Name of an address -> method -> who may. What is not named is possible for nobody: 405.
READ = dict.fromkeys(READING, EVERYBODY)
READ_WITH_MORE = dict(READ)  # a parameter, or a redirect
STEP = {"POST": ADMINISTERING, "OPTIONS": ADMINISTERING}
DECISION = {"POST": REVIEWING, "OPTIONS": REVIEWING}
REVIEWED = dict.fromkeys(READING, VIEWING)
ACCESS: dict[str, dict[str, frozenset[str]]] = {
    "api-root": READ,
    "api-schema": READ,
    "api-docs": {"GET": EVERYBODY, "HEAD": EVERYBODY},
    "quote-list": READ,
    "quote-detail": READ,
    "speaker-list": READ,
    "speaker-detail": READ,
    "article-list": READ,
    "article-detail": READ,
    "source-list": READ,
    "source-detail": READ,
    "same-words-detail": READ,
    "reconcile": READ | {"POST": EVERYBODY},
    "reconcile-typed": READ | {"POST": EVERYBODY},
    "reconcile-suggest-entity": READ_WITH_MORE,
    "reconcile-suggest-type": READ_WITH_MORE,
    "reconcile-suggest-property": READ_WITH_MORE,
    "reconcile-properties": READ_WITH_MORE,
    "reconcile-speaker": READ_WITH_MORE,
    "reconcile-preview": READ_WITH_MORE,
    "speaker-merge": STEP,
    "speaker-move": STEP,
    "speaker-rename": STEP,
    "speaker-not-the-same": STEP,
    "speaker-change-list": dict.fromkeys(READING, ADMINISTERING),
    "speaker-change-detail": dict.fromkeys(READING, ADMINISTERING),
    "speaker-change-undo": STEP,
    "review-article-detail": REVIEWED,
    "review-quote-list": {**REVIEWED, "POST": REVIEWING},
    "review-quote-detail": REVIEWED,
    "review-quote-approve": DECISION,
    "review-quote-reject": DECISION,
    "review-quote-dispute": DECISION,
    "review-quote-retract": {"POST": RETRACTING, "OPTIONS": RETRACTING},
    "review-quote-reopen": DECISION,
    "review-quote-attribute": DECISION,
    "review-quote-bounds": DECISION,
    "review-quote-set-kind": DECISION,
    "review-quote-note": DECISION,
    "review-quote-split": DECISION,
    "review-quote-join": DECISION,
    "review-quote-attribute-all": DECISION,
    "review-quote-undo": DECISION,
    "review-quote-redo": DECISION,
    "submission-list": {**dict.fromkeys(READING, INGESTING), "POST": INGESTING},
    "submission-detail": dict.fromkeys(READING, INGESTING),
    "webhook-list": {**dict.fromkeys(READING, WEBHOOKS), "POST": WEBHOOKS},
    "webhook-detail": {**dict.fromkeys(READING, WEBHOOKS), "PATCH": WEBHOOKS, "DELETE": WEBHOOKS},
    "webhook-deliveries": dict.fromkeys(READING, WEBHOOKS),
    "webhook-rotate": {"POST": WEBHOOKS, "OPTIONS": WEBHOOKS},
    "webhook-replay": {"POST": WEBHOOKS, "OPTIONS": WEBHOOKS},
    "extract": {"POST": INGESTING, "OPTIONS": INGESTING},
}


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        path = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found, path)
        elif path.startswith("api/"):
            yield path, found


ROUTES = dict(routes(get_resolver()))


@pytest.fixture
def step(article: Article, editor: User) -> SpeakerChange:
    una = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    return rename_speaker(speaker=una, name="Una Lind", editor=editor, note="between us")


@pytest.fixture
def handed_in(editor: User) -> Submission:
    return submit(
        what=document("“No,” said a spokesman.", url="https://other.example/no"),
        editor=editor,
        digest="0",
        send=lambda _: None,
        visit=lambda _: None,
    )


@pytest.fixture
def webhook(editor: User) -> Webhook:
    return make_webhook(owner=editor, name="mirror", url="https://mirror.example/in")


@pytest.fixture
def addresses(kettles: Quote, step: SpeakerChange, handed_in: Submission, webhook: Webhook) -> dict[str, str]:
    """An address of each name, of something that is there."""
    said(WORDS, WORDS)
    of_record: dict[str, dict[str, Any]] = {
        "quote": {"public_id": kettles.public_id},
        "speaker": {"slug": "oona-marlowe"},
        "article": {"public_id": kettles.revision.article.public_id},
        "source": {"slug": "tidewatch"},
        "same-words": {"public_id": SameWords.objects.get().public_id},
        "speaker-change": {"public_id": step.public_id},
        "reconcile": {"speaker": str(Speaker.objects.get(slug="oona-marlowe").public_id)},
        "review-article": {"public_id": kettles.revision.article.public_id},
        "review-quote": {"public_id": kettles.public_id},
        "submission": {"public_id": handed_in.public_id},
        "webhook": {"public_id": webhook.public_id},
    }
    found = {}
    for path, route in ROUTES.items():
        name = str(route.name)
        if "format" in path:
            continue  # the same address with a suffix
        record = max((known for known in of_record if name.startswith(known)), key=len, default="")
        found[name] = reverse(name, kwargs=of_record[record] if "<" in path else {})
    return found


@pytest.fixture
def logins(editor: User) -> dict[str, str]:
    """How to log in as each role; what tokens have a scope of are a superuser's, who may do everything."""
    account = User.objects.create_user("vic", password=WORD)
    for role in Role:
        make_account(name=f"a-{role.value}", role=role, password=WORD)
    scoped = {
        f"token: {scope}": by_token(editor, scope) for scope in ("read", "ingest", "review", "administer")
    }
    return scoped | {
        "anonymous": "",
        "account": basic("vic"),
        "account's token": by_token(account),
        **{role.value: basic(f"a-{role.value}") for role in Role},
        "superuser": basic("edith"),
    }


def test_every_address_stands_in_the_table_and_none_that_is_not_there() -> None:
    assert {str(route.name) for route in ROUTES.values()} == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_every_role_may_by_every_method_what_the_table_says(
    client: Client, addresses: dict[str, str], logins: dict[str, str], name: str
) -> None:
    assert set(logins) == EVERYBODY
    possible = ACCESS[name]
    reachable = frozenset().union(*possible.values())
    for role, login in logins.items():
        for method in METHODS:
            answer = client.generic(
                method, addresses[name], content_type="application/json", headers={"authorization": login}
            )
            told = (name, role, method, answer.status_code)
            assert answer.status_code < 500, told
            if role in possible.get(method, ()):
                assert answer.status_code not in {401, 403, 405}, told
            elif role not in reachable or method in possible:
                assert answer.status_code == (401 if role == "anonymous" else 403), told
            else:
                assert answer.status_code == 405, told
                assert set(answer["Allow"].split(", ")) == set(possible), told
            if answer.status_code >= 400:
                assert answer["Content-Type"] == "application/problem+json", told


# Why an address is not known again by ETag and date.
NOT_KNOWN_AGAIN = {
    "reconcile-speaker": "it leads elsewhere, and has no body of its own",
    "api-docs": "the page has a token against forged requests in it, another one each time",
}


@pytest.mark.parametrize("name", [name for name, methods in ACCESS.items() if "GET" in methods])
def test_every_answer_to_get_is_known_again_by_its_etag_and_by_its_date(
    client: Client, addresses: dict[str, str], logins: dict[str, str], name: str
) -> None:
    login = {"authorization": logins["superuser"]}
    first = client.get(addresses[name], headers=login)
    if name in NOT_KNOWN_AGAIN:
        assert client.get(addresses[name], headers=login).get("ETag") != first.get("ETag", "none")
        return
    assert first.status_code == 200
    for method in (client.get, client.head):
        for condition in (
            {"if-none-match": first["ETag"]},
            {"if-modified-since": first["Last-Modified"]},
            {"if-none-match": "*"},
        ):
            again = method(addresses[name], headers=login | condition)
            assert (again.status_code, again.content) == (304, b""), condition
            assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        for condition in ({"if-none-match": '"other"'}, {"if-modified-since": http_date(0)}):
            assert method(addresses[name], headers=login | condition).status_code == 200, condition


def test_with_anonymous_reading_off_nobody_reads_without_a_login_or_the_scope(
    client: Client, addresses: dict[str, str], logins: dict[str, str], settings: Any
) -> None:
    settings.ANONYMOUS_READING = False
    for name in {name for name, methods in ACCESS.items() if methods is READ} - {"api-schema", "api-docs"}:
        for role, login in logins.items():
            refused = {"anonymous": 401}.get(role, 200 if "token" not in role else 403)
            expected = 200 if role in {"token: read", "account's token"} else refused
            assert client.get(addresses[name], headers={"authorization": login}).status_code == expected, (
                name,
                role,
            )
    assert client.get(addresses["api-docs"]).status_code == 200


def test_without_a_login_nothing_internal_is_read(
    client: Client, addresses: dict[str, str], kettles: Quote, editor: User, settings: Any
) -> None:
    editor.email = "edith@newsroom.example"
    editor.save()
    other = Quote.objects.get(speaker__slug="desmond-achterberg")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor, note="between us")
    decide(quotes=[other], status=Quote.Status.DISPUTED, editor=editor, note="he rang us up")
    una, oona = Speaker.objects.get(slug="una-lind"), Speaker.objects.get(slug="oona-marlowe")
    tell_apart(one=oona, other=una, editor=editor, note="two sisters")
    article = kettles.revision.article
    add_feed(source=article.source, url="https://tidewatch.example/secret-feed")
    Article.objects.filter(pk=article.pk).update(last_error="Traceback: /srv/quotes/secret.py")
    by_token(editor)
    lists = [f"{addresses[name]}?page_size=200" for name in addresses if name.endswith("-list")]
    for address in [*addresses.values(), *lists, "/api/", "/api/v1/nothing"]:
        text = client.get(address, headers={"accept": "application/json, */*;q=0.1"}).text
        for secret in (
            "edith", "newsroom", "between us", "rang us", "two sisters", "una-lind", "Una L",
            "secret-feed", "secret.py", "/srv/",
            "harbour board will buy", str(settings.BASE_DIR), str(settings.DATA_DIR),
        ):  # fmt: skip
            assert secret not in text, (address, secret)
