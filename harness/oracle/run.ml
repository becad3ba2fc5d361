(* One event: what the running process computes, then a kernel entry. Each is a step of the
   machine, and after each every field must stand in the C tables. *)
open Machine

exception Found of string * string (* a difference: its kind, and all of it in words *)

(* The tables are read into two buffers by turns: compare looks at the last two. *)
let now = ref 0
let read () = now := 1 - !now; Abstraction.abs !now

let without_numbers = Str.global_replace (Str.regexp "[0-9]+") ""
let agree before wanted after =
  try Abstraction.compare before wanted after with Host.Differ (where, x, y) ->
    raise (Found (without_numbers where, Printf.sprintf "%s is %s in C, %s in the machine" where
      (Z.to_string y) (Z.to_string x)))

let broken state =
  Host.tracing := true;
  Host.trail := [];
  let holds = try f_inv state with Failure why -> Host.trail := [why]; false in
  Host.tracing := false;
  if holds then failwith "the invariant fails, and then it does not";
  let what = String.concat ", in it " !Host.trail in
  raise (Found ("inv", "the invariant of spec/inv.mlw does not hold any more: " ^ what))
let invariant state =
  if not (try f_inv state with Failure _ -> false) then broken state

let entry (why, a, b) = match why with
  | 0 -> C_Syscall
  | 1 -> C_Fault (Host.unsigned a, Host.unsigned b)
  | 2 -> C_Tick
  | _ -> C_Irq (Host.unsigned a)

let compute state changes =
  if Z.equal state.r_current f_none || changes = [||] then state
  else begin
    Array.iter (fun (page, word, value) -> Host.change page word value) changes;
    let after = read () in
    agree state (f_step state (C_User ((f_pr after state.r_current).r_regs, after.r_messages))) after;
    after
  end

(* due: is the invariant to be evaluated? seen: is shown the state in which the kernel is entered *)
let event ?(seen = ignore) due state (why, a, b, changes) =
  try
    let state = compute state changes in
    seen state;
    let wanted = f_step state (entry (why, a, b)) in
    Host.enter why a b;
    let after = read () in
    agree state wanted after;
    if due then invariant after;
    after
  with Failure why -> raise (Found ("failure", why))
