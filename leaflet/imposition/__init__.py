"""Say what stands where on which side of which sheet, in whole micrometres, before anything is drawn.

y runs downwards from the sheet's top left corner, on the back as well: a back is described as it is looked at.
Nothing here knows what a piece shows, and nothing here draws.
"""
