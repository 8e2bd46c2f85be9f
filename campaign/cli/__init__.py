"""What a person types. Nothing slow is imported until a command runs."""


def main() -> None:
    """The `campaign` command."""
