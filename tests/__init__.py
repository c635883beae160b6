"""The tests, sorted by what must be running: unit, property, contract, integration, acceptance, obligations, house."""
