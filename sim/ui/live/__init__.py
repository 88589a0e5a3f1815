"""The parts of the Live page: lessons, the film and its player, the sandbox, bets and the room of a class."""
