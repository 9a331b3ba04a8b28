"""Makes the batches of a build: in this process (``in_process``), in several, or on a Dask cluster."""
