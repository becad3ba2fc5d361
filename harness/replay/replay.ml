(* The booted kernel against the machine that the theorems are about, entry by entry:

     replay MEMORY_FILE OFFSET LIMIT SHIFT STATISTICS < doorbell

   For each record the machine of spec/ does two steps: `User` with the registers and the
   message pages as the running process left them, then the entry. After each, every field
   must be as in the kernel's tables. Ends after LIMIT system calls, or with the machine. *)
open Machine

exception Enough
let z = Host.unsigned
let kinds = [| "start"; "system call"; "fault"; "tick"; "interrupt" |]
let event r = match r.Record.kind with
  | 1 -> C_Syscall
  | 2 -> C_Fault (z r.a, z r.b)
  | 3 -> C_Tick
  | 4 -> C_Irq (z r.a)
  | n -> failwith (Printf.sprintf "an entry of kind %d" n)

let show s r =
  let w k = Z.format "%#x" (f_reg s s.r_current (Z.of_int k)) in
  let name = Printf.sprintf "%d: %s" r.Record.number kinds.(r.kind) in
  if Z.equal s.r_current f_none then name ^ ", nobody runs"
  else match r.kind with
    | 1 -> Printf.sprintf "%s of process %s: control %s, descriptor %s, words %s %s %s" name
             (Z.to_string s.r_current) (w 0) (w 1) (w 2) (w 3) (w 4)
    | 2 -> Printf.sprintf "%s of process %s: code %#Lx, info %#Lx" name (Z.to_string s.r_current) r.a r.b
    | _ -> Printf.sprintf "%s while process %s runs" name (Z.to_string s.r_current)
let trace = Queue.create ()
let remember line = Queue.add line trace; if Queue.length trace > 8 then ignore (Queue.pop trace)

(* The step of the machine from the tables `before` must give those `after`. *)
let compare_step before wanted changes =
  List.iter (Host.write 1) changes;
  List.iter (Host.touch true) changes;
  let found = Abstraction.abs 1 in
  Abstraction.compare before (wanted found) found;
  List.iter (Host.touch false) changes;
  List.iter (Host.write 0) changes

(* Pages without change are the very ones that the machine had. *)
let pages before found k =
  if Host.inside Abstraction.n_messages k && Host.touched "messages" (Z.to_int k)
  then found.r_messages k else before.r_messages k
let user before found =
  let regs = if Z.equal before.r_current f_none then fun _ -> Z.zero
    else (f_pr found before.r_current).r_regs in
  f_step before (C_User (regs, pages before found))

let same_current what n =
  let known = Int32.to_int (Bytes.get_int32_le Host.current.(0) 0) land 0xffffffff in
  if n <> known then failwith (Printf.sprintf "%s: process %#x runs; after the last entry it was %#x" what n known)
let set_current now n = Bytes.set_int32_le Host.current.(now) 0 (Int32.of_int n)

let first r =
  if r.Record.kind <> 0 || r.computed <> [] then failwith "the record does not begin with the start";
  let words = List.fold_left (fun n t -> n + Bytes.length t.Host.bytes.(0) / 8) 0 Host.words in
  if Int64.to_int r.b <> words then failwith (Printf.sprintf
    "the kernel has %Ld words in its tables, expected %d: another configuration" r.b words);
  List.iter (fun c -> Host.write 0 c; Host.write 1 c) r.changed;
  List.iter (fun now -> set_current now r.chosen) [ 0; 1 ]

(* What the process did to its registers and to pages accounts for all that has changed. *)
let computed r =
  let before = Abstraction.abs 0 in
  try compare_step before (user before) r.Record.computed
  with Host.Differ (where, x, y) ->
    raise (Host.Differ ("before the entry, where only a process computed, " ^ where, x, y))

let entry r =
  same_current "before the entry" r.Record.current;
  if r.computed <> [] then computed r;
  let before = Abstraction.abs 0 in
  remember (show before r);
  Statistics.entry before r;
  let wanted = f_step before (event r) in
  set_current 1 r.chosen;
  compare_step before (fun _ -> wanted) r.changed;
  set_current 0 r.chosen;
  Statistics.result r

let expected = ref 0
let each limit r =
  if r.Record.number <> !expected then
    failwith (Printf.sprintf "record %d is missing; %d comes instead" !expected r.number);
  if r.number = 0 then (Statistics.one_instruction := Int64.to_int r.a; first r) else entry r;
  incr expected;
  if !Statistics.calls >= limit then raise Enough

let complain why =
  Printf.printf "replay: entry %d: %s\nthe last entries:\n" !expected why;
  Queue.iter (Printf.printf "    %s\n") trace;
  exit 1

let () =
  let limit = int_of_string Sys.argv.(3) in
  Statistics.shift := int_of_string Sys.argv.(4);
  Record.open_memory Sys.argv.(1) (int_of_string Sys.argv.(2));
  (try Record.each (each (if limit = 0 then max_int else limit)) with
   | Enough -> ()
   | Host.Differ (where, x, y) ->
     complain (Printf.sprintf "%s is %s in the kernel, %s in the machine" where (Z.to_string y) (Z.to_string x))
   | Failure why -> complain why);
  if !expected = 0 then (print_endline "replay: nothing was recorded"; exit 1);
  Statistics.write Sys.argv.(5)
