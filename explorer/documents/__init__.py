"""What a planner hands in on paper: a note of the office as DOCX and PDF, a picture as PNG.

One content (`note.py`), composed from a view in one language, feeds both writers: `word.py` and
`press.py`, which sets `note.typ` by typst.
"""
