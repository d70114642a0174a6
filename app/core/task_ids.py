"""What names a task by itself: an id, a custom id or a link."""

import re

_TASK_ID = re.compile(
    r"[A-Z][A-Z0-9_]*-[0-9]+"  # DEV-12, the id people know
    r"|(?:CU-)?(?=[0-9a-z]*[a-z])(?=[0-9][a-z]*[0-9])[0-9][0-9a-z]{6,8}"  # 86c7mc19h, ClickUp's own
    r"|(?=[a-f]*[0-9])[0-9a-f]{24}"  # Clockify's own
    r"|id:[^\s:]+"  # any other, when it is said to be one
)
_LINK = re.compile(r"https?://\S+")


def is_task_id(text: str) -> bool:
    """DEV-12 · 86c7mc19h · id:7 · https://…"""
    return bool(_TASK_ID.fullmatch(text) or _LINK.fullmatch(text))
