"""Reading YAML as text: every value is a string, so that ``no`` is a language and ``10:00`` a time."""

from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.errors import ContentRefused, Path_, Problem

#: libyaml reads ten times faster than Python; not every machine has it.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_RESOLVER = yaml.resolver.Resolver()
_TYPED = {
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in ("true", "yes", "on"),
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
}


class Plain(str):
    """Text without quotation marks in the file, which may mean a number or a yes."""


def typed(value: Any) -> Any:
    """Return a value as JSON has it: numbers, yes and no, and nothing, where the file has no quotation marks."""
    if isinstance(value, dict):
        return {name: typed(part) for name, part in value.items()}
    if isinstance(value, list):
        return [typed(part) for part in value]
    if not isinstance(value, Plain):
        return value
    convert: Any = _TYPED.get(_RESOLVER.resolve(yaml.ScalarNode, str(value), (True, False)), str)
    try:
        return convert(value)
    except ValueError:  # numbers to the base 60, and the like
        return str(value)


class Source:
    """A content file that was read: its data, and the line on which each part of it stands."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self.data = self._read()

    @property
    def folder(self) -> Path:
        """The folder that the file's documents and images are beside."""
        return self.file.parent

    def refused(self, problems: list[Problem]) -> ContentRefused:
        """Return the refusal of this file for some problems."""
        return ContentRefused(self.file, problems, self.lines)

    def _read(self) -> Any:
        try:
            text = self.file.read_text(encoding="utf-8")
            self._refuse_aliases(text)
            node = yaml.compose(text, Loader=LOADER)
            data = self._build(node, ()) if node is not None else {}
        except (OSError, UnicodeDecodeError) as error:
            raise self.refused([Problem((), _("The file cannot be read: %s") % error)]) from error
        except yaml.YAMLError as error:
            raise self.refused([Problem((), _("The file is not valid YAML: %s") % error)]) from error
        except RecursionError as error:
            raise self.refused([Problem((), _("The file is nested too deeply."))]) from error
        if self.problems:
            raise self.refused(self.problems)
        return data

    def _refuse_aliases(self, text: str) -> None:
        """Refuse YAML's references to earlier parts, by which a small file can grow without bounds."""
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise self.refused([Problem((), _("The file refers to an earlier part of itself (*). Write it out."))])

    def _build(self, node: yaml.Node, path: Path_) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._build_mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*path, index)) for index, item in enumerate(node.value)]
        if "\0" in node.value:
            self.problems.append(Problem(path, _("This has a character (NUL) that cannot be stored. Remove it.")))
        is_quoted = getattr(node, "style", None) in ("'", '"', "|", ">")
        return node.value if is_quoted else Plain(node.value)

    def _build_mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self.problems.append(Problem((*path, key), _("“%s” is given twice. Keep one of them.") % key))
            found[key] = self._build(value_node, (*path, key))
        return found
