"""The description of the API for others (OpenAPI 3.1), made from the route table and the types of the contract."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from backend.contract import API_VERSION, Refusal
from backend.web.routes import ROOT, Route

_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_SCHEMA: Final = "#/components/schemas/{name}"
_BINARY: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

#: What every route of the API may answer besides; the body is a `Refusal`.
_REFUSALS: Final = {
    "400": "The request cannot be read",
    "401": "No credential, or an unknown one",
    "403": "A credential for something else",
    "404": "There is nothing, or nothing for this caller",
    "409": "Something has changed meanwhile; look again",
    "413": "Too large",
    "422": "What the act needs is missing",
    "503": "Busy; come again",
}

#: What anyone may ask, without a credential.
_PUBLIC: Final = {
    "/healthz": {
        "get": {
            "summary": "Whether the case store can take a report",
            "responses": {
                "200": {"description": "It can", "content": {"application/json": {"schema": {"type": "object"}}}},
                "503": {
                    "description": "It cannot; names the parts",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
            },
        }
    },
    "/metrics": {
        "get": {
            "summary": "Figures for Prometheus, counted by whole days",
            "responses": {"200": {"description": "Figures", "content": {"text/plain": {"schema": {"type": "string"}}}}},
        }
    },
    f"{ROOT}/public/{{organ}}/checkpoints": {
        "get": {
            "summary": "All signed checkpoints of an organ, oldest first",
            "parameters": [{"name": "organ", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {
                "200": {
                    "description": "Checkpoints",
                    "content": {"application/json": {"schema": {"$ref": _SCHEMA.format(name="Checkpoints")}}},
                },
                "404": {
                    "description": "No such organ",
                    "content": {"application/json": {"schema": {"$ref": _SCHEMA.format(name="Refusal")}}},
                },
            },
        }
    },
    f"{ROOT}/openapi.json": {
        "get": {
            "summary": "This document",
            "responses": {
                "200": {"description": "OpenAPI", "content": {"application/json": {"schema": {"type": "object"}}}}
            },
        }
    },
}


def describe(routes: Sequence[Route]) -> dict[str, Any]:
    """Make the document; a route that is in the table is in the document."""
    records = [kind for route in routes for kind in (route.takes, route.gives) if kind not in (None, bytes)]
    _, schemas = msgspec.json.schema_components([*records, Refusal], ref_template=_SCHEMA)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(ROOT + route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Madoguchi case store", "version": str(API_VERSION)},
        "paths": paths | _PUBLIC,
        "components": {"schemas": schemas, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(route: Route) -> Mapping[str, Any]:
    names = _PARAMETER.findall(route.path)
    operation: dict[str, Any] = {
        "summary": route.summary,
        "description": f"For: {', '.join(sorted(route.roles))}.",
        "security": [{"bearer": []}],
        "parameters": [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names],
        "responses": _responses(route),
    }
    if route.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(route.takes)}
    return operation


def _responses(route: Route) -> Mapping[str, Any]:
    done: Mapping[str, Any] = {"204": {"description": "Done"}}
    if route.gives is not None:
        content = _content(route.gives)
        done = {"200": {"description": "The answer", "content": content}}
        if route.makes:
            done = {**done, "201": {"description": "Something new was made", "content": content}}
    refused = {status: {"description": text, "content": _content(Refusal)} for status, text in _REFUSALS.items()}
    return {**done, **refused}


def _content(kind: type[object]) -> Mapping[str, Any]:
    if kind is bytes:
        return _BINARY
    return {"application/json": {"schema": {"$ref": _SCHEMA.format(name=kind.__name__)}}}
