"""Mail by the SMTP server of the settings."""

import smtplib
from collections.abc import Iterable
from email.message import EmailMessage

from cmdb.errors import InvalidInput, Unavailable
from cmdb.incidents import Notice
from cmdb.settings import Settings

SECONDS = 20


def can_mail(settings: Settings) -> bool:
    """Whether a server is set."""
    return settings.smtp_host is not None


def mailed(settings: Settings, notice: Notice) -> list[str]:
    """Mail a notice to those with an address, where a server is set; the addresses. Raises as `send`."""
    addresses = [one.email for one in notice.recipients if one.email]
    return send(settings, addresses, notice.subject, notice.text) if addresses and can_mail(settings) else []


def send(settings: Settings, to: Iterable[str], subject: str, text: str) -> list[str]:
    """Mail a text to each address on its own, so that nobody sees the others; those that were taken.

    Raises Unavailable where the server does not answer or refuses all, InvalidInput where none is set.
    """
    if settings.smtp_host is None:
        raise InvalidInput("No SMTP server is set. Set CMDB_SMTP_HOST, or copy the text.")
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS) as server:
            if settings.smtp_starttls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            return [
                address for address in dict.fromkeys(to) if _taken(server, settings, address, subject, text)
            ]
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            f"The SMTP server {settings.smtp_host}:{settings.smtp_port} does not take mail: {error}."
        ) from error


def _taken(server: smtplib.SMTP, settings: Settings, address: str, subject: str, text: str) -> bool:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.smtp_from, address, subject
    message.set_content(text)
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused:
        return False
    return True
