"""Calibration: a brand's own order log becomes need, exit and spend parameters, each with its provenance."""
