"""Typer in Vietnamese: its help texts, its error messages, and global options before or after the command.

In: an argument list, or what typer says in English. Out: the list with global options in front, or Vietnamese.

>>> hoisted(["due", "tháng này", "--json", "--db", "việc.db"])
['--json', '--db', 'việc.db', 'due', 'tháng này']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer._coercion import build_runtime_param
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITH_VALUE = frozenset({"--db", "--today", "--config"})
_FLAGS = frozenset({"--json", "-q", "--quiet", "-v", "--verbose", "--version"})

_HELP = (
    (re.compile(r"^Usage: ", re.M), "Cách dùng: "),
    (re.compile(r"^Arguments:$", re.M), "Tham số:"),
    (re.compile(r"^Options:$", re.M), "Tùy chọn:"),
    (re.compile(r"^Commands:$", re.M), "Các lệnh:"),
    (re.compile(r"\[OPTIONS\]"), "[TÙY CHỌN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "LỆNH …"),
    (re.compile(r"Show this message and exit\."), "Xem hướng dẫn này."),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\[default: "), "[mặc định: "),
    (re.compile(r"\bx>=(\d+)(?=[\];])"), r"từ \1"),
    (re.compile(r"\{(\w+)\}"), r"\1"),
    (re.compile(r"\[\[(\w+)\]\]"), r"[\1]"),
    (re.compile(r"(?<=[\w\]])\.\.\.$", re.M), " …"),
)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_TYPE = re.compile(r"(?<=[\w\]]) <[\w\[\]]+>")  # "ID <int>": for programmers; spaces keep the column straight
_MESSAGES = (
    (re.compile(r"No such command '(.*?)'\.(?: Did you mean (.*?)\?)?"), "không có lệnh “{0}”"),
    (re.compile(r"No such option: (\S+)"), "không có tùy chọn “{0}”"),
    (re.compile(r"Missing command\."), "thiếu tên lệnh"),
    (re.compile(r"Missing (?:argument|option|parameter) '?\[?(.*?)\]?'?\."), "thiếu {0}"),
    (re.compile(r"Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)"), "thừa tham số “{0}”"),
    (re.compile(r"Option '(.*?)' requires an argument\."), "tùy chọn “{0}” cần một giá trị"),
    (re.compile(r"Option '(.*?)' does not take a value\."), "tùy chọn “{0}” không nhận giá trị"),
    (re.compile(r"Invalid value for '?(.*?)'?: Input should be a valid (?:integer|number).*"), "{0} phải là một số"),
    (re.compile(r"Invalid value for '?(.*?)'?: Input .* greater than or equal to (\d+)"), "{0} phải từ {1} trở lên"),
    (re.compile(r"Invalid value for '?(.*?)'?: (.*)"), "giá trị của {0} không dùng được ({1})"),
)


def hoisted(arguments: Sequence[str]) -> list[str]:
    """*arguments* with the global options in front of the command; what follows a bare "--" stays as it is."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*front, *rest, argument, *waiting]
        if argument in _FLAGS or ("=" in argument and argument.partition("=")[0] in _WITH_VALUE):
            front.append(argument)
        elif argument in _WITH_VALUE:
            front += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(argument)
    return front + rest


class _Plain:
    """Takes a value that already is what its parameter wants; leaves all others to typer.

    Typer converts each value, flags not given and texts too, by pydantic, which takes 0.06 s to load: an eighth of
    what `nhacviec due` may take in all.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - typer's classes are private
        """*value* as the parameter's type; typer's own error where it cannot be."""
        kind = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if type(value) is kind and (kind is str or value == param.default):
            return value
        if kind == list[str] and all(type(one) is str for one in value):
            return list(value)
        if kind is int and type(value) is str and _NUMBER.fullmatch(value):
            least = param.type_descriptor.parameter_info.min
            if least is None or int(value) >= least:
                return int(value)
        return build_runtime_param(param.type_descriptor).coerce(value, param, ctx)


def _lightly(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        parameter._runtime_param = _Plain()
    return parameters


class Command(TyperCommand):
    """A command whose help is Vietnamese."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - typer's own context class is private
        """The parameters, "--help" too, which load pydantic only for a value that needs it."""
        return _lightly(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context class is private
        """The help text."""
        return _in_vietnamese(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Vietnamese."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - typer's own context class is private
        """The parameters, "--help" too, which load pydantic only for a value that needs it."""
        return _lightly(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context class is private
        """The help text."""
        return _in_vietnamese(super().get_help(ctx))


def _in_vietnamese(text: str) -> str:
    for pattern, ours in _HELP:
        text = pattern.sub(ours, text)
    return _TYPE.sub(lambda found: " " * len(found[0]), text)


def complaint(error: Exception) -> str:
    """What typer found wrong with the command line, as one Vietnamese line that says what to do."""
    said = str(getattr(error, "format_message", error.__str__)()).replace("\n", " ").strip()
    what = said
    for pattern, ours in _MESSAGES:
        found = pattern.match(said)
        if found:
            what = ours.format(*found.groups())
            break
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "nhacviec"
    return f"{what}; xem cách dùng: {command} --help"
