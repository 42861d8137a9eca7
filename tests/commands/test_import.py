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
from tests.ingestion.archive_files import Crawl

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 120
_PATIENCE = 60.0  # seconds


def said(number: int) -> str:
    return f"We sail at {number} bells"


def address(number: int) -> str:
    return f"https://one.example/{number}"


def text_of(number: int) -> str:
    return f"The board met again.\n\n“{said(number)},” said Oona Marlowe, the harbour master."


def line(number: int) -> str:
    return json.dumps({"url": address(number), "source": "One", "text": text_of(number)}) + "\n"


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


def warned(err: str) -> list[str]:
    """What it wrote but for the lines that tell now and then, on a slow machine, how far it is."""
    return [line for line in err.splitlines() if not re.match(r"(\d+%, )?[\d,]+ records\b", line)]


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
    assert (code, warned(err)) == (0, [])
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
    assert (process.returncode, warned(err)) == (0, [])
    assert_each_was_taken_once()


def test_records_that_give_no_article_are_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text(line(0) + "nonsense\n" + line(1))
    code, _, err = run(str(path), "--processes", "1")
    rejects = tmp_path / "archive.jsonl.rejects.jsonl"
    assert code == 1
    assert f"1 record gave no article: {rejects} says why" in err
    (reject,) = map(json.loads, rejects.read_text().splitlines())
    assert (reject["number"], reject["raw"], reject["stored"]) == (2, "nonsense", False)
    assert "not JSON" in reject["error"]
    assert_each_was_taken_once(2)


def test_columns_are_told_and_dates_that_are_not_understood_are_said_to_be_lost(tmp_path: Path) -> None:
    path = tmp_path / "corpus.csv"
    path.write_text(f'sep=;\nlink;corpo;data\n{address(0)};"{text_of(0)}";2/1/2020\n')
    code, out, err = run(
        str(path), "--column", "text=corpo", "--column", "published=data", "--processes", "1"
    )
    assert code == 0
    assert "Articles: 1 stored, 0 revised, 0 unchanged. Rejected: 0. Dates lost: 1." in out
    rejects = tmp_path / "corpus.csv.rejects.jsonl"
    assert f"1 article stored without the date, which is not understood: {rejects} says which" in err
    (reject,) = map(json.loads, rejects.read_text().splitlines())
    assert (reject["number"], reject["stored"]) == (1, True)
    assert_each_was_taken_once(1)


def test_with_a_broker_the_workers_are_sent_for(archive: Path) -> None:
    with own_redis() as redis:
        code, out, _ = run(str(archive), broker=redis.url)
    assert code == 0
    assert "Read:" not in out
    waiting = Article.objects.filter(status=Article.Status.PENDING)
    assert waiting.count() == ARTICLES
    assert not waiting.filter(sent_at=None).exists()


def table(numbers: range) -> bytes:
    rows = "".join(f'{address(number)},"{text_of(number)}"\r\n' for number in numbers)
    return f"url,text\r\n{rows}".encode()


def crawl(numbers: range) -> bytes:
    made = Crawl()
    for number in numbers:
        made.answer(address(number), text_of(number).encode(), media_type="text/plain")
    return made.data


def lines(numbers: range) -> bytes:
    return "".join(map(line, numbers)).encode()


def with_another_checksum(data: bytes) -> bytes:
    return gzip.compress(data)[:-8] + b"checksum"


def cut_short(data: bytes) -> bytes:
    return gzip.compress(data)[:-9]


def torn(data: bytes) -> bytes:
    return data[:-40]


def followed_by_noise(data: bytes) -> bytes:
    return data + b"no record begins here\r\n" * 20


@pytest.mark.parametrize(
    ("make", "broken", "complaint", "whole"),
    [
        (lines, cut_short, "breaks off", 5),
        (table, with_another_checksum, "damaged", 6),
        (crawl, torn, "breaks off", 5),
        (crawl, followed_by_noise, "no record begins there", 6),
    ],
)
def test_what_stands_before_a_break_is_read(
    tmp_path: Path,
    make: Callable[[range], bytes],
    broken: Callable[[bytes], bytes],
    complaint: str,
    whole: int,
) -> None:
    path = tmp_path / "archive"
    path.write_bytes(broken(make(range(6))))
    code, out, err = run(str(path), "--processes", "1")
    assert code == 1
    assert complaint in err
    assert f"Articles: {whole} stored" in out
    assert_each_was_taken_once(whole)


def test_a_torn_archive_given_again_is_torn_and_goes_on_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    rejected = b'"' + b"x" * 70_000 + b'"\n'  # an archive is known by its first 64 KiB
    path.write_bytes(rejected + torn(lines(range(6))))
    for _ in range(2):
        code, _, err = run(str(path), "--processes", "1", "--format", "jsonl")
        assert code == 1
        assert "record 7: the last line is not JSON" in err
        assert_each_was_taken_once(5)
    path.write_bytes(rejected + lines(range(7)))
    assert "Articles: 7 stored" in run(str(path), "--processes", "1", "--format", "jsonl")[1]
    assert_each_was_taken_once(7)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["missing.jsonl"], "cannot be read: no such file"),
        (["."], "it is a folder"),
        (["manage.py"], "it is no archive that can be told by its beginning"),
        (["manage.py", "--processes", "0"], "--processes is 1 or more"),
        (["manage.py", "--column", "text"], "give it as FIELD=NAME"),
        (["manage.py", "--column", "text=a", "--column", "text=b"], "--column text is given twice"),
        (["manage.py", "--column", "texto=a"], "is one of text, html, body, url"),
        (["requirements.txt", "--column", "text=corpo"], "it has no column corpo: its columns are "),
    ],
)
def test_what_is_no_archive_is_refused(arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=re.escape(complaint)):
        call_command("import", *arguments)
    assert not ImportRun.objects.exists()
