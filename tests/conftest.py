"""Settings that every test shares: how hard Hypothesis searches, and that whatever fails says what it compared."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Before any of them is imported: what they assert is else reported as a bare `AssertionError`.
pytest.register_assert_rewrite("tests.support")

settings.register_profile(
    "house",
    max_examples=60,
    # A slow machine is no finding.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("thorough", parent=settings.get_profile("house"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
