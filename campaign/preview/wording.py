"""Whose words a message has, said for a reader of the preview."""

from campaign.domain.message import Message


def origin(message: Message) -> str:
    """Where the words stand: in the statement, in the campaign file, or in a template of ours."""
    if message.declared:
        return f"declared in {message.place}, not the statement's"
    if message.framed:
        place = message.place.file
        frame = f"our own sentences from a template, with pieces of {place} in them"
        return f"the rest is {frame}" if message.converted else frame
    if message.converted:
        return f"everything else as in {message.place}"
    return f"as in {message.place}, nothing converted"


def remarks(message: Message) -> str:
    """What else happened to them; a thread's are said where it says why it is one."""
    return "".join(f"; {note}" for note in message.notes)
