"""Reading what Statistics Norway publishes in Klass, its database of classifications."""
