"""Every sentence that the app says in Slack. What people and providers wrote is escaped here."""

from app.slack.messages.entries import (
    entries_to_pick,
    entry_changed,
    entry_deleted,
    entry_logged,
    tags_changed,
    tags_listed,
)
from app.slack.messages.forms import form_coming, told_in_form, with_note, words_not_kept
from app.slack.messages.guide import help_on_shown, help_shown
from app.slack.messages.overviews import day_shown, status_shown, week_shown
from app.slack.messages.recents import already_running, pieces_shown
from app.slack.messages.timers import cancel_asked, timer_dropped, timer_started, timer_stopped
from app.slack.messages.trouble import (
    form_expired,
    form_offered,
    plain,
    question_asked,
    refused,
    refused_with_text,
    still_waiting,
    task_choice,
    went_wrong,
    with_trouble,
)

__all__ = [
    "already_running",
    "cancel_asked",
    "day_shown",
    "entries_to_pick",
    "entry_changed",
    "entry_deleted",
    "entry_logged",
    "form_coming",
    "form_expired",
    "form_offered",
    "help_on_shown",
    "help_shown",
    "pieces_shown",
    "plain",
    "question_asked",
    "refused",
    "refused_with_text",
    "status_shown",
    "still_waiting",
    "tags_changed",
    "tags_listed",
    "task_choice",
    "timer_dropped",
    "timer_started",
    "timer_stopped",
    "told_in_form",
    "week_shown",
    "went_wrong",
    "with_note",
    "with_trouble",
    "words_not_kept",
]
