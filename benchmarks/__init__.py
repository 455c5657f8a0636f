"""Ratios to a floor measured in the same run; `python -m benchmarks` writes them to a file."""
