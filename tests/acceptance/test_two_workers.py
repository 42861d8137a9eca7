"""Two processes that meet the same new people at the same moment make one speaker of each."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from quotes.management.databases import database_url
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


def manage(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    environment = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.run(command, env=environment, capture_output=True, check=False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_speaker_of_each_new_name(tmp_path: Path) -> None:
    folders = [write_articles(tmp_path / outlet, outlet) for outlet in ("one", "two")]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda paths: manage("ingest", *paths), folders))
    assert [worker.returncode for worker in done] == [0, 0], b"".join(worker.stderr for worker in done)
    assert (Speaker.objects.count(), Link.objects.count()) == (len(NAMES), 2 * len(NAMES))


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_learn_names_of_the_same_people_never_stop_each_other(tmp_path: Path) -> None:
    people = list(zip(NAMES, NAMES[8:], NAMES[16:], strict=False))
    paths = []
    for number, some in enumerate(people):
        said = "\n\n".join(f"“We sail,” said {name}. “No,” Ms. {name.split()[1]} said." for name in some)
        path = tmp_path / f"{number:02}.txt"
        path.write_text(f"URL: https://one.example/{number}\nSource: one\n\nThe board met.\n\n{said}\n")
        paths.append(str(path))
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda some: manage("ingest", *some), (paths, paths[::-1])))
    assert [worker.returncode for worker in done] == [0, 0], b"".join(worker.stderr for worker in done)
    assert (Speaker.objects.count(), Link.objects.count()) == (len(NAMES), 3 * len(people))
