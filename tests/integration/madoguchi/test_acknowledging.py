"""The acknowledgement on paper, as a browser prints it, and as a mail."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pikepdf
import pytest
from playwright.async_api import async_playwright

from bot.anonymity.references import read_token
from madoguchi.staff.acknowledging_mail import mail
from madoguchi.staff.acknowledging_page import page
from madoguchi.staff.entering import Kind
from tests.support.browsers import ARGUMENTS, CHROMIUM, needs_chromium
from tests.support.sealed_organ import TOKEN
from tests.unit.madoguchi.test_entering import on_paper


@needs_chromium
async def test_o14_the_page_is_one_sheet_for_every_kind(tmp_path: Path) -> None:
    """O-14: token in symbols and words, dates, rules and a long address beside the code, on one side of A4."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        sheet = await browser.new_page()
        for language in ("ja", "en"):
            for kind in Kind:
                words = on_paper(language, kind=kind, web="https://madoguchi.ministry-of-examples.example.go.jp/")
                (tmp_path / "page.html").write_bytes(page(words))
                await sheet.goto((tmp_path / "page.html").as_uri())
                await sheet.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
                with pikepdf.open(tmp_path / "page.pdf") as printed:
                    assert len(printed.pages) == 1, (language, kind)
        await browser.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_o14_a_mail_bears_both_spellings(language: str) -> None:
    """O-14: the line of words is read as the same token."""
    body = message_from_bytes(mail(on_paper(language), "a@b.example"), policy=default).get_content()
    lines = [line.partition(": ")[2] for line in body.splitlines()]
    assert TOKEN.text in lines
    (spelt,) = (line for line in lines if line == " ".join(TOKEN.words(language)))
    assert read_token(spelt) == TOKEN
