"""Follow-up over REST, as the manifest offers it: assignments and words on them, steps, obstacles, rounds of asking."""

from . import assignments, chases, obstacles, steps
from .common import router

__all__ = ["assignments", "chases", "obstacles", "router", "steps"]
