"""Signed tokens of a running meeting: who may follow it, and which phone is whose."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from kawka.models import Attendance, Meeting

STREAM_SIGNER = Signer(salt="kawka.stream", sep="~")
PHONE_SIGNER = Signer(salt="kawka.phone", sep="~")


@dataclass(frozen=True)
class StreamToken:
    """What a listener may follow: one meeting, in one role, for as long as its room code stays the same."""

    meeting: str
    room_code: str
    role: str


def stream_token(meeting: Meeting, role: str) -> str:
    """Lets whoever has it follow the meeting's snapshots; a new room code takes all of them back."""
    return STREAM_SIGNER.sign(f"{meeting.code}.{meeting.room_code}.{role}")


def read_stream_token(token: str) -> StreamToken | None:
    """What the token is for; None when it is not ours."""
    try:
        return StreamToken(*STREAM_SIGNER.unsign(token).split("."))
    except (BadSignature, TypeError):
        return None


def phone_token(attendance: Attendance) -> str:
    """Keeps a phone at its person's place; releasing the name takes it back."""
    joined = attendance.phone_joined_at
    return PHONE_SIGNER.sign(f"{attendance.person.code}.{joined.timestamp() if joined else 0}")
