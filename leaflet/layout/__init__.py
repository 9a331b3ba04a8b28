"""Decide where everything goes: sizes, line breaks, places, whether it fits. No canvas, no PDF."""
