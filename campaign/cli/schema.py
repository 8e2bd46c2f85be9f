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
    from campaign.operations.networks import all_keys
    from campaign.platforms.counting import NETWORKS
    from campaign.platforms.registry import plugin_names
    from campaign.reading.observances import load_observances

    days, is_open = sorted(load_observances()), bool(plugin_names())
    print_json(make(NETWORKS, days, all_keys(), is_open=is_open))
