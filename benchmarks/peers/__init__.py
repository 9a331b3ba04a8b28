"""The peers of the benchmark: one module each, all with the same `Peer` shape (see `peers.base`)."""
