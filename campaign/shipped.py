"""Where the shipped folders `messages/` and `migrations/` are: in the wheel, or in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    package = files("campaign")
    inside = package / "_shipped" / name
    return inside if inside.is_dir() else Path(str(package)).parent / name
