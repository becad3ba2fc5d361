(* The core, compiled for the host, against the machine that the theorems are about, step
   by step: oracle STEPS FIRST_SYSTEM. Before each kernel entry the C tables are read as a
   state of the machine, `step` of spec/step.mlw is run on it, and every field of what it
   gives must be in the C tables after the entry. *)
open Machine

let per_system = 2000

let event (entry, a, b) = match entry with
  | 0 -> "system call", C_Syscall
  | 1 -> "fault", C_Fault (Host.unsigned a, Host.unsigned b)
  | 2 -> "tick", C_Tick
  | _ -> "interrupt", C_Irq (Host.unsigned a)

let trace = Queue.create ()
let show before name =
  let w k = Z.format "%#x" (f_reg before before.r_current (Z.of_int k)) in
  if Z.equal before.r_current f_none then name ^ ", nobody runs"
  else Printf.sprintf "%s of process %s: control %s, descriptor %s, words %s %s %s" name
    (Z.to_string before.r_current) (w 0) (w 1) (w 2) (w 3) (w 4)

let step () =
  let name, e = event (Host.next ()) in
  let before = Abstraction.abs 0 in
  Queue.add (show before name) trace;
  if Queue.length trace > 8 then ignore (Queue.pop trace);
  let wanted = f_step before e in
  Host.enter ();
  Abstraction.compare before wanted (Abstraction.abs 1);
  Z.equal before.r_current f_none

let system number limit =
  if not (Host.seed number) then failwith "the image was refused";
  Queue.clear trace;
  let n = ref 0 and idle = ref 0 in
  let complain what =
    Printf.printf "oracle: system %d, event %d: %s\nthe last events of it:\n" number !n what;
    Queue.iter (Printf.printf "    %s\n") trace;
    Printf.printf "oracle: replay with: oracle %d %d\n" (!n + 1) number;
    exit 1 in
  (try
    while !n < limit && !idle < 4 do
      idle := if step () then !idle + 1 else 0;
      incr n
    done
  with
  | Host.Differ (where, x, y) ->
    complain (Printf.sprintf "%s is %s in C, %s in the machine" where (Z.to_string y) (Z.to_string x))
  | Failure why -> complain why);
  !n

let () =
  let number k = match int_of_string_opt Sys.argv.(k) with
    | Some n when n > 0 -> n
    | _ | exception Invalid_argument _ ->
      prerr_endline "oracle: two numbers above 0 are expected: STEPS FIRST_SYSTEM"; exit 2 in
  let steps = number 1 and first = number 2 in
  let rec go n number =
    if n >= steps then n, number - first
    else go (n + system number (min per_system (steps - n))) (number + 1) in
  let n, systems = go 0 first in
  Printf.printf "oracle: %d events in %d systems: the core did what spec/step.mlw does, in every field\n" n systems
