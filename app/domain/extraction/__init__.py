"""Understanding pages: from words with boxes to a record with evidence.

Reading order: `clips` (text that knows its words), `fuzzy` (labels seen badly), `rows` (printed lines in order),
`page_kinds`, then one module for each part of the paper, `grading` (how sure) and `assemble` (the whole record).
"""

from __future__ import annotations
