"""Track time from Slack in the system your company already pays for."""
