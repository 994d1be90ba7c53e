"""Sheets for paper: agenda, programme and year list as PDF (decision 0021).

`sheets` says what stands on one, in words; `typesetting` makes the bytes out of that with the
`.typ` templates beside it. Only words go into a template, and never as its source.
"""
