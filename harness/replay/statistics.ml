(* How often what was done, and how long it took. *)
open Machine

(* Process 0 only repairs, in the systems of the soak: what the others do counts. *)
let calls = ref 0 and repairs = ref 0 and entries = ref 0
let shift = ref 0 and one_instruction = ref 0
let worst = [| 0; 0; 0; 0; 0 |] and kinds = [| 0; 0; 0; 0; 0 |]
let counts : (string * string, int ref) Hashtbl.t = Hashtbl.create 99
let operations : (string, int) Hashtbl.t = Hashtbl.create 99
let took what n =
  Hashtbl.replace operations what (max n (Option.value (Hashtbl.find_opt operations what) ~default:0))
let count what result =
  match Hashtbl.find_opt counts (what, result) with
  | Some n -> incr n
  | None -> Hashtbl.add counts (what, result) (ref 1)

let process_methods = [| "other"; "start"; "stop"; "hold"; "release"; "read_fault"; "read_registers";
  "write_registers"; "get_slot"; "set_slot"; "take_reply"; "destroy" |]
let endpoint_methods = [| "other"; "make_entry"; "destroy" |]
let statuses = [| "ok"; "invalid_capability"; "malformed"; "unknown_method"; "bad_argument"; "busy"; "retired" |]
let states = [| "unused"; "inactive"; "ready"; "waits, sending"; "waits, open"; "waits, closed"; "faulted";
  "delivered" |]

let named names n =
  let n = if Z.fits_int n then Z.to_int n else 0 in
  names.(if n > 0 && n < Array.length names then n else 0)
let phase s p =
  let c = f_ctl s p in
  match Z.to_int (Z.extract c 4 4) with
  | 1 -> "send" | 5 -> "send NB" | 2 -> "call" | 9 -> "send, receive" | 13 -> "send NB, receive"
  | _ -> "other phase"
let invoked s p =
  let c = f_ctl s p in
  if Z.equal c Z.one then "yield"
  else if not (f_invoke_form c && f_desc_form (f_desc s p)) then "malformed"
  else if Z.equal (f_send_of c) Z.zero then (if Z.testbit c 7 then "receive" else "nothing")
  else
    let method_ = f_reg s p f_r_word0 and kind = (f_invoked s p).r_kind in
    if Z.equal kind f_cap_process then "process " ^ named process_methods method_
    else if Z.equal kind f_cap_endpoint then "endpoint " ^ named endpoint_methods method_
    else if Z.equal kind f_cap_entry then "entry " ^ phase s p
    else if Z.equal kind f_cap_proxy then "proxy " ^ phase s p
    else if Z.equal kind f_cap_resume then "resume " ^ phase s p
    else "null"

let pending = ref None
let entry before r =
  let p = before.r_current in
  if r.Record.kind = 1 then incr (if Z.equal p Z.zero then repairs else calls);
  pending := if Z.equal p f_none then Some ("nobody runs", f_none) else match r.Record.kind with
    | 1 -> Some (invoked before p, p)
    | 2 -> Some (Printf.sprintf "fault %d" (Int64.to_int r.a land 0xff), p)
    | 3 -> Some ("tick", p)
    | _ -> Some ("irq", p)

(* What became of who was running: a status if it runs on or is ready. *)
let result r =
  let k = r.Record.kind in
  incr entries; kinds.(k) <- kinds.(k) + 1;
  let instructions = (r.ticks - !one_instruction) asr !shift + 1 in
  worst.(k) <- max worst.(k) instructions;
  Option.iter (fun (what, _) -> took what instructions) !pending;
  match !pending with
  | None -> ()
  | Some (what, p) when Z.equal p f_none -> count what "-"
  | Some (what, p) ->
    let s = Abstraction.abs 0 in
    let state = Z.to_int (f_pr s p).r_run_state in
    let status = Z.to_int (Z.extract (f_ctl s p) 0 8) in
    count what (if k <> 1 || state <> 2 then states.(state)
      else if status < Array.length statuses then statuses.(status)
      else "registers written") (* its own, by itself *)

let json = Printf.sprintf
let list f l = String.concat ",\n  " (List.map f l)
let write file =
  let all = List.sort Stdlib.compare (Hashtbl.fold (fun k n l -> (k, !n) :: l) counts []) in
  let names = [| "init"; "syscall"; "fault"; "tick"; "irq" |] in
  let by values = String.concat ", " (List.map (fun k -> json "%S: %d" names.(k) values.(k)) [ 1; 2; 3; 4 ]) in
  let c = open_out file in
  Printf.fprintf c "{\"calls\": %d, \"repairs\": %d, \"entries\": %d,\n" !calls !repairs !entries;
  Printf.fprintf c " \"kinds\": {%s},\n \"worst\": {%s},\n" (by kinds) (by worst);
  Printf.fprintf c " \"operations\": {%s},\n"
    (list (fun (what, n) -> json "%S: %d" what n)
      (List.sort Stdlib.compare (Hashtbl.fold (fun k n l -> (k, n) :: l) operations [])));
  Printf.fprintf c " \"counts\": [\n  %s],\n \"functions\": {%s}}\n"
    (list (fun ((what, how), n) -> json "[%S, %S, %d]" what how n) all)
    (list (fun (name, n) -> json "%S: %d" name n) (Cover.all ()));
  close_out c
