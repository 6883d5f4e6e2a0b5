"""What is written down about a fault says nothing about people."""

import logging
import re

SECRET = re.compile(r"(/(?:a|r|l|j|unsubscribe|live/stream)/)[^\s/]+|(/sign-in/)\S+")
EMAIL = re.compile(r"[^\s@<>()\[\]\"',;:=/]{1,64}@[^\s@<>()\[\]\"',;:/]+\.\w+")


class DiscreetFormatter(logging.Formatter):
    """Writes every line without e-mail addresses and without the secrets of personal links."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback, and with dots where a secret or an address stood."""
        return EMAIL.sub("…", SECRET.sub(r"\1\2…", super().format(record)))
