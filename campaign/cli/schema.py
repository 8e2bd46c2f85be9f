"""`campaign schema`."""

import click

from campaign.cli.options import print_json


@click.command(epilog="\b\nExample:  campaign schema > campaign.schema.json")
def schema() -> None:
    """Print the campaign file's keys as JSON Schema, for editors that complete and explain them.

    Write it beside the campaign file, and put this line above all others in that file:
    # yaml-language-server: $schema=campaign.schema.json
    """
    from campaign.config.schema import schema as make
    from campaign.platforms.counting import NETWORKS
    from campaign.reading.observances import load_observances

    print_json(make(NETWORKS, sorted(load_observances())))
