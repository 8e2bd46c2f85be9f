"""The campaign file: YAML to a checked `Campaign`, with every problem and its place."""
