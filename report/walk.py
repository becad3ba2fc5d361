"""Walks through the machine of spec/step.mlw and notes each change of a process's run state,
of `held` and of the stored reply.

The four entries are followed through every function that they call, both ways at each `if`,
with what is known of each process that a function names: a set of cells (resting.py). A
condition that asks for one of the three fields narrows the set; a change replaces it. At
first the running process is what the invariant says of it, so is whoever stands first in a
queue, and of others anything is possible. Two names may mean one process as long as their
sets have a cell in common. So no change is missed; a few may be noted that no run makes.
"""
import dataclasses

import terms

FIELDS = ("run_state", "held", "proxy_reply")
ENTRIES = ("syscall", "fault", "tick", "irq")


@dataclasses.dataclass(frozen=True)
class Change:
    before: tuple       # cells
    after: tuple
    function: str       # the innermost one whose text names the new value
    entry: str
    path: tuple         # functions, from the entry to that one


class State:
    """A state of the machine: a name for it, what is known of processes, who is not whom."""

    def __init__(self, name, know, apart=frozenset(), last=None):
        self.name, self.know, self.apart, self.last = name, know, apart, last

    def named(self, name):
        return State(name, dict(self.know), self.apart)


class Walker:
    def __init__(self, definitions, resting):
        self.definitions, self.resting = definitions, resting
        self.writers = self.find_writers()
        self.loud = self.find_loud()
        self.changes, self.frames, self.activations, self.names = {}, [], 0, {}

    def find_writers(self):
        """{micro-step: field}: the functions that set one of the three fields."""
        out = {}
        for d in self.definitions.values():
            for tree in terms.parts(d.body):
                for field, value in tree[2] if tree[0] == "update" else ():
                    if field in FIELDS:
                        out.setdefault(d.name, []).append((field, value))
        for name, fields in out.items():
            d = self.definitions[name]
            if len(fields) > 1:
                raise terms.Unreadable(f"spec/: {name} changes {', '.join(f for f, _ in fields)} at once")
            if [n for n, _ in d.params][:2] != ["s", "p"] or fields[0][1] != ("var", d.params[2][0]):
                raise terms.Unreadable(f"spec/: {name} is not the micro-step that it should be")
        return {name: fields[0][0] for name, fields in out.items()}

    def find_loud(self):
        """The functions through which a micro-step of that kind is reached."""
        calls = {d.name: {t[1] for t in terms.parts(d.body) if t[0] in ("app", "var")}
                 for d in self.definitions.values()}
        out, grown = set(self.writers), True
        while grown:
            more = {n for n, used in calls.items() if used & out} - out
            out, grown = out | more, bool(more)
        return out

    def walk(self):
        for entry in ENTRIES:
            d = self.definitions[entry]
            start = State(("start", entry), {})
            start.know["current", start.name] = self.resting.running
            args = [start] + [("given", n) for n, _ in d.params[1:]]
            self.call(d, args, [("var", n) for n, _ in d.params])
        return list(self.changes)

    def short(self, *name):
        """A state is known by how it came about; the same way gives the same number."""
        return ("state", self.names.setdefault(name, len(self.names)))

    # ---- what is known
    def cells(self, state, process):
        if process in state.know:
            return state.know[process]
        if process[0] == "first" and process[2] in self.resting.at:
            return self.resting.at[process[2]]
        return frozenset(self.resting.cells)

    def join(self, a, b):
        """After an `if`."""
        if a is None or b is None:
            return a or b
        if not isinstance(a, State):
            return a if a == b else ("if", a, b)
        know = {p: self.cells(a, p) | self.cells(b, p) for p in {*a.know, *b.know}}
        return State(a.name if a.name == b.name else self.short("if", a.name, b.name), know, a.apart & b.apart)

    # ---- terms
    def value(self, tree, env):
        kind = tree[0]
        if kind == "num":
            return ("num", int(tree[1].replace("_", ""), 0))
        if kind == "var":
            return self.variable(tree[1], env)
        if kind == "field":
            return self.field(self.value(tree[1], env), tree[2])
        if kind == "app":
            return self.application(tree, env)
        if kind == "if":
            yes, no = self.assume(tree[1], env, True), self.assume(tree[1], env, False)
            return self.join(*(None if e is None else self.value(t, e) for t, e in ((tree[2], yes), (tree[3], no))))
        if kind == "let":
            return self.value(tree[3], {**env, tree[1]: self.value(tree[2], env)})
        if kind == "update" and isinstance(self.value(tree[1], env), State):
            values = tuple(self.name(self.value(t, env)) for _, t in tree[2])
            state = self.value(tree[1], env)
            return state.named(self.short("updated", state.name, values))
        return ("opaque", tree, tuple(sorted((n, self.name(v)) for n, v in env.items())))

    def variable(self, name, env):
        if name in env:
            return env[name]
        if name in self.resting.number:
            return ("num", self.resting.number[name])
        return ("constant", name)

    @staticmethod
    def name(value):
        return value.name if isinstance(value, State) else value

    def field(self, base, field):
        return (field, base.name) if isinstance(base, State) else ("field", field, base)

    def application(self, tree, env):
        function, trees = tree[1], tree[2]
        args = [None] * len(trees)
        order = sorted(range(len(trees)), key=lambda n: trees[n][0] == "app" and self.gives_state(trees[n][1]))
        for n in order:                  # who is named is known before the state changes
            args[n] = self.value(trees[n], env)
        if function in self.writers:
            return self.write(function, args, trees)
        d = self.definitions.get(function)
        if d and d.result == "state":
            if function in self.loud:
                return self.call(d, args, trees)
            whole = next(a for a in args if isinstance(a, State))
            return whole.named(self.short(function, *map(self.name, args)))
        return self.person(function, args)

    def gives_state(self, function):
        return function in self.definitions and self.definitions[function].result == "state"

    def person(self, function, args):
        """A term; who stands first in a queue is known to be in place there."""
        names = tuple(map(self.name, args))
        if function != "first":
            return (function, *names)
        queue = {"readyq": "readyq", "reapq": "reapq"}.get(names[1][1] if names[1][0] == "constant" else "")
        queue = queue or (names[1][0] if names[1][0] in ("fifo", "proxyq") else "?")
        who = ("first", names[0], queue, names[1])
        args[0].know.setdefault(who, self.resting.at.get(queue, frozenset(self.resting.cells)))
        return who

    # ---- changes
    def call(self, d, args, trees):
        self.activations += 1
        self.frames.append((d, trees, self.activations))
        out = self.value(d.body, dict(zip([n for n, _ in d.params], args)))
        self.frames.pop()
        return out

    def write(self, function, args, trees):
        state, process, value = args
        field = self.writers[function]
        before = self.cells(state, process)
        known = {c: self.written(c, field, value) for c in before}
        know, apart = dict(state.know), set(state.apart)
        for other, cells in state.know.items():
            pair = frozenset((other, process))
            if other == process or pair in apart:
                continue
            if not cells & before:
                apart.add(pair)
            else:
                know[other] = cells.union(*(known[c] for c in cells & before))
        know[process] = frozenset().union(*known.values())
        out = State(self.short(function, *map(self.name, args)), know, frozenset(apart))
        out.last = self.note(state, process, known, trees[2])
        return out

    def written(self, cell, field, value):
        """The cells that a cell becomes."""
        run, held, stored = cell
        if field == "proxy_reply":
            return {(run, held, s) for s in self.stored(value)}
        if value[0] != "num":
            raise terms.Unreadable(f"spec/: {self.frames[-1][0].name} sets {field} to what is not known")
        return {(value[1], held, stored) if field == "run_state" else (run, value[1], stored)}

    def stored(self, cap):
        d = self.definitions.get(cap[1] if cap[0] == "constant" else cap[0])
        fields = dict(d.body[1]) if d and d.body[0] == "record" else {}
        kind = self.value(fields["kind"], {}) if "kind" in fields else None
        return {kind[1] != self.resting.number["cap_null"]} if kind and kind[0] == "num" else {True, False}

    def note(self, state, process, known, tree):
        """Remember the changes. One right inside another, of the same process by the same
        function, is the beginning of it."""
        activation = self.frames[-1][2]
        origins = {c: {c} for c in known}
        if state.last and state.last[:2] == (activation, process):
            origins = state.last[2]
            for change in state.last[3]:
                self.changes.pop(change, None)
        function, path = self.author(tree)
        made, new = [], {}
        for cell, afters in known.items():
            for after in afters:
                for first in origins.get(cell, {cell}):
                    made.append(Change(first, after, function, path[0], path))
                    new.setdefault(after, set()).add(first)
        fresh = [m for m in made if m not in self.changes]
        self.changes.update(dict.fromkeys(made))
        return activation, process, new, fresh

    def author(self, tree):
        """The innermost function whose text names the new value: not one that is given it."""
        depth = len(self.frames) - 1
        while tree[0] == "var" and depth > 0:
            d, trees, _ = self.frames[depth]
            names = [n for n, _ in d.params]
            if tree[1] not in names:
                break
            tree, depth = trees[names.index(tree[1])], depth - 1
        path = tuple(f[0].name for f in self.frames[:depth + 1])
        return path[-1], path

    # ---- conditions
    def assume(self, tree, env, truth):
        """What is known when a condition is so, or is not; None if that cannot be."""
        kind = tree[0]
        if kind == "not":
            return self.assume(tree[1], env, not truth)
        if kind == "implies":
            return self.assume(("or", ("not", tree[1]), tree[2]), env, truth)
        if kind in ("and", "or"):
            if (kind == "and") == truth:
                first = self.assume(tree[1], env, truth)
                return None if first is None else self.assume(tree[2], first, truth)
            return self.either(self.assume(tree[1], env, truth), self.assume(tree[2], env, truth))
        if kind == "compare" and tree[1] in ("=", "<>"):
            return self.narrow(tree, env, truth == (tree[1] == "="))
        d = self.definitions.get(tree[1]) if kind == "app" else None
        return self.asked(d, tree, env, truth) if d and not d.result else env

    def either(self, a, b):
        if a is None or b is None:
            return a if b is None else b
        return {n: self.join(v, b[n]) if isinstance(v, State) else v for n, v in a.items()}

    def asked(self, d, tree, env, truth):
        args = [self.value(t, env) for t in tree[2]]
        mine = {v.name: v for v in env.values() if isinstance(v, State)}     # of which d may be given a part
        inner = self.assume(d.body, {**mine, **dict(zip([n for n, _ in d.params], args))}, truth)
        if inner is None:
            return None
        for state in [v for v in inner.values() if isinstance(v, State)]:
            env = self.learnt(env, state.name, state.know)
        return env

    @staticmethod
    def learnt(env, name, know):
        return {n: State(name, dict(know), v.apart) if isinstance(v, State) and v.name == name else v
                for n, v in env.items()}

    def narrow(self, tree, env, equal):
        """A comparison of a followed field with a number."""
        a, b = self.value(tree[2], env), self.value(tree[3], env)
        if b[0] != "num" or a[0] != "field":
            return env
        field, base = a[1], a[2]
        if field == "kind" and base[0] == "field" and base[1] == "proxy_reply":
            field, base = "proxy_reply", base[2]
        state = next((v for v in env.values() if isinstance(v, State) and base[:2] == ("pr", v.name)), None)
        if field not in FIELDS or state is None:
            return env
        process = base[2]
        kept = frozenset(c for c in self.cells(state, process) if (self.number(c, field) == b[1]) == equal)
        return self.learnt(env, state.name, {**state.know, process: kept}) if kept else None

    def number(self, cell, field):
        if field == "proxy_reply":
            return self.resting.number["cap_resume" if cell[2] else "cap_null"]
        return cell[0 if field == "run_state" else 1]
