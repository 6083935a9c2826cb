"""What the site tells others: the outbox and its senders. Nothing else talks to the outside."""
