"""Requests made from the published description of the API, for whoever walks all of it.

A field whose name is known gets the known value, so that a request names what is there; every other gets the smallest
that its schema allows. Several variants take turns with the choices of an enumeration.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN: Mapping[str, Any] = {"integer": 1, "boolean": True, "number": 1.0, "null": None}


class Walker:
    """Walks one OpenAPI document (version 3.1)."""

    def __init__(self, document: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        self._document = document
        self._known = known

    def operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Every operation that asks for a credential: method, path template, description."""
        for path, methods in self._document["paths"].items():
            for method, operation in methods.items():
                if operation.get("security"):
                    yield method.upper(), path, operation

    def path(self, template: str, operation: Mapping[str, Any]) -> str:
        """The path with what is known in the place of its parameters."""
        for parameter in operation["parameters"]:
            name = parameter["name"]
            template = template.replace("{" + name + "}", str(self._known.get(name, "x")))
        return template

    def body(self, operation: Mapping[str, Any], variant: int) -> Any:  # noqa: ANN401 - any JSON
        """What the operation takes, as JSON values; bytes where it takes bytes, None where it takes nothing."""
        if "requestBody" not in operation:
            return None
        content = operation["requestBody"]["content"]
        if "application/json" not in content:
            return b"x"
        return self._value("", content["application/json"]["schema"], variant)

    def _value(self, name: str, schema: Mapping[str, Any], variant: int) -> Any:  # noqa: ANN401, PLR0911 - one case a kind of schema
        if name in self._known:
            return self._known[name]
        if "$ref" in schema:
            return self._value("", self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], variant)
        if "anyOf" in schema:
            return self._value(name, schema["anyOf"][0], variant)
        if "enum" in schema:
            return schema["enum"][variant % len(schema["enum"])]
        match schema.get("type"):
            case "object":
                fields = schema.get("properties", {})
                return {field: self._value(field, inner, variant) for field, inner in fields.items()}
            case "array":
                return [self._value(name, schema["items"], variant)] if "items" in schema else []
            case "string":
                return {"date": "2026-11-21"}.get(
                    schema.get("format", ""), "eA==" if "contentEncoding" in schema else "x"
                )
            case kind:
                return _PLAIN[str(kind)]
