"""The tables that every room stands on: people, the audit trail, files, jobs, notices."""

from .audit import AuditChain, AuditEvent, AuditKey
from .calendar import CalendarChange, CalendarDay, Clock, ClockMove, LegalRule
from .counts import Tally
from .files import StoredFile
from .jobs import Job, Schedule, Worker
from .notices import Notice, OutboxMessage
from .people import User

__all__ = [
    "AuditChain",
    "AuditEvent",
    "AuditKey",
    "CalendarChange",
    "CalendarDay",
    "Clock",
    "ClockMove",
    "Job",
    "LegalRule",
    "Notice",
    "OutboxMessage",
    "Schedule",
    "StoredFile",
    "Tally",
    "User",
    "Worker",
]
