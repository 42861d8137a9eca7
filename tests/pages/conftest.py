"""A browser for all tests of a module."""

from tests.desk.conftest import chrome

__all__ = ["chrome"]
