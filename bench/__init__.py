"""Benchmarks: ratios against the least that the same work can cost; `make bench` runs them."""
