"""The day of a brand and its customers, event by event."""
