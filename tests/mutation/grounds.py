"""Which modules are put to the test, and by which tests: their own, the quick ones."""

_LINES = ["core/test_lines.py", "core/test_slips.py", "core/test_refusals.py", "core/test_what_stands_around.py"]
_SHOWN = ["slack/test_cutting.py", "slack/test_quoting.py"]

GROUNDS: dict[str, list[str]] = {
    "app.core.durations": ["core/test_durations.py", "core/test_refusals.py"],
    "app.core.dates": ["core/test_dates.py", "core/test_refusals.py"],
    "app.core.times": ["core/test_times.py", "core/test_refusals.py"],
    "app.core.moments": _LINES,
    "app.core.scan": _LINES,
    "app.core.phrases": _LINES,
    "app.core.tokens": ["core/test_tokens.py"],
    "app.core.slips": ["core/test_slips.py", "core/test_refusals.py"],
    "app.core.words": ["core/test_words.py"],
    "app.core.task_ids": ["core/test_task_ids.py"],
    "app.core.tag_changes": ["core/test_tag_changes.py"],
    "app.core.places": ["core/test_places.py", "core/test_refusals.py"],
    "app.slack.blocks": _SHOWN,
    "app.slack.quoting": _SHOWN,
    "app.slack.mentions": ["slack/test_mentions.py"],
    "app.core.decision": ["core/test_decision.py"],
    "app.core.remind_words": ["core/test_remind_words.py"],
    "app.core.remind_hours": ["core/test_remind_words.py"],
    "app.core.remind_days": ["core/test_remind_words.py"],
    "app.core.wishes": ["core/test_remind_words.py"],
    "app.core.days_to_come": ["core/test_days_to_come.py"],
    "app.core.weekdays": ["core/test_weekdays.py"],
    "app.core.forgotten": ["core/test_forgotten.py"],
    "app.core.timer_reminders": ["core/test_timer_reminders.py"],
    "app.core.away": ["core/test_away.py"],
    "app.core.day_copy": ["core/test_day_copy.py"],
    "app.core.briefs": ["core/test_briefs.py"],
    "app.core.outcomes": ["core/test_outcomes.py"],
    "app.core.lookups": ["core/test_lookups.py"],
    "app.core.permissions": ["core/test_rules.py"],
}
