#!/usr/bin/env python3
"""Splunk scripted input: writes the audit events since the last run to standard output, one JSON object a line.

The place where the next run goes on is in the checkpoint file. It moves after a page was written out, so a run that is killed repeats a page at most, and
never leaves one out. Nothing but Python's own library is needed.

Usage: sluice_zaita.py CONFIGURATION      (see default/sluice_zaita.conf)
"""

import configparser
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

PATH = "/v1/zaita/audit-events"
TIMEOUT_SECONDS = 60


class Settings:
    def __init__(self, file):
        parser = configparser.ConfigParser(interpolation=None)
        with open(file, encoding="utf-8") as text:
            parser.read_file(text)
        section = parser["sluice"]
        self.url = section["url"].rstrip("/")
        self.checkpoint = os.path.expandvars(section["checkpoint"])
        self.query = {name: section[name] for name in ("from", "event_type", "page_size") if section.get(name)}
        with open(os.path.expandvars(section["key_file"]), encoding="utf-8") as text:
            self.key = text.read().strip()


def read_page(settings, token):
    """The answer, or None where retention took what comes next: then with the token that goes on behind it."""
    query = dict(settings.query, page_token=token) if token else settings.query
    request = urllib.request.Request(settings.url + PATH + "?" + urllib.parse.urlencode(query), headers={"Authorization": "Bearer " + settings.key})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        problem = json.loads(error.read() or b"{}")
        if error.code != 410:
            raise SystemExit("Sluice answered %d: %s" % (error.code, problem.get("detail", error.reason)))
        print("Events were lost: " + problem["detail"], file=sys.stderr)
        return {"events": [], "next_page_token": problem["resume_page_token"]}


def read_checkpoint(file):
    try:
        with open(file, encoding="ascii") as text:
            return text.read().strip()
    except FileNotFoundError:
        return ""


def write_checkpoint(file, token):
    """At once or not at all."""
    with open(file + ".new", "w", encoding="ascii") as text:
        text.write(token)
        text.flush()
        os.fsync(text.fileno())
    os.replace(file + ".new", file)


def main():
    settings = Settings(sys.argv[1])
    token = read_checkpoint(settings.checkpoint)
    while True:
        page = read_page(settings, token)
        for event in page["events"]:
            sys.stdout.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()
        token = page["next_page_token"]
        if token is None:
            return
        write_checkpoint(settings.checkpoint, token)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main()
