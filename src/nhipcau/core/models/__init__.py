"""The tables that every room stands on: people, the audit trail, files, jobs, notices, reminders, what goes out."""

from .audit import AuditChain, AuditEvent, AuditKey, TrailCheck
from .calendar import CalendarChange, CalendarDay, Clock, ClockMove, LegalRule
from .counts import Tally
from .feeds import Feed
from .files import StoredFile
from .jobs import Job, Schedule, Worker
from .notices import Notice, OutboxMessage
from .people import User
from .reminders import Reminded, Reminder, Rhythm
from .webhooks import Delivery, Hook

__all__ = [
    "AuditChain",
    "AuditEvent",
    "AuditKey",
    "CalendarChange",
    "CalendarDay",
    "Clock",
    "ClockMove",
    "Delivery",
    "Feed",
    "Hook",
    "Job",
    "LegalRule",
    "Notice",
    "OutboxMessage",
    "Reminded",
    "Reminder",
    "Rhythm",
    "Schedule",
    "StoredFile",
    "Tally",
    "TrailCheck",
    "User",
    "Worker",
]
