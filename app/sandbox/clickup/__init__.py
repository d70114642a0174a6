"""A local ClickUp v2 API with state, as strict and as quirky as the real wire."""

from ..backend.clock import utc_now
from ..backend.faults import KINDS, Fault, Faults
from ..backend.recording import Recorded
from .model import Choices, Entry, Role, Task, Token, User, to_ms
from .operations import OPERATIONS
from .seed import TOKENS, add_generated_tasks, seed
from .server import create_app
from .workspace import Workspace

__all__ = [
    "KINDS",
    "OPERATIONS",
    "TOKENS",
    "Choices",
    "Entry",
    "Fault",
    "Faults",
    "Recorded",
    "Role",
    "Task",
    "Token",
    "User",
    "Workspace",
    "add_generated_tasks",
    "create_app",
    "seed",
    "to_ms",
    "utc_now",
]
