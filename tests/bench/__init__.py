"""The benchmark: what the product does beside what this machine can do, both measured in one run."""
