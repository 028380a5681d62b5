"""An SMTP server that shares no line with Pilothouse: aiosmtpd, and Python's own reading of mail.

Tells on stdout, a JSON line each: the port, every attempt to log in, every message. Run by the
stories named `independent_*` (tests/stories/smtp.rs); ends when it is killed.
"""

import argparse
import email
import email.policy
import json
import logging
import signal
import ssl
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def tell(**what):
    print(json.dumps(what, ensure_ascii=True), flush=True)


def defects_of(message):
    found = [repr(defect) for part in message.walk() for defect in part.defects]
    return found + [repr(d) for value in message.values() for d in getattr(value, "defects", ())]


class Teller:
    def __init__(self, always_tls):
        self.always_tls = always_tls

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.original_content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        parts = list(message.iter_parts())
        tell(
            **{"is": "mail", "from": str(message["From"])},
            over_tls=self.always_tls or session.ssl is not None,
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            to=str(message["To"]),
            subject=str(message["Subject"]),
            date=message["Date"].datetime.isoformat(),
            message_id=str(message["Message-ID"]),
            auto_submitted=str(message["Auto-Submitted"]),
            content_language=str(message["Content-Language"]),
            parts=[f"{p.get_content_type()}; charset={p.get_content_charset()}" for p in parts],
            text=message.get_body(("plain",)).get_content(),
            html=message.get_body(("html",)).get_content(),
            defects=defects_of(message),
            longest_line=max(len(line) for line in raw.split(b"\r\n")),
            is_ascii=raw.isascii(),
        )
        return "250 2.0.0 taken"


class AnyPort(Controller):
    """aiosmtpd asks the port it was given whether the server is up; 0 is none to ask."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--implicit-tls", action="store_true")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--login", nargs=2, metavar=("USER", "PASSWORD"))
    given = parser.parse_args()

    def authenticate(server, session, envelope, mechanism, login):
        user, password = login.login.decode(), login.password.decode()
        accepted = [user, password] == given.login
        tell(**{"is": "login"}, user=user, accepted=accepted)
        return AuthResult(success=accepted, handled=False)

    # A refused handshake is what some stories are about, not something to read in their output.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    options = {}
    if given.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given.cert, given.key)
        options["ssl_context" if given.implicit_tls else "tls_context"] = context
    if given.login:
        options |= {
            "authenticator": authenticate,
            "auth_required": True,
            # Where STARTTLS is offered it must come first; a server without it takes a password in
            # the clear, so that a client which offers one is caught.
            "auth_require_tls": given.starttls,
        }
    if given.starttls:
        options["require_starttls"] = True
    controller = AnyPort(Teller(given.implicit_tls), hostname="127.0.0.1", port=0, **options)
    controller.start()
    tell(**{"is": "listening"}, port=controller.port)
    signal.pause()


if __name__ == "__main__":
    main()
