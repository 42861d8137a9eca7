"""manage.py import: an archive on the command line, with processes that read."""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from quotes.management.databases import database_url
from quotes.models import Article, ImportRun, Quote, Speaker
from tests.brokers import own_redis

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 120
_PATIENCE = 60.0  # seconds


def said(number: int) -> str:
    return f"We sail at {number} bells"


def line(number: int) -> str:
    text = f"The board met again.\n\n“{said(number)},” said Oona Marlowe, the harbour master."
    return json.dumps({"url": f"https://one.example/{number}", "source": "One", "text": text}) + "\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    path.write_text("".join(line(number) for number in range(ARTICLES)))
    return path


def start(*arguments: str, stdin: int | None = None, broker: str = "") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "import", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {
            "DATABASE_URL": database_url(), "QUOTETRACKER_LEASE_SECONDS": "2", "CELERY_BROKER_URL": broker
        },
        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def run(*arguments: str, broker: str = "") -> tuple[int, str, str]:
    process = start(*arguments, broker=broker)
    out, err = process.communicate(timeout=_PATIENCE)
    return process.returncode, out, err


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def assert_each_was_taken_once(count: int = ARTICLES) -> None:
    assert Counter(Quote.objects.values_list("text", flat=True)) == Counter(map(said, range(count)))
    assert set(Article.objects.values_list("status", flat=True)) == {Article.Status.EXTRACTED}
    assert Speaker.objects.count() == 1


def test_an_archive_is_stored_and_read_by_two_processes(archive: Path) -> None:
    code, out, err = run(str(archive), "--processes", "2")
    assert (code, err) == (0, "")
    assert f"Records: {ARTICLES}. Articles: {ARTICLES} stored, 0 revised, 0 unchanged. Rejected: 0." in out
    assert f"Read: {ARTICLES} articles" in out
    assert_each_was_taken_once()
    assert "Nothing new" in run(str(archive))[1]


def test_killed_it_goes_on_where_it_stopped(archive: Path) -> None:
    process = start(str(archive), "--processes", "2")
    wait_until(lambda: Quote.objects.exists())
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert Quote.objects.count() < ARTICLES
    assert run(str(archive), "--processes", "1")[0] == 0
    assert_each_was_taken_once()


def test_asked_to_stop_it_ends_what_it_began_and_says_how_to_go_on(archive: Path) -> None:
    many = "".join(line(number) for number in range(ARTICLES, 3000))
    with archive.open("a") as file:
        file.write(many)
    process = start(str(archive), "--processes", "1")
    wait_until(lambda: ImportRun.objects.filter(number__gt=0).exists())
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 130
    taken = ImportRun.objects.get().number
    assert f"stopped after record {taken:,}: give the same command again to go on" in err
    assert_each_was_taken_once(taken)


def test_a_killed_reader_is_replaced(archive: Path) -> None:
    process = start(str(archive), "--processes", "1")
    wait_until(lambda: Quote.objects.exists())
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in children:
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
            os.kill(int(child), signal.SIGKILL)
    process.communicate(timeout=_PATIENCE)
    assert process.returncode == 0
    assert_each_was_taken_once()


def test_standard_input_may_be_compressed(archive: Path, tmp_path: Path) -> None:
    packed = tmp_path / "archive.gz"
    packed.write_bytes(gzip.compress(archive.read_bytes()))
    with packed.open("rb") as file:
        process = start("-", "--processes", "1", stdin=file.fileno())
        _, err = process.communicate(timeout=_PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert_each_was_taken_once()


def test_records_that_give_no_article_are_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text(line(0) + "nonsense\n" + line(1))
    code, _, err = run(str(path), "--processes", "1")
    rejects = tmp_path / "archive.jsonl.rejects.jsonl"
    assert code == 1
    assert f"1 record gave no article: {rejects} says why" in err
    (reject,) = map(json.loads, rejects.read_text().splitlines())
    assert (reject["number"], reject["raw"]) == (2, "nonsense")
    assert "not JSON" in reject["error"]
    assert_each_was_taken_once(2)


def test_with_a_broker_the_workers_are_sent_for(archive: Path) -> None:
    with own_redis() as redis:
        code, out, _ = run(str(archive), broker=redis.url)
    assert code == 0
    assert "Read:" not in out
    waiting = Article.objects.filter(status=Article.Status.PENDING)
    assert waiting.count() == ARTICLES
    assert not waiting.filter(sent_at=None).exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["missing.jsonl"], "cannot be read: no such file"),
        (["."], "it is a folder"),
        (["manage.py"], "it is no archive that can be told by its beginning"),
        (["manage.py", "--processes", "0"], "--processes is 1 or more"),
    ],
)
def test_what_is_no_archive_is_refused(arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=re.escape(complaint)):
        call_command("import", *arguments)
    assert not ImportRun.objects.exists()
