"""The browser of the desk's tests, for the admin site's."""

from tests.desk import conftest

chrome, desk = conftest.chrome, conftest.desk
