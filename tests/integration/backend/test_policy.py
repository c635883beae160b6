"""What an organ has set, as its staff and its bot are told."""

from msgspec.structs import replace

from backend.contract import CodeList, InForce, Rules
from backend.domain.policy import codes_of
from backend.profiles import profile
from tests.support.backend_server import Client, Server
from tests.support.reports import publication


async def test_staff_and_bot_are_told_what_counts_today(server: Server, bot: Client, sato: Client) -> None:
    """The newest publication does, with the version of the rules that everyone has to know."""
    lists = tuple(replace(one, codes=(*one.codes, "own-7")) for one in profile().lists)
    sent = publication(serial=2)
    sent = replace(sent, policy=replace(profile(), lists=lists), rules=Rules(version=3, text={"en": "Be kind."}))
    assert (await server.client("ministry publisher").ask("PUT", "/roster", sent)).status == 204
    for somebody in (bot, sato):
        told = (await somebody.ask("GET", "/policy")).record(InForce)
        assert "own-7" in codes_of(told.policy, CodeList.NOT_ACCEPTED)
        assert told.rules_version == 3


async def test_an_organ_that_has_set_nothing_goes_by_the_standard_profile(server: Server) -> None:
    """Another organ's policy is never given in its place."""
    told = (await server.client("agency intake").ask("GET", "/policy")).record(InForce)
    assert told == InForce(policy=profile(), rules_version=0)


async def test_whoever_only_publishes_is_told_nothing(server: Server) -> None:
    """The administration reads no case and needs no list of reasons."""
    assert (await server.client("ministry publisher").ask("GET", "/policy")).status == 403
