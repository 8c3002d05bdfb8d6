"""The printing engine: HTML to PDF, printed cards, QR codes, barcodes, fonts. Knows no other room.

Nothing on a page comes from outside: fonts are our own, pictures are handed over by name for one job, and whatever a
person typed is text, never markup, a path or an address.
"""
