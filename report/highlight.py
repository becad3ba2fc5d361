"""Source text as HTML: comments, annotations and keywords are marked, names are links."""
import re

from page import esc
from specs import KEYWORDS, bound

import whyml

C_WORDS = {"if", "else", "for", "while", "do", "return", "switch", "case", "default", "break", "continue", "static",
           "const", "void", "int", "unsigned", "struct", "enum", "sizeof", "uint8_t", "uint16_t", "uint32_t",
           "uint64_t", "extern", "char"}
ACSL_WORDS = {"requires", "ensures", "assigns", "terminates", "loop", "invariant", "variant", "assert", "behavior",
              "assumes", "logic", "predicate", "lemma", "axiomatic", "ghost"}
C_TOKEN = re.compile(r"(?P<annotation>/\*@.*?\*/|//@[^\n]*)|(?P<comment>/\*.*?\*/|//[^\n]*)|"
                     r'(?P<string>"(?:\\.|[^"\\\n])*")|(?P<name>[A-Za-z_]\w*)|(?P<rest>.)', re.S)
SPEC_TOKEN = re.compile(r"(?P<comment>\(\*(?!\)).*?\*\))|(?P<name>[A-Za-z_][\w']*)|(?P<rest>.)", re.S)


def mark(kind, text):
    return f'<span class="{kind}">{esc(text)}</span>'


def joined(parts):
    return "".join(parts)


class Highlighter:
    """Knows where the names lead: functions of core/ and declarations of spec/."""

    def __init__(self, spec, functions, at=("step", "Step")):
        self.spec, self.functions, self.at = spec, functions, at

    def c(self, text):
        out = []
        for found in C_TOKEN.finditer(text):
            kind, word = found.lastgroup, found[0]
            if kind == "annotation":
                out.append(f'<span class="contract">{self.acsl(word)}</span>')
            elif kind in ("comment", "string"):
                out.append(mark(kind, word))
            elif kind == "name" and word in C_WORDS:
                out.append(mark("word", word))
            elif kind == "name" and word in self.functions and text[found.end():found.end() + 1] == "(":
                out.append(f'<a href="@/{self.functions[word].place}">{esc(word)}</a>')
            else:
                out.append(esc(word))
        return joined(out)

    def acsl(self, text):
        out = []
        for found in C_TOKEN.finditer(re.sub(r"^/\*@|^//@", lambda m: "\0" * len(m[0]), text)):
            word = found[0].replace("\0", "")
            if word in ACSL_WORDS:
                out.append(mark("word", word))
            elif word.startswith("spec_"):
                there = self.of_spec(word)
                out.append(f'<a href="@/{there.place}">{esc(word)}</a>' if there else esc(word))
            else:
                out.append(esc(word))
        return text[:3] + joined(out)

    def of_spec(self, name):
        """The declaration that an ACSL name stands for, or None."""
        plain = name.removeprefix("spec_")
        for module in (self.at, ("init", "Init"), ("inv", "Parts"), ("wf", "WfFacts"), ("image_facts", "ImageFacts")):
            found = self.spec.find(plain, *module)
            if found:
                return found
        return None

    def whyml(self, text, file, module, own=""):
        """The text of one declaration: its bound names are no links."""
        local = bound(whyml.strip_comments(text, file)) | {own}
        out, field = [], False
        for found in SPEC_TOKEN.finditer(text):
            kind, word = found.lastgroup, found[0]
            there = None
            if kind == "name" and word not in KEYWORDS and word not in local and not field:
                there = self.spec.find(word, file, module)
            if kind == "comment":
                out.append(mark(kind, word))
            elif kind == "name" and word in KEYWORDS:
                out.append(mark("word", word))
            elif there:
                out.append(f'<a href="@/{there.place}">{esc(word)}</a>')
            else:
                out.append(esc(word))
            field = word == "."
        return joined(out)
