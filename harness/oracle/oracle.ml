(* The core, compiled for the host, against the machine that the theorems are about, step
   by step. Before each event the C tables are read as a state of the machine; `step` of
   spec/step.mlw is run on it, and every field of what it gives must be in the C tables after
   the event. `inv` of spec/inv.mlw is evaluated on the tables, too.

     oracle random STEPS FIRST_SYSTEM INV FILE   random events; inv after each INVth
     oracle bytes FILE INPUT...                  events that the bytes of an input choose
     oracle replay TRACE                         a trace
     oracle fields                               no field is left out of the comparison
     oracle rules COUNT FIRST_SYSTEM             `inv` is what the rules in C say

   Where they differ, a trace that was made as short as it can be goes to FILE. *)
open Machine

let per_system = 2000

let quit fmt = Printf.ksprintf (fun s -> flush stdout; prerr_endline ("oracle: " ^ s); exit 1) fmt

(* ---- a difference *)
let differs file system events kind text =
  let t = { Trace.system; nulls = []; events = List.rev events } in
  Printf.printf "oracle: system %d, event %d: %s\n" system (List.length events) text;
  Printf.printf "oracle: looking for a shorter trace\n%!";
  match Shrink.shrink kind t with
  | None -> quit "the trace, replayed, does not show it"
  | Some t ->
    let found, words = Shrink.replay (kind = "inv") t in
    let text = match found with Some (_, text) -> text | None -> assert false in
    Trace.write file t words [text];
    Printf.printf "%d events, found by %d replays:\n" (List.length t.events) !Shrink.replays;
    List.iter2 (fun w e -> Printf.printf "    %s: %s\n" w (Trace.event_text e)) words t.events;
    quit "%s\n        replay with: make oracle-replay TRACE=%s" text file

(* ---- events until a limit, or until all wait for each other *)
let invariants = ref 0
let run file number every more =
  if not (Host.start number [||]) then quit "the image of system %d was refused" number;
  let events = ref [] and n = ref 0 and idle = ref 0 in
  (try
    let state = ref (Run.read ()) in
    Run.invariant !state;
    while more !n && !idle < 4 do
      idle := if Z.equal !state.r_current f_none then !idle + 1 else 0;
      let e = Host.next () in
      events := e :: !events;
      incr n;
      let due = !n mod every = 0 in
      if due then incr invariants;
      state := Run.event due !state e
    done
  with Run.Found (kind, text) -> differs file number !events kind text);
  !n

let random steps first every file =
  let rec go n number =
    if n >= steps then n, number - first
    else go (n + run file number every (fun k -> k < per_system && k < steps - n)) (number + 1) in
  let n, systems = go 0 first in
  Printf.printf "oracle: %d events in %d systems, the invariant evaluated %d times: the core did what \
    spec/step.mlw does, in every field\n" n systems (!invariants + systems)

(* The first two bytes of an input are the system's number (harness/hosted/fuzz.c). *)
let bytes file inputs =
  let one input =
    let channel = open_in_bin input in
    let text = really_input_string channel (in_channel_length channel) in
    close_in channel;
    if String.length text < 3 then 0
    else begin
      let number = Char.code text.[0] + 256 * Char.code text.[1] in
      let rest = String.sub text 2 (String.length text - 2) in
      let given = ref false in
      let more _ = (if not !given then (given := true; Host.read rest)); Host.left () > 0 in
      run file number 1 more
    end in
  let n = List.fold_left (fun n input -> n + one input) 0 inputs in
  if n = 0 then quit "no input has an event";
  Printf.printf "oracle: %d events of %d inputs, the invariant evaluated after each: the core did what \
    spec/step.mlw does, in every field\n" n (List.length inputs)

let replay file =
  let t = try Trace.read file with Failure why | Sys_error why -> quit "%s" why in
  let shown inv = match Shrink.replay inv t with
    | None, _ -> None
    | Some (_, text), words ->
      List.iteri (fun n w -> Printf.printf "    %d: %s\n" (n + 1) w) words;
      Some (List.length words, text) in
  match (match shown false with None -> shown true | found -> found) with
  | Some (n, text) -> quit "event %d: %s" n text
  | None -> Printf.printf "oracle: %s: %d events, no difference\n" file (List.length t.events)

(* ---- every byte of the C tables counts, but for those that stand for nothing *)
let fields () =
  ignore (run "/dev/null" 1 1000 (fun n -> n < 200));
  let before = Run.read () in
  let wrong table at what =
    quit "byte %d of %s %s: harness/oracle/abstraction.py and spec/types.mlw disagree" at table what in
  let table name =
    let used = Bytes.create (Host.size name) in
    Host.used name used;
    let counts at =
      Host.poke name at;
      let seen = try Run.agree before before (Run.read ()); false with Run.Found _ | Failure _ -> true in
      Host.poke name at;
      ignore (Run.read ());
      seen in
    Bytes.iteri (fun at b -> match counts at, b <> '\000' with
      | true, false -> wrong name at "is compared, though it stands for nothing"
      | false, true -> wrong name at "is not compared"
      | _ -> ()) used;
    Bytes.length used in
  let all = List.fold_left (fun n t -> n + table t) 0 Abstraction.tables in
  Printf.printf "oracle: each of the %d bytes of the tables is compared, but for those that stand for nothing\n" all

(* ---- `inv` of spec/ and the rules of harness/hosted/rules.c, written apart, about tables of
   which something was made something else *)
let rules count first =
  let broken = ref 0 in
  for number = first to first + count - 1 do
    ignore (run "/dev/null" number 1000 (fun n -> n < number mod 64));
    Host.damage ();
    let rule = Host.rule () and state = Run.read () in
    let said = match Run.invariant state with
      | () -> ""
      | exception Run.Found (_, why) -> why in
    if (rule = "") <> (said = "") then
      quit "system %d, damaged after event %d: harness/hosted/rules.c says: %s; spec/inv.mlw: %s" number
        (number mod 64) (if rule = "" then "no rule is broken" else rule) (if said = "" then "`inv` holds" else said);
    if rule <> "" then incr broken
  done;
  Printf.printf "oracle: of %d damaged tables %d break the invariant, as inv of spec/inv.mlw and the C rules say both\n"
    count !broken

let number s = match int_of_string_opt s with
  | Some n when n > 0 -> n
  | _ -> quit "%s: a number above 0 is expected" s

let () = match Array.to_list Sys.argv |> List.tl with
  | ["random"; steps; first; every; file] -> random (number steps) (number first) (number every) file
  | "bytes" :: file :: (_ :: _ as inputs) -> bytes file inputs
  | ["replay"; file] -> replay file
  | ["fields"] -> fields ()
  | ["rules"; count; first] -> rules (number count) (number first)
  | _ -> quit "expected: random STEPS FIRST_SYSTEM INV FILE; bytes FILE INPUT...; replay TRACE; fields; \
               or rules COUNT FIRST_SYSTEM"
