"""How each peer is driven. Each module runs in the peers' own interpreter, never in ours."""
