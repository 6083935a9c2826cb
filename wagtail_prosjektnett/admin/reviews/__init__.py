"""The review of articles: the report of what is due, and the button that says that an article still holds."""
