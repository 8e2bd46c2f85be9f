"""Proofs against what we did not write: real servers, official libraries and specifications."""
