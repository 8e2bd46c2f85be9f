"""campaign: social campaigns as code. Plan, review, publish, prove."""

__version__ = "0.1.0"
