"""Whoever runs the product finds every setting in the README, and nothing that is no setting."""

import importlib
import re

import pytest
from pydantic_settings import BaseSettings

from tests.support.repository import ROOT

SETTINGS = (("bot.config", "BotSettings"), ("backend.config", "BackendSettings"))

MENTIONED = re.compile(r"`(MADOGUCHI_[A-Z0-9_]+)`")


def variables(module: str, name: str) -> dict[str, str | None]:
    """The environment variables of one side, each with its description."""
    settings = getattr(importlib.import_module(module), name)
    assert issubclass(settings, BaseSettings)
    prefix = settings.model_config.get("env_prefix", "")
    return {f"{prefix}{field}".upper(): info.description for field, info in settings.model_fields.items()}


@pytest.mark.parametrize(("module", "name"), SETTINGS)
def test_the_readme_lists_every_setting(module: str, name: str) -> None:
    """Each `MADOGUCHI_*` variable that is read stands in the README under its full name."""
    listed = set(MENTIONED.findall((ROOT / "README.md").read_text()))
    assert set(variables(module, name)) - listed == set()


@pytest.mark.parametrize(("module", "name"), SETTINGS)
def test_every_setting_says_what_it_does(module: str, name: str) -> None:
    """No setting is left without a description, which is what a fault at start shows."""
    assert [variable for variable, told in variables(module, name).items() if not told] == []


def test_the_readme_lists_no_setting_that_is_not_read() -> None:
    """A setting that was renamed or dropped does not linger in the README."""
    known = {variable for module, name in SETTINGS for variable in variables(module, name)}
    assert set(MENTIONED.findall((ROOT / "README.md").read_text())) - known == set()
