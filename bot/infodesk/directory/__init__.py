"""What the info desk knows beside answers: places, towns, leaflets (first days, papers). Values and
how they are found; no input or output."""
