"""Document formats to plain blocks with positions. What the blocks mean is not decided here."""
