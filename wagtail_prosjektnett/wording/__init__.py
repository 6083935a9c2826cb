"""The words for what the domain computes: statuses, rules and dates, in the reader's language."""
