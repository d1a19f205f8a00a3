"""The algorithms on plain arrays, compiled by numba. One a file; each leaves its scratch as it found it."""
