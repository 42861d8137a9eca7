"""An editor sees which articles are one text, and says which are not."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from quotes.models import Article
from tests.services.test_stories import wire_copies

ARTICLES = "/admin/quotes/article/"
pytestmark = pytest.mark.django_db


def act(client: Client, action: str, article: int) -> str:
    data = {"action": action, "_selected_action": [str(article)]}
    return client.post(ARTICLES, data, follow=True).content.decode()


def test_an_articles_page_links_to_the_others_of_its_story(client: Client, editor: User) -> None:
    client.force_login(editor)
    first, second, _ = wire_copies()
    assert f'href="{ARTICLES}{second}/change/"' in client.get(f"{ARTICLES}{first}/change/").content.decode()


def test_what_is_not_a_copy_stays_so_until_that_is_undone(client: Client, editor: User) -> None:
    client.force_login(editor)
    _, second, _ = wire_copies()
    assert "Articles that are copies of nothing: 1" in act(client, "not_a_copy", second)
    assert "a copy of nothing" in client.get(f"{ARTICLES}{second}/change/").content.decode()
    assert Article.objects.get(pk=second).story is None
    assert "Articles that may be copies again: 1" in act(client, "perhaps_a_copy", second)
    assert Article.objects.get(pk=second).story is not None
    assert LogEntry.objects.filter(object_id=str(second), user=editor).count() == 2


@pytest.mark.parametrize(("copies", "count"), [("yes", 3), ("no", 0), ("never", 0)])
def test_articles_in_several_outlets_can_be_listed(
    client: Client, editor: User, copies: str, count: int
) -> None:
    client.force_login(editor)
    wire_copies()
    listed = client.get(ARTICLES, {"copies": copies}).content.decode()
    assert listed.count('name="_selected_action"') == count


def test_who_may_only_look_cannot_say_so(client: Client) -> None:
    reader = User.objects.create_user("rita", password="correct horse battery staple", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(reader)
    _, second, _ = wire_copies()
    act(client, "not_a_copy", second)
    assert Article.objects.get(pk=second).story is not None
