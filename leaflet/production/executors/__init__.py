"""Who makes the batches of a build: this process (``in_process``), several, or a Dask cluster."""
