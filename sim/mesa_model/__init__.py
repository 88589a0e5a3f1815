"""The simulation as Mesa users know it: a model, agents, sets of agents, a data collector."""

from sim.mesa_model.traffic import TrafficModel

__all__ = ["TrafficModel"]
