#!/bin/sh
# Stands where WP expects a prover: store.sh FOLDER PROVER LAST FILE keeps the file under a
# running number. Only the LAST prover of the order says yes, and the number as its steps,
# which WP prints beside the goal's name: so every file is there, and is known by name.
number=$(($(cat "$1/number" 2>/dev/null || echo 0) + 1))
echo $number > "$1/number"
cp "$4" "$1/$number.$2"
if [ "$2" = "$3" ]; then
	echo unsat
	echo "(:rlimit-count $number)"
else
	echo unknown
fi
