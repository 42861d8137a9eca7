"""A small web of our own on loopback: outlets with feeds and pages, good and bad."""

from tests.web.server import LocalWeb, local_web

__all__ = ["LocalWeb", "local_web"]
