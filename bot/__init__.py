"""The edge: talks to people, seals what they say, relays it, and keeps none of it."""
