"""Is a proof a matter of luck? Variations of what a prover gets, and what becomes of the goals."""
