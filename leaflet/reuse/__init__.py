"""Remember what records have in common, so that the next record costs a fraction of the first.

Every file can be made without this room: `leaflet.production.pipeline` runs the plain steps of ``markup``, ``layout``
and ``pdf``. Here stand the same steps, each with a memory. They give the same bytes (``tests/reuse``,
``tests/production/test_pipeline.py``); a record they cannot serve goes the plain way.

A **stencil** is something with **holes** that is filled for each record. What differs from record to record is called
**variable**, as in variable data printing. What was asked on the way to a stencil is kept in a decision tree
(``decisions``): a record that gives the same answers has the same stencil.

===================  ======================================  ========================================================
module               found by                                what is kept
===================  ======================================  ========================================================
``traced_template``  the outcomes of the template's tests    `TextStencil`: the markup, with holes
``flow_stencils``    the text stencil                        `FlowStencil`: the markup, parsed once with its holes
``piece_stencils``   how wide and how high its texts are     `PieceStencil`: a block laid out, but for its texts
``page_stencils``    how high its variable pieces are        `FaceStencil`: a page, but for its variable pieces
``file_stencils``    the piece, and its object numbers       a block's PDF objects, but for its texts
``file_stencils``    the structure elements of its chunks    `FileStencil`: a file, but for its variable chunks
===================  ======================================  ========================================================

``trace`` has the values that write down what is done with them.
"""
