"""manage.py extract, run as a person runs it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import execute_from_command_line

from quotes.extraction import extract_quotes

ROOT = Path(__file__).parents[2]
SAID = "“No,” said Ann Lee.\n"


def manage(*arguments: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run manage.py in a process of its own, on a database that does not exist."""
    env = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"} | environment
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=env, cwd=ROOT, check=False)


def extract(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run manage.py extract in this process, where no test that does not ask for a database gets at one."""
    out, err = BytesIO(), BytesIO()
    code: Any = 0
    with (
        redirect_stdout(TextIOWrapper(out, "utf-8", write_through=True)),
        redirect_stderr(TextIOWrapper(err, "utf-8", write_through=True)),
        patch("sys.stdin", TextIOWrapper(BytesIO(stdin), "utf-8")),
    ):
        try:
            execute_from_command_line(["manage.py", "extract", *arguments])
        except SystemExit as end:
            code = end.code
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def jsonl(*lines: str | bytes) -> tuple[int, list[Any], str]:
    stdin = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    done = extract("--jsonl", stdin=stdin)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SAID)
    return path


def test_a_person_sees_the_words_the_speaker_and_what_says_so(file: Path) -> None:
    done = manage("extract", str(file))
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "“No”" in shown
    assert "Ann Lee" in shown
    assert "says so: said Ann Lee" in shown
    assert "\x1b[" not in shown


def test_colours_can_be_asked_for(file: Path) -> None:
    assert b"\x1b[" in extract("--force-color", str(file)).stdout


def test_json_is_one_object_a_file(file: Path) -> None:
    done = extract("--format", "json", str(file), str(file))
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == second
    (quote,) = first["quotes"]
    assert first["file"] == str(file)
    assert first["text"][slice(*quote["segments"][0])] == quote["text"] == "No"


def test_lines_come_out_in_order_with_the_keys_of_the_contract() -> None:
    code, (first, second), _ = jsonl(
        json.dumps({"id": "a", "text": SAID}), "", json.dumps({"id": 7, "text": "Nothing."})
    )
    assert code == 0
    assert second == {"id": 7, "quotes": [], "warnings": []}
    assert set(first) == {"id", "quotes", "warnings"}
    (quote,) = first["quotes"]
    assert set(quote) == {"text", "segments", "kind", "speaker", "mention", "cue", "confidence"}
    assert quote["speaker"] == {"name": "Ann Lee", "kind": "person"}
    assert quote["mention"] == {"text": "Ann Lee", "start": 11, "end": 18}
    assert quote["cue"] == {"text": "said", "start": 6, "end": 10}


def test_a_person_is_told_why(file: Path) -> None:
    plain = extract(str(file)).stdout.decode().splitlines()
    explained = extract("--explain", str(file)).stdout.decode().splitlines()
    added = [line for line in explained if line not in plain]
    (quote,) = extract_quotes(SAID).quotes
    assert added[:2] == ["    cue:     “said”", "    mention: “Ann Lee”"]
    assert added[2] == f"    why:     {quote.reasons[0]}"
    # Nothing else is said otherwise.
    assert [line for line in explained if line not in added] == plain


def test_json_says_why_when_asked(file: Path) -> None:
    line = json.dumps({"id": 1, "text": SAID}).encode()
    for arguments, stdin in (((str(file), "--format", "json"), b""), (("--jsonl",), line)):
        plain, explained = (
            json.loads(extract(*arguments, *more, stdin=stdin).stdout) for more in ((), ("--explain",))
        )
        (quote,) = explained["quotes"]
        (found,) = extract_quotes(SAID).quotes
        assert (quote.pop("reasons"), quote.pop("rule")) == (list(found.reasons), found.rule)
        assert explained == plain


def test_joint_speakers_are_joined_by_a_bar() -> None:
    text = "“We will sign,” Ann Lee and Bo Ek said in a joint statement."
    _, (line,), _ = jsonl(json.dumps({"id": 1, "text": text}))
    assert line["quotes"][0]["speaker"] == {"name": "Ann Lee | Bo Ek", "kind": "group"}


def test_a_bad_line_gets_an_error_and_the_others_their_quotes() -> None:
    good = json.dumps({"id": "good", "text": SAID})
    bad: list[str | bytes] = ["{", "[1]", '{"id": 4}', b"\xff\xfe", '{"id": 6, "text": 1}', "[" * 100_000]
    code, lines, complaints = jsonl(good, *bad, good)
    assert code != 0
    assert len(lines[0]["quotes"]) == len(lines[-1]["quotes"]) == 1
    assert [line["line"] for line in lines[1:-1]] == [2, 3, 4, 5, 6, 7]
    assert all(line["error"] for line in lines[1:-1])
    assert [line["id"] for line in lines[1:-1]] == [None, None, 4, None, 6, None]
    assert "6 lines could not be read" in complaints


def test_a_text_over_the_limit_gets_an_error(settings: Any) -> None:
    settings.MAX_ARTICLE_BYTES = 1000
    code, (line, after), _ = jsonl(
        json.dumps({"id": 1, "text": "word " * 300}), json.dumps({"id": 2, "text": SAID})
    )
    assert (code, line["id"], len(after["quotes"])) == (1, 1, 1)
    assert "larger than 1,000 bytes" in line["error"]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    code, (line,), _ = jsonl('{"id": "\\ud800", "text": "\\ud800 “No,” said Ann Lee."}')
    assert code == 0
    assert line["quotes"][0]["segments"] == [[3, 5]]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no text"),
        (b"\0\1\2", "binary"),
        (b"word " * 4_200_000, "larger than"),
        (None, "no such file"),
    ],
    ids=["empty", "binary", "20 MB", "missing"],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    tmp_path: Path, file: Path, content: bytes | None, complaint: str
) -> None:
    bad = tmp_path / "bad"
    if content is not None:
        bad.write_bytes(content)
    done = extract(str(bad), str(file))
    assert done.returncode == 1
    assert f"{bad}: " in done.stderr.decode()
    assert complaint in done.stderr.decode()
    assert "Ann Lee" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    done = extract(str(tmp_path))
    assert (done.returncode, b"it is a folder" in done.stderr) == (1, True)


def test_standard_input_is_a_file_too() -> None:
    assert "Ann Lee" in extract("-", stdin=SAID.encode()).stdout.decode()


def test_nothing_to_read_is_an_error() -> None:
    assert b"give files to read" in extract().stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUOTETRACKER_PUBLISH_THRESHOLD", "70"),
        ("QUOTETRACKER_MAX_ARTICLE_BYTES", "5MB"),
        ("QUOTETRACKER_DEBUG", "maybe"),
        ("QUOTETRACKER_CSRF_TRUSTED_ORIGINS", "quotes.example"),
        ("DATABASE_URL", "mysql://localhost/quotes"),
        ("DATABASE_URL", ""),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start_with_a_hint(name: str, value: str) -> None:
    done = manage("extract", "-", stdin=SAID.encode(), **{name: value})
    assert done.returncode != 0
    assert name in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def lines_of(count: int, words: int) -> list[bytes]:
    """Lines for --jsonl with a bad one among them."""
    lines = [
        json.dumps({"id": number, "text": f"“No {number},” said Ann Lee. " + "word " * words})
        for number in range(count)
    ]
    return [line.encode() for line in [*lines[: count // 2], "{", *lines[count // 2 :]]]


def test_processes_answer_the_same_lines_in_the_same_order() -> None:
    stdin = b"\n".join(lines_of(30, 2000))
    alone = extract("--jsonl", stdin=stdin)
    together = manage("extract", "--jsonl", "--processes", "2", stdin=stdin)
    assert together.stdout == alone.stdout
    assert together.stdout.count(b"\n") == 31
    assert (together.returncode, together.stderr) == (alone.returncode, alone.stderr)
    assert b"line 16: it is not JSON" in alone.stderr


def test_a_line_is_answered_before_the_next_is_read() -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "extract", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for line, key in ((b'{"id": 1, "text": "No."}\n', "quotes"), (b"{\n", "error")):
            running.stdin.write(line)
            running.stdin.flush()
            assert key in json.loads(running.stdout.readline())
        running.stdin.close()


@pytest.mark.parametrize("wrong", [["--processes", "2", "story.txt"], ["--jsonl", "--processes", "-1"]])
def test_processes_go_with_lines(wrong: list[str]) -> None:
    done = extract(*wrong)
    assert b"--processes goes with --jsonl" in done.stderr


@pytest.fixture
def in_the_background() -> Iterator[None]:
    """As in a job that a script started in the background: SIGINT is ignored, also by who is started."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.usefixtures("in_the_background")
@pytest.mark.parametrize(
    ("end", "complaint"),
    [(signal.SIGINT, "interrupted; what was finished is kept"), (signal.SIGKILL, "")],
)
def test_processes_end_with_the_command(end: signal.Signals, complaint: str) -> None:
    """The pipes stay open as long as anybody holds them."""
    command = [sys.executable, str(ROOT / "manage.py"), "extract", "--jsonl", "--processes", "2"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        lines = lines_of(400, 2000)
        running.stdin.write(b"\n".join(lines[:60]) + b"\n")
        running.stdin.flush()
        assert b'"No 0"' in running.stdout.readline()
        if end is signal.SIGINT:
            os.killpg(running.pid, end)  # to all of them, as a terminal does
        else:
            running.kill()
        _, complaints = running.communicate(timeout=60)
    assert running.returncode != 0
    assert complaints.decode().strip() == complaint


@pytest.mark.parametrize("arguments", [(), ("--no-transcripts",)])
def test_turns_of_transcripts_are_left_out_when_asked_for(arguments: tuple[str, ...], tmp_path: Path) -> None:
    text = "Ann Lee and Ian Rusk met.\n\nRUSK: Do you dive?\n\nLEE: I do.\n\nRUSK: You should not."
    path = tmp_path / "hearing.txt"
    path.write_text(text)
    line = json.dumps({"id": 1, "text": text}).encode()
    for done in (
        extract("--format", "json", *arguments, str(path)),
        extract("--jsonl", *arguments, stdin=line),
    ):
        kinds = [quote["kind"] for quote in json.loads(done.stdout)["quotes"]]
        assert kinds == ([] if arguments else ["transcript"] * 3)
