"""Tests of `leaflet.production.delivery`."""
