"""The commands, one family a module: parse what was typed, call the interface once, print what came of it."""
