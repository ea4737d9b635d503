"""The published contract as a judge: every body that crosses the wire is held against it."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import resources
from tests.integration.upload.proxy import Crossing

_BASE = "urn:contract:api/openapi.yaml"


class ContractBook:
    """`openapi.yaml` and the JSON Schema of the form, read as another program would read them."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = yaml.safe_load(resources.text("api/openapi.yaml"))
        form = json.loads(resources.text("schemas/dossier-1.schema.json"))
        found = {_BASE: self.document, "urn:contract:schemas/dossier-1.schema.json": form, form["$id"]: form}
        self._registry: Registry[Any] = Registry().with_resources(
            (uri, Resource.from_contents(content, default_specification=DRAFT202012)) for uri, content in found.items()
        )

    def schema_of(self, name: str) -> dict[str, Any]:
        """A component by its name."""
        schema: dict[str, Any] = self.document["components"]["schemas"][name]
        return schema

    def check(self, crossing: Crossing) -> str:
        """Hold a request and its answer against the contract; returns the operation with the status."""
        path, operation = self._operation(crossing)
        if crossing.body and "requestBody" in operation:
            packed = crossing.headers.get("content-encoding") == "gzip"
            body = gzip.decompress(crossing.body) if packed else crossing.body
            self._check_body(operation["requestBody"]["content"], crossing.headers["content-type"], body)
        answers = operation["responses"]
        assert str(crossing.status) in answers, f"{crossing.method} {path} answered {crossing.status}"
        answer = answers[str(crossing.status)]
        for header in answer.get("headers", {}):
            assert crossing.reply_headers[header.lower()].isdigit()
        if "content" in answer:
            packed = crossing.reply_headers.get("content-encoding") == "gzip"
            body = gzip.decompress(crossing.reply) if packed else crossing.reply
            self._check_body(answer["content"], crossing.reply_headers["content-type"], body)
        else:
            assert crossing.reply == b""
        return f"{operation['operationId']} {crossing.status}"

    def _operation(self, crossing: Crossing) -> tuple[str, dict[str, Any]]:
        path = urlsplit(crossing.path).path
        for template, operations in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\{[a-z_0-9]+\}", "[^/]+", template), path):
                operation: dict[str, Any] = operations[crossing.method.lower()]
                return template, operation
        raise AssertionError(f"the contract does not know {path}")

    def _check_body(self, content: dict[str, Any], media_type: str, body: bytes) -> None:
        media_type = media_type.partition(";")[0]
        assert media_type in content
        schema = content[media_type]["schema"]
        if media_type == "application/offset+octet-stream":
            return
        if media_type == "application/x-ndjson":
            for line in body.splitlines():
                self.validate(schema, json.loads(line))
        elif media_type == "application/x-www-form-urlencoded":
            self.validate(schema, {name: value for name, (value,) in parse_qs(body.decode()).items()})
        else:
            self.validate(schema, json.loads(body))

    def validate(self, schema: dict[str, Any], value: object) -> None:
        """Hold a value against a schema whose references are relative to the OpenAPI file."""
        text = json.dumps(schema).replace('"#/', f'"{_BASE}#/').replace('"../schemas/', '"urn:contract:schemas/')
        Draft202012Validator(json.loads(text), registry=self._registry).validate(value)
