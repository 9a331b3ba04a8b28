"""Make the batches of a build in this process, in several of this machine, or on a Dask cluster."""
