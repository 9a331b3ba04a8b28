"""Tests of `leaflet.delivery`."""
