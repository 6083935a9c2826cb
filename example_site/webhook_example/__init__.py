"""A receiver of webhooks that shows what it got. A real one is another program on another machine."""
