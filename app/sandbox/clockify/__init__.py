"""A local Clockify v1 API with state, as strict and as quirky as the real wire."""

from ..backend.clock import utc_now
from ..backend.faults import EVERY_KIND as KINDS
from ..backend.faults import Fault, Faults
from ..backend.recording import Recorded
from .model import Choices, Entry, Project, Role, Tag, Task, Token, User
from .operations import OPERATIONS
from .seed import PEOPLE, PROJECTS, TAGS, TOKENS, seed
from .server import create_app
from .workspace import FREE_LIMIT, Workspace

__all__ = [
    "FREE_LIMIT",
    "KINDS",
    "OPERATIONS",
    "PEOPLE",
    "PROJECTS",
    "TAGS",
    "TOKENS",
    "Choices",
    "Entry",
    "Fault",
    "Faults",
    "Project",
    "Recorded",
    "Role",
    "Tag",
    "Task",
    "Token",
    "User",
    "Workspace",
    "create_app",
    "seed",
    "utc_now",
]
