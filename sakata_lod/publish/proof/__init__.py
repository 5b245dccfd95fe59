"""What surely keeps to a shape, told without the engine: the engine is then asked about the rest alone."""
