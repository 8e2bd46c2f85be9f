"""Standalone HTML pages: the templates, their filters, and text made safe to show.

A page loads nothing and runs nothing; a strict Content-Security-Policy in it says so.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from campaign.domain.civil_time import city, to_local
from campaign.domain.measure import Network
from campaign.preview import names
from campaign.preview.characters import HIDDEN, name_hidden, reveal

# What ends a tag or an address in running text, in the scripts we publish in.
_STOP = r"\s<>\"“”„«»‘’'`´,;!?…()\[\]{}。、，；！？،؛؟"
_PIECE = re.compile(
    rf"(?P<link>https?://[^\s<>\"“”«»]+)"
    rf"|(?P<tag>(?<![^\s(\[“”«»\"'])[#＃][^{_STOP}#.:/]+)"
    rf"|(?P<mention>(?<![^\s(\[“”«»\"'])@[A-Za-z0-9_][\w.-]*(?:@[\w.-]+)?)"
    rf"|(?P<hidden>{HIDDEN.pattern})"
)
_TRAILING = ".,;:!?…)]}'’”»،؛؟。"


def render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("campaign.preview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "linkify": linkify,
        "weblink": weblink,
        "reveal": reveal,
        "at_handle": names.at_handle,
        "city": city,
        "clock": clock,
        "day": local_day,
        "host": names.host,
        "initial": initial,
        "language": names.language_name,
        "number_of": names.count,
        "own_clock": own_clock,
        "short": short,
    }
    return environment


def linkify(text: str) -> Markup:
    """The text, escaped, with links, hashtags and mentions marked and isolated.

    Hidden characters are named in place, so that no text looks other than it is.
    """
    pieces, end = [], 0
    for match in _PIECE.finditer(text):
        piece = match[0] if match.lastgroup == "hidden" else match[0].rstrip(_TRAILING)
        pieces += [escape(text[end : match.start()]), _mark(match.lastgroup or "", piece)]
        end = match.start() + len(piece)
    return Markup().join([*pieces, escape(text[end:])])


def _mark(group: str, piece: str) -> Markup:
    if group == "hidden":
        return Markup('<span class="hidden">{}</span>').format(name_hidden(piece))
    if group == "link":
        return weblink(piece)
    return Markup('<bdi class="tag">{}</bdi>').format(reveal(piece))


def weblink(url: str) -> Markup:
    """A link if it leads to the web, else its text. A look-alike host is spelled out."""
    text, place = reveal(url), names.host(url)
    if not _leads_to_the_web(url) or text != url:
        return Markup('<bdi class="address">{}</bdi>').format(text)
    link = Markup('<bdi><a href="{0}" rel="noopener noreferrer nofollow">{0}</a></bdi>').format(url)
    if place.startswith("xn--") or ".xn--" in place:
        link += Markup(' <span class="hidden">[{}]</span>').format(place)
    return link


def _leads_to_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def clock(instant: datetime, zone: str, *, seconds: bool = False) -> str:
    """`12:00`, or `12:00:04`, as a clock in `zone` shows it."""
    return to_local(instant, zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def local_day(instant: datetime, zone: str) -> str:
    return names.long_day(to_local(instant, zone))


def short(instant: datetime, zone: str) -> str:
    """`Fri 18 Dec 12:00`."""
    local = to_local(instant, zone)
    return f"{names.short_day(local)} {local:%H:%M}"


def own_clock(instant: datetime, zone: str, here: str) -> str | None:
    """`Sat 19 Dec 01:00 Bangkok`: what a clock in `zone` shows, where it is not the one `here`."""
    return f"{short(instant, zone)} {city(zone)}" if zone != here else None


def initial(handle: str) -> str:
    """The letter an avatar stands in for."""
    return next((letter for letter in handle if letter.isalnum()), "·").upper()


def title_of(platform: str, networks: Mapping[str, Network]) -> str:
    return networks[platform].title if platform in networks else platform
