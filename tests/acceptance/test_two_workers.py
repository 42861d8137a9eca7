"""Two processes that meet the same new people at the same moment make one speaker of each."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from quotes.models import Link, Speaker

FIRST = ["Oona", "Desmond", "Marta", "Ivo", "Siobhan", "Tomas", "Greta", "Anil"]
LAST = ["Marlowe", "Quill", "Achterberg", "Lind"]
NAMES = [f"{first} {last}" for last in LAST for first in FIRST]


def write_articles(folder: Path, outlet: str) -> list[str]:
    folder.mkdir()
    paths = []
    for number, name in enumerate(NAMES):
        path = folder / f"{number:02}.txt"
        url = f"https://{outlet}.example/{number}"
        path.write_text(f"URL: {url}\nSource: {outlet}\n\nThe board met. “We sail,” said {name}.\n")
        paths.append(str(path))
    return paths


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_speaker_of_each_new_name(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": database_url(tmp_path)}
    if connection.vendor == "sqlite":
        assert manage(environment, "migrate", "-v", "0").returncode == 0
    folders = [write_articles(tmp_path / outlet, outlet) for outlet in ("one", "two")]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda paths: manage(environment, "ingest", *paths), folders))
    assert [worker.returncode for worker in done] == [0, 0], b"".join(worker.stderr for worker in done)
    assert counted(tmp_path) == (len(NAMES), 2 * len(NAMES))


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_learn_names_of_the_same_people_never_stop_each_other(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": database_url(tmp_path)}
    if connection.vendor == "sqlite":
        assert manage(environment, "migrate", "-v", "0").returncode == 0
    people = list(zip(NAMES, NAMES[8:], NAMES[16:], strict=False))
    paths = []
    for number, some in enumerate(people):
        said = "\n\n".join(f"“We sail,” said {name}. “No,” Ms. {name.split()[1]} said." for name in some)
        path = tmp_path / f"{number:02}.txt"
        path.write_text(f"URL: https://one.example/{number}\nSource: one\n\nThe board met.\n\n{said}\n")
        paths.append(str(path))
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda some: manage(environment, "ingest", *some), (paths, paths[::-1])))
    assert [worker.returncode for worker in done] == [0, 0], b"".join(worker.stderr for worker in done)
    assert counted(tmp_path) == (len(NAMES), 3 * len(people))


def database_url(folder: Path) -> str:
    """The test database itself; a file where it is kept in memory, which no other process sees."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'two.sqlite3'}"
    config = connection.settings_dict
    host, port = config["HOST"] or "", config["PORT"] or ""
    login = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    if host.startswith("/"):
        return f"postgresql://{login}@/{config['NAME']}?host={host}"
    return f"postgresql://{login}@{host}{f':{port}' if port else ''}/{config['NAME']}"


def counted(folder: Path) -> tuple[int, int]:
    """Speakers and links."""
    if connection.vendor != "sqlite":
        return Speaker.objects.count(), Link.objects.count()
    with closing(sqlite3.connect(folder / "two.sqlite3")) as file:
        speakers, links = file.execute(
            "SELECT (SELECT count(*) FROM quotes_speaker), (SELECT count(*) FROM quotes_link)"
        ).fetchone()
    return speakers, links
