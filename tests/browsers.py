"""A real browser for the tests that need one: the Chromium of the system, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = "TEST_CHROMIUM"


class BrowserNotFoundError(Exception):
    """There is no browser; the message says how to get one."""


def chromium() -> str:
    """The path of a Chromium. Raises BrowserNotFoundError."""
    named = os.environ.get(CHROMIUM)
    for name in (named,) if named else _NAMES:
        if found := shutil.which(name):
            return found
    tried = named or ", ".join(_NAMES)
    raise BrowserNotFoundError(
        f"The tests of the review desk need a Chromium, and there is none ({tried}). Install one (Debian: "
        f"apt-get install chromium), or name it: {CHROMIUM}=/path/to/chromium"
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window; its sandbox is left out for root, who cannot have one."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield opened
        opened.close()
