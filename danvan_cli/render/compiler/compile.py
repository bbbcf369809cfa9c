"""A sheet of a template to a program: its marks read in order, each in sight of its loops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from danvan_cli.render.compiler.ops import TemplateTokens, conditions, lined, merged, noted, repeats
from danvan_cli.render.compiler.sheet import TemplateSheet
from danvan_cli.render.compiler.tags import (
    LANGUAGE,
    Read,
    Sight,
    Tag,
    TagFaultError,
    in_doubt,
    is_text,
    left_out_on_purpose,
    read_expression,
    read_loop,
)
from danvan_cli.render.content import BodyBlock
from danvan_cli.render.names import element
from danvan_cli.render.prepared import Program

_MARK = re.compile(r"<\?dv (\d+)\?>")
_MAX_DEPTH = 20
_MAX_CROSSED = 2
_CLOSERS = {"endfor": "for", "endif": "if", "elif": "if", "else": "if hoặc {% for"}
_BLOCK_TAGS = ("p", "tr")


@dataclass
class TaggedParagraph:
    """A paragraph being read: whether it is tags alone, and what they print."""

    alone: bool
    reads: list[Read] = field(default_factory=list)
    where: str = ""


@dataclass
class Compiler:
    """Reads marks into programs; collects the names printed and the faults."""

    sheet: TemplateSheet
    printed: set[str] = field(default_factory=set)
    above: list[tuple[Any, int, bool]] = field(default_factory=list)
    crossed: int = 0
    depth: int = 0
    tokens: TemplateTokens = field(default_factory=lambda: TemplateTokens([]))

    def program(self, xml: str, sight: Sight) -> Program:
        """The program of `xml`, a text with marks in it."""
        self.tokens = TemplateTokens(list(self._tokens(xml)))
        self.above = []
        made: list[Any] = []
        while True:
            made += self._until((), sight)
            token = self.tokens.next()
            if token is None:
                return merged(made)
            tag = token[1]
            if isinstance(tag, Tag):
                opener = _CLOSERS[tag.word]
                self.sheet.fault(
                    f"thẻ {tag.written} thừa: không có thẻ {{% {opener} %}} nào đang mở ở đây",
                    "Xóa thẻ này, hoặc mở nó ở cùng một chỗ (đoạn, ô bảng).",
                    token[3],
                )

    def _tokens(self, xml: str) -> Iterator[Any]:
        at = 0
        for match in _MARK.finditer(xml):
            if match.start() > at:
                yield xml[at : match.start()]
            yield self.sheet.marks[int(match.group(1))]
            at = match.end()
        if at < len(xml):
            yield xml[at:]

    def _until(self, ends: tuple[str, ...], sight: Sight) -> list[Any]:
        """The operations before one of `ends`, or before a closing tag that closes nothing here."""
        made: list[Any] = []
        while (token := self.tokens.peek()) is not None:
            if isinstance(token, str):
                made.append(self.tokens.next())
                continue
            name = token[1].word if token[0] == "tag" and token[1].sign == "%" else token[0]
            if name in ends or name in _CLOSERS or name.endswith(">"):
                return made
            self.tokens.next()
            made += self._operation(name, token, sight)
        return made

    def _operation(self, name: str, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        if name == "tag":
            return self._print(token, sight, None)
        if name == "p<":
            return self._paragraph(token, sight)
        if name in ("tr<", "tc<", "tbl<"):
            return self._container(name[:-1], token, sight)
        if name == "rule":
            _, start, end, box, full = token
            return [("rule", tuple(reversed(self.above)), start, end, box, full)]
        if name in ("keep", "mark", "endmark", "rows", "section"):
            return [token]
        if name in ("for", "if"):
            return self._control(name, token, sight)
        _, tag, _, where = token
        self.sheet.fault(f"thẻ lạ “{tag.word}” ở {tag.written}", LANGUAGE, where)
        return []

    def _print(
        self, token: tuple[Any, ...], sight: Sight, paragraph: TaggedParagraph | None
    ) -> list[Any]:
        _, tag, look, where = token
        if tag.sign == "#":
            self.printed.update(left_out_on_purpose(tag))
            return []
        try:
            read = read_expression(tag.body, tag, sight)
        except TagFaultError as fault:
            self.sheet.fault(fault.found, fault.remedy, where, fault.name)
            return []
        self.printed.update(_whole(read.used))
        if paragraph is not None:
            paragraph.reads.append(read)
        if read.expr[0] == "each":
            head, _, member = read.path.rpartition(".")
            self.sheet.fault(
                f"{tag.written} là một cột của danh sách {head}: chỉ in được trong hàng mẫu của bảng",
                f"Đặt thẻ trong bảng mẫu, hoặc lặp: {{%p for x in {head} %}} {{{{ x.{member} }}}}.",
                where,
            )
            return []
        if element(read.kind) is not None and paragraph is not None:
            return [("list", read, look)]
        if not is_text(read.kind) and not isinstance(read.kind, tuple):
            what = "một danh sách" if element(read.kind) is not None else "gồm nhiều phần"
            self.sheet.fault(f"{tag.written} là {what}, phải nói rõ phần nào", "", where)
            return []
        return [("print", noted(read), look)]

    def _paragraph(self, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        _, alone, where, size, bold = token
        tokens = self.tokens
        paragraph = TaggedParagraph(alone, where=where)
        inside: list[Any] = []
        while (next_one := tokens.peek()) is not None and next_one[0] != "p>":
            if isinstance(next_one, str) or next_one[0] != "tag" or next_one[1].sign == "%":
                before = tokens.at
                inside += self._until(("p>", "tag"), sight)
                if tokens.at == before:
                    bad = tokens.next()
                    if isinstance(bad[1], Tag):
                        self._across(bad)
                continue
            tokens.next()
            inside += self._print(next_one, sight, paragraph)
        tokens.next()
        return self._shown(paragraph, inside, size, bold)

    def _across(self, token: tuple[Any, ...]) -> None:
        tag = token[1]
        self.sheet.fault(
            f"thẻ {tag.written} thừa: không có thẻ {{% {_CLOSERS.get(tag.word, '')} %}} nào đang mở trong đoạn này",
            "Thẻ của cả đoạn viết là {%p ... %}, mỗi thẻ một mình một đoạn.",
            token[3],
        )

    def _shown(
        self, paragraph: TaggedParagraph, inside: list[Any], size: int, bold: bool
    ) -> list[Any]:
        lists = [op for op in inside if isinstance(op, tuple) and op[0] == "list"]
        if not lists:
            reads = paragraph.reads
            if not (paragraph.alone and reads):
                if not paragraph.alone:
                    self.above.clear()
                return inside
            self.above = [*self.above, *((r.expr, size, bold) for r in reads)]
            texts = [r for r in reads if repeats(r)]
            if len(reads) == 1 and texts:
                return [("lines", noted(texts[0]), merged(lined(inside)))]
            return [("any", tuple(r.expr for r in reads), merged(inside))]
        read: Read = lists[0][1]
        inner = element(read.kind)
        if inner is BodyBlock:
            if not paragraph.alone or len(paragraph.reads) > 1:
                self.sheet.fault(
                    "chữ đứng cùng đoạn với thẻ {{ noi_dung }} sẽ mất",
                    "Để {{ noi_dung }} một mình một đoạn.",
                    paragraph.where,
                )
            return [("blocks", read.expr)]
        if not is_text(inner):
            self.sheet.fault(
                f"{{{{ {read.path} }}}} gồm nhiều phần, phải nói rõ phần nào", "", paragraph.where
            )
            return []
        if len(lists) > 1:
            self.sheet.fault("một đoạn chỉ lặp được theo một danh sách", "", paragraph.where)
        self.above = [*self.above, (read.expr, size, bold)]
        return [("lines", read.expr, merged(lined(inside)))]

    def _container(self, kind: str, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        kept, self.above = self.above, []
        inside = self._until((f"{kind}>",), sight)
        while (ending := self.tokens.next()) is not None and ending[0] != f"{kind}>":
            self._across(ending)
            inside += self._until((f"{kind}>",), sight)
        self.above = kept
        if kind == "tc":
            return [("cell", merged(inside), token[1])]
        if kind == "tbl":
            return [("table", merged(inside))]
        shown = tuple(conditions(inside))
        return [("any", shown, merged(inside))] if token[1] and shown else inside

    def _control(self, name: str, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        _, tag, _, where = token
        if self.depth > _MAX_DEPTH:
            self.sheet.fault("các thẻ lồng nhau quá sâu hoặc chứa số quá dài", "", where)
            return []
        self.depth += 1
        try:
            return (self._loop if name == "for" else self._condition)(token, sight)
        except TagFaultError as fault:
            self.sheet.fault(fault.found, fault.remedy, where, fault.name)
            ends = ("endfor",) if name == "for" else ("endif",)
            self._body(tag, where, ends, in_doubt(tag, sight) if name == "for" else sight)
            return []
        finally:
            self.depth -= 1

    def _loop(self, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        _, tag, _, where = token
        variable, run, test, inside = read_loop(tag, sight)
        loops = [b for b in sight.values() if b.expr[0] == "name"]
        crosses = not any(run.path.startswith(f"{b.path}.") for b in loops)
        self.crossed += crosses
        if self.crossed > _MAX_CROSSED:
            self.crossed = 0
            self.sheet.fault(
                f"thẻ dùng điều mẫu không được dùng (for trong for trong for) ở {tag.written}",
                LANGUAGE,
                where,
            )
        body, word = self._body(tag, where, ("else", "endfor"), inside)
        otherwise: Program = ()
        if word == "else":
            otherwise, _ = self._body(tag, where, ("endfor",), sight)
        self.crossed = max(self.crossed - crosses, 0)
        return [("for", variable, run.expr, test.expr if test else None, body, otherwise)]

    def _condition(self, token: tuple[Any, ...], sight: Sight) -> list[Any]:
        _, tag, _, where = token
        cases: list[tuple[Any, Program]] = []
        otherwise: Program = ()
        word, current = "elif", tag
        while word in ("elif", "else"):
            if word == "else":
                otherwise, word = self._body(tag, where, ("endif",), sight)
                break
            source = current.body.split(None, 1)
            read = read_expression(source[1] if len(source) > 1 else "", current, sight)
            body, word = self._body(tag, where, ("elif", "else", "endif"), sight)
            cases.append((read.expr, body))
            current = self.tokens.last
        return [("if", tuple(cases), otherwise)]

    def _body(
        self, tag: Tag, where: str, ends: tuple[str, ...], sight: Sight
    ) -> tuple[Program, str]:
        """What stands before the tag that ends it, and the word of that tag ("" where it lacks)."""
        made = merged(self._until(ends, sight))
        token = self.tokens.peek()
        word = token[1].word if token and token[0] == "tag" and token[1].sign == "%" else ""
        if word in ends:
            self.tokens.next()
            self.tokens.last = token[1]
            return made, word
        scope = tag.scope if tag.scope in _BLOCK_TAGS else ""
        self.sheet.fault(
            f"thiếu thẻ đóng {{%{scope} {ends[-1]} %}} cho {tag.written}",
            "Thẻ đóng đứng cùng chỗ với thẻ mở: cùng là đoạn, cùng là hàng, hoặc trong cùng một đoạn.",
            where,
        )
        return made, ""


def _whole(used: frozenset[str]) -> Iterator[str]:
    """The names of `used` that are not merely on the way to another."""
    for path in used:
        if not any(other.startswith(f"{path}.") for other in used):
            yield path.removesuffix(".chu") if path != "noi_dung.chu" else path
