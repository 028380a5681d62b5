"""Reads a mailbox with programs that share no line with Pilothouse: Python's `email`, which is told
to refuse whatever breaks a standard, `dkimpy` and `icalendar`.

    read_back.py MAILBOX [DKIM_NAME DKIM_RECORD]...

Tells what it read in a line of JSON a message. DKIM_RECORD is what DNS would hold under DKIM_NAME.
"""

import csv
import email
import email.policy
import io
import json
import pathlib
import sys

import dkim
import icalendar


def defects(message):
    found = [repr(defect) for part in message.walk() for defect in part.defects]
    fields = [field for part in message.walk() for field in part.items()]
    return found + [f"{name}: {defect!r}" for name, value in fields for defect in getattr(value, "defects", ())]


def addresses(message, name):
    header = message[name]
    return [[one.display_name, one.addr_spec] for one in header.addresses] if header else []


def signature(raw, dns):
    verifier = dkim.DKIM(raw, minkey=2048)
    valid = verifier.verify(dnsfunc=lambda asked, timeout=5: dns.get(asked.rstrip(b".")))
    fields = verifier.signature_fields
    signed = [field.strip().lower().decode() for field in fields[b"h"].split(b":")]
    return {"valid": valid, "domain": fields[b"d"].decode(), "signed": signed}


def calendar(part):
    text = part.get_content()
    text = text.decode("utf-8") if isinstance(text, bytes) else text
    lines = text.encode("utf-8").split(b"\r\n")
    read = icalendar.Calendar.from_ical(text)
    (event,) = read.walk("VEVENT")
    return {
        "type": part.get_content_type(),
        "mime_method": part["Content-Type"].params.get("method"),
        "file": part.get_filename(),
        "text": text,
        "longest_line": max(len(line) for line in lines),
        "errors": [str(error) for component in read.walk() for error in component.errors],
        "method": read["METHOD"],
        "uid": event["UID"],
        "sequence": event["SEQUENCE"],
        "status": event["STATUS"],
        "summary": event["SUMMARY"],
        "location": event.get("LOCATION"),
        "description": event["DESCRIPTION"],
        "zone": event["DTSTART"].params.get("TZID"),
        "zones": [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")],
        "start": event["DTSTART"].dt.isoformat(),
        "end": event["DTEND"].dt.isoformat(),
        "organizer": event["ORGANIZER"],
        "attendees": [
            [one.params["CN"], one, one.params["PARTSTAT"], one.params["RSVP"]] for one in event["ATTENDEE"]
        ],
    }


def table(part):
    raw = part.get_payload(decode=True)
    return {
        "file": part.get_filename(),
        "has_mark": raw.startswith(b"\xef\xbb\xbf"),
        "rows": list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)),
    }


def message(raw, dns):
    read = email.message_from_bytes(raw, policy=email.policy.default + email.policy.strict)
    text, html = read.get_body(("plain",)), read.get_body(("html",))
    leaves = [part for part in read.walk() if not part.is_multipart()]
    calendars = ("text/calendar", "application/ics")
    return {
        "message_id": read["Message-ID"],
        "return_path": read["Return-Path"],
        "delivered_to": read["Delivered-To"],
        "headers": [name for name in read.keys()],
        "values": {name: str(value) for name, value in read.items()},
        "subject": str(read["Subject"]),
        "from": addresses(read, "From"),
        "to": addresses(read, "To"),
        "reply_to": addresses(read, "Reply-To"),
        "types": [part.get_content_type() for part in read.walk()],
        "text": text.get_content() if text else None,
        "html": html.get_content() if html else None,
        "defects": defects(read),
        "is_ascii": raw.isascii(),
        "longest_line": max(len(line) for line in raw.splitlines()),
        "dkim": signature(raw, dns) if "DKIM-Signature" in read else None,
        "calendars": [calendar(part) for part in leaves if part.get_content_type() in calendars],
        "tables": [table(part) for part in leaves if part.get_content_type() == "text/csv"],
        "raw": raw.decode("utf-8"),
    }


def main():
    mailbox, *records = sys.argv[1:]
    dns = {name.encode(): record.encode() for name, record in zip(records[::2], records[1::2])}
    for file in sorted(pathlib.Path(mailbox).iterdir()):
        print(json.dumps(message(file.read_bytes(), dns), ensure_ascii=True))


if __name__ == "__main__":
    main()
