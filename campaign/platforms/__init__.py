"""Platforms: what each network counts, carries and answers. One file each, behind one seam."""
