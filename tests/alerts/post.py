"""A real mail server for tests: it keeps what it takes, or refuses it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Post:
    """What was taken, in its order; `refusal` is answered instead of taking anything."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refusal = ""
        self.port = 0

    async def take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusal:
            return self.refusal
        self.raw.append(envelope.original_content or b"")
        return "250 OK"

    handle_DATA = take  # what it is asked by

    @property
    def taken(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=default) for one in self.raw]


@contextmanager
def post_office() -> Iterator[Post]:
    """A server on a port of its own, gone with the block."""
    post = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        post.port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
