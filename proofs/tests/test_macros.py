"""The gate that looks at macros, and at what files are read: it is seen to fire."""
import unittest

from planted import Planted


class Macros(Planted):
    def case(self, words, text, name="core/trap.h"):
        self.fires("macros", words, lambda: self.write(name, text))

    def test_admit_behind_a_macro(self):
        """A broken function whose contract is admitted: its proof is all green."""
        def plant():
            self.append("core/tables.h", "#define REFINES admit\n")
            self.replace("core/send.c", "ensures refines: abs{Post} == spec_block",
                         "REFINES ensures refines: abs{Post} == spec_block")
        self.silent("annotations", plant)
        self.assertIn("core/tables.h", " ".join(self.gate("macros")))

    def test_false_behind_a_macro(self):
        self.case("words of annotations", "#define NEVER \\false\n")

    def test_in_the_second_line(self):
        self.case("words of annotations", "#define LATER 1 \\\n  admit\n")

    def test_linked_name(self):
        self.case("capital letters", "#define spec_block(s, p, q) s\n")

    def test_point_of_the_program(self):
        self.case("capital letters", "#define Pre Post\n")

    def test_with_space(self):
        self.case("words of annotations", "#/* */ define LATER admit\n")

    def test_table_and_more(self):
        """All contracts that name the table would let `current` be written: still proved."""
        self.fires("macros", "is a list", lambda: self.replace(
            "core/tables.h", "messages[0 .. NPROC-1]", "messages[0 .. NPROC-1], current"))

    def test_pasted(self):
        self.case("of parts", "#define WORD(a, b) a##b\n")

    def test_digraph(self):
        self.case("digraph", "%:define LATER admit\n")

    def test_define_in_two_lines(self):
        self.case("goes on", "#\\\ndefine LATER admit\n")

    def test_spliced_annotation(self):
        self.case("goes on", "/*@ ad\\\nmit \\false; */\n")

    def test_file_from_elsewhere(self):
        self.case("no gate reads", '#include "/tmp/tables.h"\n')

    def test_included_by_macro(self):
        self.case("no gate reads", "#include OTHER\n")

    def test_annotation_in_the_configuration(self):
        self.fires("macros", "in the configuration",
                   lambda: self.append("config/default/config.h", "//@ axiom a: \\false;\n"))

    def test_macro_in_the_configuration(self):
        self.fires("macros", "words of annotations",
                   lambda: self.append("config/default/config.h", "#define LATER admit\n"))

    def test_numbers_are_allowed(self):
        self.silent("macros", lambda: self.write("core/trap.h", "#define A (1 + \\\n 2)\n"))


if __name__ == "__main__":
    unittest.main()
