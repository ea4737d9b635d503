"""Names and numbers both sides of the upload agree on."""

from __future__ import annotations

import re

FORM_SCHEMA = "dossier/1"
JSON = "application/json"
PROBLEM = "application/problem+json"
NDJSON = "application/x-ndjson"
OCTETS = "application/offset+octet-stream"
OFFSET_HEADER = "Upload-Offset"
LENGTH_HEADER = "Upload-Length"

MAX_RECORDS = 1000
"""Records in one batch."""
MAX_PAGES = 100
"""Pages in one record."""
MAX_PAGE_BYTES = 64 * 1024 * 1024
MAX_FORM_BYTES = 512 * 1024
MAX_MANIFEST_BYTES = 32 * 1024 * 1024
"""Unpacked; a batch of 1000 records with 6 pages has about 1.2 MB."""
MAX_FORMS_BYTES = 64 * 1024 * 1024
"""Unpacked; all forms of a batch."""
MAX_SMALL_BYTES = 64 * 1024
"""Enrolment and token requests."""
MAX_REPLY_BYTES = 64 * 1024 * 1024
CHUNK_BYTES = 4 * 1024 * 1024
PARALLEL = 4
MAX_PARALLEL = 8

TOKEN_LIFE_S = 3600
ASSERTION_LIFE_S = 120
CLOCK_TOLERANCE_S = 300

SHA256 = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

GRANT_TYPE = "client_credentials"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def batch_path(batch_id: str) -> str:
    """Address of a batch."""
    return f"/v1/batches/{batch_id}"


def blob_path(sha256: str) -> str:
    """Address of the content of a page."""
    return f"/v1/blobs/sha256/{sha256}"
