"""What the federation adds to leaflet."""
