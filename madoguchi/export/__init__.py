"""`madoguchi export`: what leaves the case store as a file, each by whoever may have it."""
