"""No macro changes what an annotation says, and every file that is read is looked at.

Frama-C expands macros in annotations, and the other gates read the text before that.
Catches: macros with a name or a body that means something in ACSL or in the bridge
(`#define X admit`, `#define spec_wf(s) \\true`), or that stands for several objects, pasted
and spliced words, digraphs, files from elsewhere, and annotations in the configuration.
"""
import re

import csource

# core/ and arch/x86 use these from elsewhere; `generated` compares abs.acsl.h
LIBRARY = {"stdint.h", "stddef.h", "abs.acsl.h"}
MEANING = re.compile(
    r"\b(admit|axiom|axiomatic|ghost|requires|ensures|assumes|assigns|allocates|frees|terminates"
    r"|decreases|exits|breaks|continues|returns|behaviors?|complete|disjoint|invariant|variant|loop"
    r"|global|lemma|logic|predicate|inductive|check|assert|reads|import|model|include|abs"
    r"|spec_\w*)\b|\\")
LIST = re.compile(r"^(?:[^()\[\]]|\([^()]*\)|\[[^\]]*\])*,")  # a comma outside brackets
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)((?:[^\n\\]|\\\n)*(?:\\[^\n][^\n]*)?)", re.M)


def check(tree):
    config = csource.read(tree.root, ("config",))
    sources = tree.core() + tree.arch() + config
    known = {s.path.resolve() for s in sources}
    out = [f"{s.name}:{a.line}: an annotation in the configuration" for s in config
           for a in s.annotations]
    for source in sources:
        out += macros(source) + words(source) + includes(source, known, tree)
    return out


def macros(source):
    out = []
    for found in MACRO.finditer(source.code):
        where, name = f"{source.name}:{source.line(found.start())}", found[1]
        body = found[2].replace("\\\n", " ")
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            out.append(f"{where}: the name of macro {name} is not in capital letters")
        if MEANING.search(body):
            out.append(f"{where}: macro {name} holds words of annotations")
        if source.name.startswith("core/") and LIST.search(body):
            out.append(f"{where}: macro {name} is a list: a contract would hide what it assigns")
        if "#" in body:
            out.append(f"{where}: macro {name} makes words of parts")
    return out


def words(source):
    out = [f"{source.name}:{source.line(found.start())}: a digraph or trigraph"
           for found in re.finditer(r"%:|\?\?[=/'()!<>-]", source.text)]
    out += [f"{source.name}:{a.line}: a word goes on in the next line of an annotation"
            for a in source.annotations if re.search(r"\\[ \t]*\n", a.text)]
    rest = MACRO.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source.code)
    return out + [f"{source.name}:{source.line(found.start())}: a line goes on in the next"
                  for found in re.finditer(r"\\[ \t]*\n", rest)]


def includes(source, known, tree):
    out = []
    for line in re.finditer(r"^[ \t]*#[ \t]*include\b(.*)$", source.text, re.M):
        name = re.fullmatch(r'\s*(?:"([^"]*)"|<([^>]*)>)\s*', re.sub(r"/\*.*?\*/", "", line[1]))
        file = (name[1] or name[2]) if name else ""
        places = [source.path.parent, tree.path("core"), tree.path(f"config/{tree.config}"),
                  tree.path("arch/x86")]
        if file not in LIBRARY and not any((p / file).resolve() in known for p in places):
            out.append(f"{source.name}:{source.line(line.start())}: includes "
                       f"{file or line[1].strip()}, which no gate reads")
    return out
