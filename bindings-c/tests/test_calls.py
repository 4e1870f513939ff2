"""Every function of the header, called rightly and in every wrong way that can be told.

The calls are generated: each pointer NULL in turn, and all of them; each index past the end;
each name unknown, empty and not UTF-8; each code a number that means nothing. The results
are poisoned before each call, and must still be where the status is not GONGKAI_OK.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from conftest import DOCUMENTS, HERE, PREFIX, compile_program, run_program

OK, ABSENT, INPUT, CALLER, IO = 0, 1, 2, 5, 6

# What a right call names.
NAMES = {
    "gongkai_location_number": "row",
    "gongkai_options_set_format": "docx",
    "gongkai_options_set_encoding": "gb18030",
    "gongkai_options_set_file_name": "年报.docx",
    "gongkai_options_set_limit": "entries",
    "gongkai_report_text": "title",
    "gongkai_report_evidence": "title",
    "gongkai_report_fact": "requests.received.total",
    "gongkai_finding_text": "code",
    "gongkai_suggestion_text": "fact",
    "gongkai_check_options_add_member": "青禾镇",
    "gongkai_check_options_set_number": "jump",
    "gongkai_sources_add_bytes": "年报.docx",
}
STRINGS = {
    "code": "REQ-BALANCE",
    "why": "why",
    "id": "requests.received.total",
    "table": "facts",
    "source": "年报.docx",
    "path": str(DOCUMENTS / "checks/REQ-GROUP/unknown/0.html"),
}
FORMS = {"gongkai_report_write": "csv", "gongkai_findings_write": "json"}

# NULL is allowed there: nothing is set, detected again, or left to the default.
OPTIONAL = {
    ("gongkai_options_set_format", "name"),
    ("gongkai_options_set_encoding", "label"),
    ("gongkai_options_set_file_name", "name"),
    ("gongkai_parse_many", "checks"),
    ("gongkai_parse_many", "progress"),
    ("gongkai_parse_many", "user"),
    ("gongkai_report_write", "findings"),
    ("gongkai_report_export_arrow", "findings"),
}
# Free text: every one is as good as another, as long as it is UTF-8.
FREE = {
    ("gongkai_check_options_set_severity", "why"),
    ("gongkai_check_options_add_member", "name"),
    ("gongkai_check_options_add_trusted", "id"),
    ("gongkai_options_set_file_name", "name"),
    # A label that does not exist is an error of the reading.
    ("gongkai_options_set_encoding", "label"),
    ("gongkai_sources_add_bytes", "name"),
    ("gongkai_report_write", "source"),
    ("gongkai_findings_write", "source"),
    ("gongkai_report_export_arrow", "source"),
}
# A path is the system's own bytes; an id that no form has is absent.
PATHS = {("gongkai_parse_file", "path"), ("gongkai_sources_add_file", "path")}
# What the report of the calls does not have.
ABSENT_HERE = {
    "gongkai_fact_unit",
    "gongkai_finding_as_zero",
    "gongkai_finding_report",
    "gongkai_location_part",
    "gongkai_report_closing",
}
NONE_HERE = {"gongkai_report_closing_count"}
INDEX = {"gongkai_batch_error": "1"}

OWNED = {
    "gongkai_report": "gongkai_report_free",
    "gongkai_findings": "gongkai_findings_free",
    "gongkai_bytes": "gongkai_bytes_free",
    "gongkai_batch": "gongkai_batch_free",
    "gongkai_error": "gongkai_error_free",
    "gongkai_sources": "gongkai_sources_free",
    "gongkai_options": "gongkai_options_free",
    "gongkai_check_options": "gongkai_check_options_free",
}


class Parameter(NamedTuple):
    type: str
    name: str

    @property
    def pointer(self) -> bool:
        return self.type.endswith("*") or self.type == "gongkai_progress"

    @property
    def result(self) -> bool:
        """Whether it is a place to write to."""
        if self.type == "struct ArrowArrayStream *":
            return True
        plain = ("size_t *", "int32_t *", "uint32_t *", "int64_t *", "double *")
        return self.type in plain or (
            self.type.endswith("**") and not self.type.endswith("const *")
        )

    @property
    def owned(self) -> str | None:
        """Type of the handle that it is given."""
        found = re.fullmatch(r"(gongkai_\w+) \*\*", self.type)
        return found[1] if found else None

    @property
    def string(self) -> bool:
        return self.type == "const char *"


class Function(NamedTuple):
    type: str
    name: str
    parameters: tuple[Parameter, ...]


def functions(header: str) -> list[Function]:
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    found = []
    for declared, inside in re.findall(r"^GONGKAI_API\s+([^;(]+)\(([^;]*)\);", text, re.M):
        result, name = typed(declared)
        parameters = []
        for parameter in inside.split(","):
            if parameter != "void":
                parameters.append(Parameter(*typed(parameter)))
        found.append(Function(result, name, tuple(parameters)))
    return found


def typed(words: str) -> tuple[str, str]:
    """Type and name of what is declared, the stars set apart as in `const char **`."""
    found = re.fullmatch(r"(.*?)(\w+)", " ".join(words.split()))
    assert found
    kind = re.sub(r"\s*\*\s*", " * ", found[1]).replace("*  *", "**")
    return kind.strip(), found[2]


FUNCTIONS = functions((PREFIX / "include/gongkai.h").read_text("utf-8"))
FREES = {function.name for function in FUNCTIONS if function.name.endswith("_free")}


def literal(text: str) -> str:
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


def right(function: Function, parameter: Parameter) -> str:
    """An argument that a right call has."""
    kind, name = parameter
    if kind in ("const uint8_t *", "size_t", "uint64_t", "int32_t", "gongkai_progress", "void *"):
        by_name = {
            "data": "document",
            "length": "document_length",
            "index": INDEX.get(function.name, "0"),
            "count": "2",
            "threads": "2",
            "limit": "10000",
            "number": "10",
            "severity": "GONGKAI_INFO",
            "language": "GONGKAI_EN",
            "status": "0",
            "progress": "watch",
            "user": "&watched",
        }
        if name == "length" and not any(p.name == "data" for p in function.parameters):
            (text,) = (p.name for p in function.parameters if p.name in ("json", "text"))
            return f"{'waivers' if 'waivers' in function.name else text}_length"
        return by_name[name]
    if parameter.string:
        if name in ("json", "text"):
            return "waivers" if "waivers" in function.name else name
        if name == "form":
            return literal(FORMS[function.name])
        return literal(STRINGS[name] if name in STRINGS else NAMES[function.name])
    if kind in ("const gongkai_report * const *",):
        return "reports"
    if kind == "const gongkai_options *":
        # The setters change the other ones.
        return "untouched"
    handle = re.fullmatch(r"(?:const )?gongkai_(\w+) \*", kind)
    assert handle, f"{function.name}: {kind} {name}"
    return f"a_{handle[1]}"


class Call(NamedTuple):
    """One call, and what must come of it."""

    what: str
    function: Function
    arguments: tuple[str, ...]
    statuses: tuple[int, ...]


def calls(function: Function) -> list[Call]:
    usual = [
        f"&r{at}" if p.result else "NULL" if function.name in FREES else right(function, p)
        for at, p in enumerate(function.parameters)
    ]
    fine = (ABSENT,) if function.name in ABSENT_HERE else (OK,)
    if function.name == "gongkai_error_status":
        fine = (INPUT,)

    def call(what: str, statuses: tuple[int, ...], **changed: str) -> Call:
        arguments = [
            changed.get(p.name, value) for p, value in zip(function.parameters, usual, strict=True)
        ]
        return Call(what, function, tuple(arguments), statuses)

    made = [call("right", fine)]
    if function.name in FREES or not any(p.pointer for p in function.parameters):
        return made
    for parameter in function.parameters:
        key = (function.name, parameter.name)
        if parameter.pointer:
            made.append(
                call(
                    f"{parameter.name} NULL",
                    null_statuses(key, parameter, fine),
                    **{parameter.name: "NULL"},
                )
            )
        if parameter.type == "size_t" and parameter.name == "index":
            for past in ("SIZE_MAX", "1000000"):
                made.append(call(f"{parameter.name} {past}", (ABSENT,), index=past))
        if parameter.type == "int32_t" and parameter.name != "status":
            for other in ("-1", "3", "INT32_MAX"):
                made.append(call(f"{parameter.name} {other}", (CALLER,), **{parameter.name: other}))
        if parameter.string and parameter.name not in ("json", "text"):
            unknown = OK if key in FREE else CALLER
            if key == ("gongkai_report_fact", "id"):
                unknown = ABSENT
            if key in PATHS:
                # A folder and an empty path are errors of the file.
                unknown = OK if "sources" in function.name else IO
            invalid = unknown if key in PATHS else CALLER
            if key == ("gongkai_report_fact", "id"):
                invalid = CALLER
            for text, status in (("", unknown), ("no such name", unknown), ("\udcff", invalid)):
                argument = '"\\377"' if text == "\udcff" else literal(text)
                made.append(
                    call(f"{parameter.name} {argument}", (status,), **{parameter.name: argument})
                )
    everything = {p.name: "NULL" for p in function.parameters if p.pointer}
    required = [
        p
        for p in function.parameters
        if null_statuses((function.name, p.name), p, fine) == (CALLER,)
    ]
    made.append(call("all NULL", (CALLER,) if required else fine, **everything))
    return made


def null_statuses(
    key: tuple[str, str], parameter: Parameter, fine: tuple[int, ...]
) -> tuple[int, ...]:
    if key in OPTIONAL or parameter.owned == "gongkai_error":
        return fine
    if parameter.type in ("const gongkai_options *", "const gongkai_check_options *"):
        return fine
    if parameter.result and not parameter.owned and "Arrow" not in parameter.type:
        return fine
    return (CALLER,)


def code(number: int, call: Call) -> str:
    """The call in C."""
    function = call.function
    lines = ["{"]
    for at, parameter in enumerate(function.parameters):
        if parameter.result:
            kind = parameter.type[: parameter.type.rindex("*")].strip()
            lines.append(f"    {kind} r{at};")
            lines.append(f"    memset(&r{at}, 0xA5, sizeof r{at});")
    made = f"{function.name}({', '.join(call.arguments)})"
    if function.type == "void":
        lines.append(f"    {made};")
        status = None
    elif function.type == "int32_t":
        lines.append(f"    int32_t status = {made};")
        status = " || ".join(f"status == {s}" for s in call.statuses)
        lines.append(f"    if (!({status})) wrong({number}, status);")
    else:
        owned = re.fullmatch(r"(gongkai_\w+) \*", function.type)
        nothing = call.what.endswith("NULL") or function.name in NONE_HERE
        if owned:
            lines.append(f"    {OWNED[owned[1]]}({made});")
        elif function.parameters:
            lines.append(f"    if (({made} == 0) != {int(nothing)}) wrong({number}, -1);")
        else:
            lines.append(f"    if ({made} == 0) wrong({number}, -1);")
    for at, parameter in enumerate(function.parameters):
        if not parameter.result or call.arguments[at] == "NULL":
            continue
        poisoned = f"is_poisoned(&r{at}, sizeof r{at})"
        if parameter.owned == "gongkai_error":
            lines.append(
                f"    if (status <= {ABSENT} ? !{poisoned} : gongkai_error_status(r{at}) != status)"
            )
            lines.append(f"        wrong({number}, -2);")
            lines.append(f"    if (status > {ABSENT}) gongkai_error_free(r{at});")
            continue
        lines.append(f"    if ((status == {OK}) == {poisoned}) wrong({number}, -3);")
        if parameter.owned:
            lines.append(f"    if (status == {OK}) {OWNED[parameter.owned]}(r{at});")
        elif "Arrow" in parameter.type:
            lines.append(f"    if (status == {OK}) r{at}.release(&r{at});")
    return "\n".join([*lines, "}"])


def program(made: list[Call]) -> str:
    # Each call in a function of its own keeps the compiler quick.
    bodies = "\n".join(
        f"static void call_{n}(void)\n{code(n, call)}" for n, call in enumerate(made)
    )
    called = "\n".join(f"    call_{n}();" for n in range(len(made)))
    setting = (HERE / "programs/calls.h").read_text("utf-8")
    main = f"int main(void)\n{{\n    set_up();\n{called}\n    tear_down();\n    return 0;\n}}\n"
    return f"{setting}\n{bodies}\n{main}"


def test_every_function_is_read_from_the_header() -> None:
    listed = (HERE.parent / "symbols.txt").read_text("utf-8").split()
    assert sorted(function.name for function in FUNCTIONS) == listed


@pytest.mark.parametrize("sanitize", [False, True])
def test_every_function_told_wrong_things(sanitize: bool) -> None:
    made = [call for function in FUNCTIONS for call in calls(function)]
    assert len(made) > 500
    flags = (
        f"-I{HERE / 'programs'}",
        f"-DREPORT={literal(STRINGS['path'])}",
        f"-DBAD={literal(str(DOCUMENTS / 'bad/not-well-formed.docx'))}",
    )
    built = compile_program(program(made), flags=flags, sanitize=sanitize)
    told = run_program(built).decode().splitlines()
    problems = []
    for line in told:
        number, status = line.split()
        call = made[int(number)]
        problems.append(f"{call.function.name}, {call.what}: {status} for {call.statuses}")
    assert problems == []
