"""The gates that read the text of core/, arch/ and spec/: each is seen to fire."""
import subprocess
import unittest

from planted import Planted


class Annotations(Planted):
    def c(self, text):
        self.write("core/trap.c", text)

    def case(self, words, text):
        self.fires("annotations", words, lambda: self.c(text))

    def test_axiom(self):
        self.case("an axiom", "/*@ axiomatic A { axiom a: \\false; } */\n")

    def test_axiom_in_arch(self):
        self.fires("annotations", "an axiom",
                   lambda: self.write("arch/x86/trap2.c", "//@ axiom a: \\false;\n"))

    def test_admit(self):
        self.case("admitted", "void f(void) { //@ admit \\false;\n }\n")

    def test_global_invariant(self):
        self.case("invariants", "int x; //@ global invariant i: x == 0;\n")

    def test_type_invariant(self):
        self.case("invariants", "struct s { int x; }; //@ type invariant t(struct s a) = a.x == 0;\n")

    def test_statement_contract(self):
        self.case("statement contract",
                  "void f(void)\n{\n\t/*@ ensures \\true; */\n\t{ int x = 0; }\n}\n")

    def test_statement_assigns(self):
        self.case("statement contract", "int x;\nvoid f(void)\n{\n\t//@ assigns x;\n\tx = 0;\n}\n")

    def test_ensures_false(self):
        self.case("ensures \\false",
                  "/*@ terminates \\true; assigns \\nothing; ensures \\false; */\nvoid f(void);\n")

    def test_ensures_false_unreachable_is_allowed(self):
        self.silent("annotations", lambda: self.c(
            "/*@ requires \\false; terminates \\true; assigns \\nothing; ensures \\false; */\n"
            "void f(void);\n"))

    def test_ghost(self):
        self.case("ghost", "//@ ghost int g;\n")

    def test_linked_name_defined(self):
        self.case("linked name", "//@ predicate spec_wf(integer x) = \\true;\n")

    def test_linked_names_of_each_kind_defined(self):
        for text in ("logic spec_state spec_tick(spec_state s) = s;", "logic integer spec_none = 0;",
                     "predicate spec_inv{L}(integer x) = \\true;", "type spec_state = integer;",
                     "logic integer spec_nproc reads x;", "logic integer spec_ncap;", "type spec_list<A>;"):
            with self.subTest(text):
                self.write("core/trap.c", "")
                self.case("linked name", f"//@ {text}\n")

    def test_of_the_type_of_a_linked_name(self):
        self.silent("annotations", lambda: self.c("//@ logic spec_state twice(spec_state s) = spec_tick(spec_tick(s));\n"))

    def test_logic_without_definition(self):
        self.case("without definition", "//@ logic integer f(integer x);\n")

    def test_names_of_instructions(self):
        names = "/*@ axiomatic machine { logic integer out(integer h, uint8_t *p); } */\n"
        self.silent("annotations", lambda: self.write("arch/x86/machine.h", names))
        for file in ("core/trap.c", "arch/x86/cpu.h"):
            self.fires("annotations", "an axiom", lambda: self.write(file, names))

    def test_more_than_names_of_instructions(self):
        for more, words in (("axiom a: \\false;", "an axiom"), ("lemma a: \\false;", "an axiom"),
                            ("predicate p(integer h);", "an axiom"),
                            ("logic integer spec_x(integer h);}  axiomatic b { axiom a: \\false;", "an axiom"),
                            ("logic integer in(integer h) reads ports;", "an axiom")):
            with self.subTest(more):
                text = f"/*@ axiomatic machine {{ logic integer out(integer h); {more} }} */\n"
                self.write("arch/x86/machine.h", "")
                self.fires("annotations", words, lambda: self.write("arch/x86/machine.h", text))

    def test_separation(self):
        self.case("separated", "/*@ requires \\separated(p, q); */\nvoid f(int *p, int *q);\n")


class Code(Planted):
    def case(self, words, text):
        self.fires("ccode", words, lambda: self.write("core/trap.c", text))

    def test_framac_text(self):
        self.case("Frama-C sees", "#ifdef __FRAMAC__\n#endif\n")

    def test_framac_text_in_arch(self):
        self.fires("ccode", "Frama-C sees",
                   lambda: self.write("arch/x86/t.c", "int x = __FRAMAC__;\n"))

    def test_conditional(self):
        self.case("conditional text", "#if 0\nint x;\n#endif\n")

    def test_assembly(self):
        self.case("inline assembly", "void f(void) { __asm__(\"cli\"); }\n")

    def test_goto(self):
        self.case("goto", "void f(void) { again: goto again; }\n")

    def test_union(self):
        self.case("union", "union u { int a; char b; };\n")

    def test_volatile(self):
        self.case("volatile", "volatile int x;\n")

    def test_cast(self):
        self.case("cast between pointers", "int x; char c(void) { return *(char *)&x; }\n")

    def test_call_through_pointer(self):
        self.case("through a pointer", "void f(void (*g)(void)) { (*g)(); }\n")

    def test_variadic(self):
        self.case("variadic", "void f(int n, ...);\n")

    def test_recursion(self):
        self.case("recursive", "int g(int n);\nint f(int n) { return g(n); }\n"
                               "int g(int n) { return f(n); }\n")

    def test_words_in_comments_are_allowed(self):
        self.silent("ccode", lambda: self.write("core/trap.c", "/* union goto volatile ... */\n"))


class Contracts(Planted):
    FULL = "/*@ requires \\true; terminates \\true; assigns \\nothing; ensures \\true; */\n"

    def case(self, words, text):
        self.fires("contracts", words, lambda: self.write("core/trap.c", text))

    def test_no_contract(self):
        self.case("has no `assigns`", "static int f(void) { return 0; }\n")

    def test_no_terminates(self):
        self.case("has no `terminates`",
                  "/*@ assigns \\nothing; ensures \\true; */\nstatic int f(void) { return 0; }\n")

    def test_no_ensures(self):
        self.case("has no `ensures`",
                  "/*@ terminates \\true; assigns \\nothing; */\nstatic int f(void) { return 0; }\n")

    def test_terminates_false(self):
        self.case("instead of \\true", "/*@ terminates \\false; assigns \\nothing; ensures \\true; */\n"
                                       "static int f(void) { return 0; }\n")

    def test_loop_without_variant(self):
        self.case("no `loop variant`", self.FULL + "static void f(void)\n{\n"
                  "\t/*@ loop invariant \\true; loop assigns \\nothing; */\n\twhile (1) ;\n}\n")

    def test_loop_without_annotation(self):
        self.case("no `loop invariant`", self.FULL + "static void f(void)\n{\n"
                  "\tint i;\n\tfor (i = 0; i < 3; i++) ;\n}\n")

    def test_prototype_in_header_counts(self):
        self.silent("contracts", lambda: self.write(
            "core/trap.c", self.FULL + "int f(void);\nint f(void)\n{\n\treturn 0;\n}\n"))


class Ledger(Planted):
    def test_bodiless_prototype(self):
        self.fires("prototypes", "outside has no body", lambda: self.write(
            "core/trap.h", "/*@ terminates \\true; assigns \\nothing; ensures \\result == 0; */\n"
                           "int outside(void);\n"))

    def test_bodiless_without_contract(self):
        self.fires("prototypes", "no contract", lambda: self.write(
            "core/trap.h", "int outside(void);\n"))

    def test_stale_contract(self):
        self.fires("prototypes", "names no function", lambda: self.append(
            "proofs/ledger.toml", "\n[[contract]]\nfunction = \"gone\"\nreason = \"x\"\ntest = \"x\"\n"))

    def test_new_entry_point(self):
        self.fires("entries", "core_door", lambda: self.write(
            "core/trap.c", "void core_door(void) { core_tick(); }\n"))

    def test_uncalled_function(self):
        self.fires("entries", "nobody_calls", lambda: self.write(
            "core/trap.c", "static void nobody_calls(void) { }\n"))

    def test_new_caller(self):
        self.fires("entries", "arch/x86/trap2.c calls it and is not named", lambda: self.write(
            "arch/x86/trap2.c", "void door(void) { core_tick(); }\n"))

    def test_new_caller_in_assembly(self):
        self.fires("entries", "arch/x86/door.S calls it and is not named", lambda: self.write(
            "arch/x86/door.S", "\tcall core_irq\n"))

    def test_caller_that_is_gone(self):
        self.fires("entries", "arch/x86/main.c does not call it", lambda: self.replace(
            "arch/x86/main.c", "core_tick();", ";"))

    def test_assembly_function(self):
        self.fires("kernel", "cpu_secret has inline assembly", lambda: self.write(
            "arch/x86/trap2.c", "void cpu_secret(void) { __asm__(\"nop\"); }\n"))

    def link(self, name, text):
        """A kernel of core/micro.c and another file, by its name in the tree."""
        objects = []
        for file, source in (("core/micro.c", "int known;\n"), (name, text)):
            out = self.root / "build/default/kernel" / (file.rsplit(".", 1)[0] + ".o")
            out.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["gcc", "-x", "c", "-c", "-o", str(out), "-"], input=source, text=True, check=True)
            objects.append(str(out))
        subprocess.run(["gcc", "-nostdlib", "-r", "-o", str(self.root / "build/default/postern.elf")] + objects,
                       check=True)

    def test_proved_files_alone(self):
        self.link("core/ring.c", "int ring;\n")
        self.assertEqual(self.gate("kernel"), [])

    def test_foreign_object(self):
        self.fires("kernel", "foreign: from no C file",
                   lambda: self.link("core/other.c", "int foreign;\n"))

    def test_undefined_symbol(self):
        self.fires("kernel", "outside: undefined in the kernel", lambda: self.link(
            "core/ring.c", "int outside(void); int f(void) { return outside(); }\n"))

    def test_assembly_symbol(self):
        self.fires("kernel", "secret: from arch/x86/secret.S, not in the ledger", lambda: (
            self.write("arch/x86/secret.S", "\n"), self.link("arch/x86/secret.S", "int secret;\n")))

    def test_too_much_assembly(self):
        self.fires("kernel", "lines of assembly", lambda: self.write(
            "arch/x86/long.S", "\tnop\n" * 301))

    def test_entry_without_reason(self):
        self.fires("versions", "has no reason", lambda: self.append(
            "proofs/ledger.toml", "\n[[assumption]]\nname = \"trust me\"\ntest = \"none\"\n"))

    def test_entry_with_a_test_that_is_not_there(self):
        self.fires("versions", "no test harness/nothing.py", lambda: self.append(
            "proofs/ledger.toml",
            "\n[[assumption]]\nname = \"a\"\nreason = \"b\"\ntest = \"harness/nothing.py\"\n"))

    def test_other_version(self):
        self.fires("versions", "the ledger says", lambda: self.replace(
            "proofs/ledger.toml", 'why3 = "1.5.1"', 'why3 = "1.7.0"'))


class Spec(Planted):
    def case(self, words, body):
        self.fires("spectext", words, lambda: self.write(
            "spec/trap.mlw", f"module Trap\n  use int.Int\n{body}\nend\n"))

    def test_val(self):
        self.case("`val` declares", "  val f (x: int) : int ensures { result > x }")

    def test_assume(self):
        self.case("an assumption", "  let lemma l () ensures { false } = assume { false }")

    def test_any(self):
        self.case("makes a value", "  let lemma l () ensures { false } = any unit ensures { false }")

    def test_undefined_function(self):
        self.case("has no definition", "  function f (x: int) : int\n  goal g: f 0 = f 0")

    def test_foreign_theory(self):
        self.case("real.Real of Why3", "  use real.Real")
        self.case("spec/trap.mlw:4: theory real.Real of Why3", "  use int.Int,\n    real.Real")

    def test_meta(self):
        self.case("meta remove_prop", "  lemma l: 0 = 0\n  meta remove_prop lemma l")

    def test_defined_things_are_allowed(self):
        self.silent("spectext", lambda: self.write(
            "spec/trap.mlw", "module Trap\n  use int.Int\n  (* val assume any axiom *)\n"
            "  type t = { a: int }\n  function f (x: int) : int = x\n  goal g: f 0 = 0\nend\n"))


class Flags(Planted):
    def case(self, words, old, new):
        self.fires("flags", words, lambda: self.replace("proofs/wp.py", old, new))

    def test_part_of_the_goals(self):
        self.case("uses -wp-fct", '"-wp-par", "1"', '"-wp-par", "1", "-wp-fct", "choose"')

    def test_lemmas_left_out(self):
        self.case("uses -wp-prop", '"-wp-par", "1"', '"-wp-par", "1", "-wp-prop=-@lemma"')

    def test_volatile_ignored(self):
        self.case("uses -wp-no-volatile", '"-wp-par"', '"-wp-no-volatile", "-wp-par"')

    def test_cache(self):
        self.case("without -wp-cache none", '["-wp-cache", "none"]', '["-wp-cache", "update"]')

    def test_no_runtime_guards(self):
        self.case("without -wp-rte", '"-wp-rte", ', '')

    def test_no_overflow_guard(self):
        self.case("without -warn-unsigned-overflow", '"-warn-unsigned-overflow", ', '')

    def test_memory_model(self):
        self.case("without -wp-check-memory-model", '"-wp-check-memory-model",\n', '\n')

    def test_other_model(self):
        self.case("without -wp-model Typed", '"Typed"', '"Typed+cast"')

    def test_warnings_pass(self):
        self.case("without -wp-warn-key *=error", '"*=error"', '"*=active"')

    def test_missing_contracts_pass(self):
        self.case("does not stop at annot:missing-spec", "annot:missing-spec=abort,", "")

    def test_assembly_passes(self):
        self.case("does not stop at asm:clobber", "asm:clobber=abort,", "")

    def arch(self, words, old, new):
        self.fires("flags", "arch_wp.py " + words, lambda: self.replace("proofs/arch_wp.py", old, new))

    def test_arch_part_of_the_goals(self):
        self.arch("uses -wp-fct", '"-wp-cache", "none"', '"-wp-fct", "trap_event", "-wp-cache", "none"')

    def test_arch_cache(self):
        self.arch("runs without -wp-cache none", '"-wp-cache", "none"', '"-wp-cache", "update"')

    def test_arch_other_model(self):
        self.arch("runs without -wp-check-memory-model", '("-wp-warn-key", "*=error")',
                  '("-wp-warn-key", "*=error", "-wp-check-memory-model")')

    def test_arch_warnings_off(self):
        self.arch("changes warnings: *=inactive", '"pedantic-assigns=inactive"',
                  '"pedantic-assigns=inactive", "-wp-warn-key", "*=inactive"')

    def test_arch_flag_of_no_reviewer(self):
        self.fires("flags", "flags of arch are not those of the ledger", lambda: self.replace(
            "proofs/arch_wp.py", '"-wp-cache", "none"', '"-wp-cache", "none", "-wp-no-let"'))

    def test_arch_solver_options(self):
        self.fires("flags", "flags of z3 in arch_wp.py", lambda: self.replace(
            "proofs/arch_wp.py", "LIMIT = wp.LIMIT", "LIMIT = 9 * wp.LIMIT"))

    def test_arch_prints_nothing(self):
        self.fires("flags", "arch_wp.py runs without -wp-rte", lambda: self.replace(
            "proofs/arch_wp.py", "if options.print:", "if options.print:\n        sys.exit(1)"))

    def test_solver_options(self):
        self.fires("flags", "flags of z3", lambda: self.replace(
            "proofs/provers.py", "smt.mbqi=false", "smt.mbqi=true"))

    def test_driver(self):
        self.fires("flags", "wp.gen: not the text", lambda: self.replace(
            "proofs/why3/wp.gen", '"(distinct %1 %2)"', '"(= %1 %2)"'))

    def test_new_driver_file(self):
        self.fires("flags", "more.gen", lambda: self.write("proofs/why3/more.gen", "\n"))


class Bridge(Planted):
    def setUp(self):
        super().setUp()
        import sys
        done = subprocess.run([sys.executable, str(self.root / "proofs" / "bridge.py"), "--update"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.gate("generated"), [])

    def case(self, name, old, new):
        self.fires("generated", name.split("/")[-1], lambda: self.replace(name, old, new))

    def test_declaration_edited(self):
        self.case("proofs/bridge/spec.acsl.h", "spec_nproc", "spec_nprog")

    def test_link_edited(self):
        self.case("proofs/bridge/wp.driver", '"nproc"', '"nendp"')

    def test_axiom_edited(self):
        self.case("proofs/bridge/abs.acsl.h", "0 <= k < NREG", "0 <= k")

    def test_specification_changed(self):
        self.fires("generated", "spec.acsl.h", lambda: self.replace(
            "spec/micro.mlw", "function set_held", "function set_helt"))


if __name__ == "__main__":
    unittest.main()
