"""Mail where there is no server for it: a folder, with a file a message."""

import uuid
from collections.abc import Sequence
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Writes each message to a file of its own, complete or not at all."""

    def __init__(self, *args: Any, folder: Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._folder = folder or settings.MAIL_FOLDER

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self._folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid.uuid4().hex[:8]}"
            draft = self._folder / f".{name}"
            draft.touch(mode=0o600)
            draft.write_bytes(message.message().as_bytes())
            draft.rename(self._folder / f"{name}.eml")
        return len(email_messages)


def is_kept_here() -> bool:
    """Whether mail goes to the folder, and to nobody."""
    return f"{__name__}.{FolderBackend.__name__}" == settings.EMAIL_BACKEND


def kept_mail(most: int) -> list[tuple[str, ParsedMessage]]:
    """The latest messages in the folder, each with its name, the latest first."""
    paths = sorted(settings.MAIL_FOLDER.glob("*.eml"), reverse=True)[:most]
    return [(path.stem, _parsed(path)) for path in paths]


def kept_message(name: str) -> ParsedMessage | None:
    """The message of this name in the folder."""
    known = {path.stem: path for path in settings.MAIL_FOLDER.glob("*.eml")}
    return _parsed(known[name]) if name in known else None


def _parsed(path: Path) -> ParsedMessage:
    with path.open("rb") as file:
        return BytesParser(policy=default).parse(file)
