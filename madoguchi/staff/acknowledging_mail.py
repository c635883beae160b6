"""The acknowledgement as a mail ready to be sent; sending it is not this room's business."""

from email.message import EmailMessage
from email.policy import SMTP

from madoguchi.staff.acknowledging import Acknowledgement
from madoguchi.words import Words


def mail(words: Acknowledgement, to: str) -> bytes:
    """Write the mail as a file. It bears no sender and no date: whoever sends it adds both."""
    message = EmailMessage(policy=SMTP)
    message["To"] = to
    message["Subject"] = Words(words.language)("acknowledgement.subject", organ=words.organ)
    message.set_content("\n".join(_lines(words)), cte="base64")
    return message.as_bytes()


def _lines(words: Acknowledgement) -> list[str]:
    label = words.labels
    return [
        *words.received,
        "",
        *(f"{label['token']}: {words.token}", f"{label['token_words']}: {' '.join(words.token_words)}"),
        *(label["token_what"], ""),
        *(f"{label['number']}: {words.number}", label["number_what"], ""),
        *(([f"{label['web']}: {words.web}", ""]) if words.web else []),
        label["steps"],
        *(f"{place}. {step}" for place, step in enumerate(words.mailed_steps, 1)),
        "",
        *(label["coming"], *(f"- {line}" for line in words.coming), ""),
        *(label["protection"], *(f"- {line}" for line in words.protection), ""),
        f"{words.organ} {words.desk}",
        f"{label['contact']}: {words.contact}",
        "",
    ]
