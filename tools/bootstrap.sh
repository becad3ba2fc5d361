#!/bin/sh
# What must be there before anything else can say what is missing: a compiler and Python.
# As root they are installed; otherwise this prints the one command that installs
# everything the project needs.
need=""
for tool in python3 gcc; do
	command -v "$tool" >/dev/null 2>&1 || need="$need $tool"
done
[ -z "$need" ] && exit 0
set -- frama-c-base why3 z3 cvc5 gcc clang binutils libc6-dev python3 \
	qemu-system-x86 grub-common grub-pc-bin xorriso mtools \
	ocaml libwhy3-ocaml-dev libzarith-ocaml-dev libclang-rt-14-dev llvm-14 \
	graphviz chromium chromium-driver
if [ "$(id -u)" = 0 ]; then
	echo "installing:$need"
	apt-get update -q >/dev/null &&
		DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need libc6-dev >/dev/null &&
		exit 0
	echo "the installation of$need failed; see apt-get" >&2
	exit 1
fi
echo "missing:$need; run:" >&2
echo "  sudo apt-get install -y --no-install-recommends $*" >&2
exit 1
