"""A document to a `Statement`: what it says, where, and what must never be posted."""
