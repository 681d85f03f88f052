"""The suite itself: what must stay on one worker does."""

from __future__ import annotations

import pytest


def test_tests_of_a_file_stay_on_one_worker(request: pytest.FixtureRequest) -> None:
    """pytest-xdist marks a kept group in the test's id; a pytest that it does not know would scatter them silently."""
    if request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@tests/architecture/test_suite.py")
