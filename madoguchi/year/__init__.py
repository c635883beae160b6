"""`madoguchi demo`: a year of made-up cases, played through the real programs, to look at and to measure with."""
