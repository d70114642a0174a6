"""A local Hoursmith API with state, as strict as its documents say the real one is."""

from ..backend.clock import utc_now
from ..backend.faults import KINDS, Fault, Faults
from ..backend.recording import Recorded
from .model import Choices, Entry, Member, Project, Task, Token
from .operations import OPERATIONS
from .organisation import Organisation
from .seed import TOKENS, seed
from .server import create_app

__all__ = [
    "KINDS",
    "OPERATIONS",
    "TOKENS",
    "Choices",
    "Entry",
    "Fault",
    "Faults",
    "Member",
    "Organisation",
    "Project",
    "Recorded",
    "Task",
    "Token",
    "create_app",
    "seed",
    "utc_now",
]
