"""The calls of the page, those of one station in one module: each by its name, with plain values in and out."""
