"""Find and read files by name: resources, TOML as models with faults, pictures, what installed packages add.

Takes a name, returns what is there. Nothing here waits for a pipe or a device, and no name leads out of its folder.
"""
