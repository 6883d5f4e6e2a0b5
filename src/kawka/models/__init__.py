"""Tables, named constraints and QuerySets: one file per noun; imports nothing above."""

from kawka.models.account import Account
from kawka.models.answer import Answer
from kawka.models.ask import Ask
from kawka.models.attendance import Attendance
from kawka.models.calendar_feed import CalendarFeed
from kawka.models.campaign import CampaignPost
from kawka.models.card import Card, SeenBy
from kawka.models.community import Community, Ownership
from kawka.models.date_poll import DatePoll, DateProposal, Voter
from kawka.models.errors import Refused
from kawka.models.formula import Segment, SegmentKind
from kawka.models.greeting import Greeting
from kawka.models.group import Group
from kawka.models.hand import Hand
from kawka.models.health import MonthlyHealth
from kawka.models.invitation import Invitation
from kawka.models.job_run import JobRun, WorkerBeat
from kawka.models.live_change import LiveChange
from kawka.models.meeting import Meeting
from kawka.models.membership import Membership, Standing
from kawka.models.not_with_me import NotWithMe
from kawka.models.note import Note
from kawka.models.offer import HelpKind, Offer
from kawka.models.outgoing_mail import OutgoingMail
from kawka.models.owner_ask import OwnerAsk
from kawka.models.people_import import PeopleImport
from kawka.models.person import Person
from kawka.models.personal_link import PersonalLink
from kawka.models.pitch import Pitch, PitchVersion
from kawka.models.push import PushNote, PushSubscription
from kawka.models.role import Role, RoleWish, Turn
from kawka.models.seat import PlusOne, SeatOffer
from kawka.models.seat_question import SeatQuestion
from kawka.models.seat_wish import SeatWish
from kawka.models.sender_record import SenderRecord
from kawka.models.series import Series
from kawka.models.setup_draft import SetupDraft
from kawka.models.spotlight import Spotlight, SpotlightProposal
from kawka.models.standing_answer import StandingAnswer
from kawka.models.take_over import TakeOver, TakeOverAsk
from kawka.models.talk import Talk, TalkSeat
from kawka.models.task import Task

__all__ = [
    "PushNote",
    "PushSubscription",
    "Account",
    "Answer",
    "Ask",
    "Attendance",
    "CalendarFeed",
    "CampaignPost",
    "Card",
    "Community",
    "DatePoll",
    "DateProposal",
    "Greeting",
    "Group",
    "Hand",
    "HelpKind",
    "Invitation",
    "JobRun",
    "LiveChange",
    "Meeting",
    "Membership",
    "MonthlyHealth",
    "NotWithMe",
    "Note",
    "Offer",
    "OutgoingMail",
    "OwnerAsk",
    "Ownership",
    "PeopleImport",
    "Person",
    "PersonalLink",
    "Pitch",
    "PitchVersion",
    "PlusOne",
    "Refused",
    "Role",
    "RoleWish",
    "SeatOffer",
    "SeatQuestion",
    "SeatWish",
    "SeenBy",
    "Segment",
    "SegmentKind",
    "SenderRecord",
    "Series",
    "SetupDraft",
    "Spotlight",
    "SpotlightProposal",
    "Standing",
    "StandingAnswer",
    "TakeOver",
    "TakeOverAsk",
    "Talk",
    "TalkSeat",
    "Task",
    "Turn",
    "WorkerBeat",
    "Voter",
]
