(* A trace: a system, and events; as a file that says each event in words, too. *)
open Machine

type t = { system : int; nulls : int list; (* slots left Null, 256 * process + slot *)
           events : Host.event list }

let entries = [| "syscall"; "fault"; "tick"; "irq" |]
let registers = Z.to_int f_nproc

let change_text (page, word, value) =
  if page = registers then Printf.sprintf "r%d=0x%Lx" word value
  else Printf.sprintf "m%d.%d=0x%Lx" page word value
let event_text (why, a, b, changes) =
  String.concat " " (Printf.sprintf "%s 0x%Lx 0x%Lx" entries.(why) a b
                     :: List.map change_text (Array.to_list changes))

(* ---- in words *)
let kinds = [ f_cap_null, "Null"; f_cap_process, "Process"; f_cap_endpoint, "Endpoint";
              f_cap_entry, "Entry"; f_cap_resume, "Resume"; f_cap_proxy, "proxy Entry" ]
let capability (c : t_cap) =
  match List.find_opt (fun (k, _) -> Z.equal k c.r_kind) kinds with
  | Some (_, "Null") -> "Null"
  | Some (_, name) -> Printf.sprintf "%s %s, version %s" name (Z.to_string c.r_object) (Z.to_string c.r_version)
  | None -> "no capability"
let phase ctl =
  if Z.equal ctl Z.one then "yields"
  else if not (f_invoke_form ctl) then "calls the kernel with a malformed control word"
  else match Z.to_int (f_send_of ctl) + 4 * Z.to_int (f_receive_of ctl) with
    | 1 -> "sends" | 2 -> "calls" | 4 -> "receives" | 5 -> "sends and receives" | _ -> "does nothing"
let call s p =
  let ctl = f_ctl s p and n = f_invoked_of (f_desc s p) in
  let what = phase ctl in
  if not (f_invoke_form ctl) || Z.equal (f_send_of ctl) Z.zero then what
  else Printf.sprintf "%s through register %s (%s), word 0 is %s, word 1 is %s, with %s words, %s capabilities"
    what (Z.to_string n) (capability (f_slot s p n)) (Z.to_string (f_reg s p (Z.of_int 2)))
    (Z.to_string (f_reg s p (Z.of_int 3))) (Z.to_string (f_words_of ctl)) (Z.to_string (f_caps_of ctl))
(* s: the state in which the kernel is entered *)
let words s why =
  if Z.equal s.r_current f_none then "nobody runs"
  else Printf.sprintf "process %s %s" (Z.to_string s.r_current) (match why with
    | 0 -> call s s.r_current
    | 1 -> "has a fault"
    | 2 -> "is at the end of its time"
    | _ -> "is interrupted")

(* ---- files *)
let slot_text at = Printf.sprintf "%d.%d" (at / 256) (at mod 256)
(* all slots of an image that may hold something, but for those *)
let slots = List.concat_map (fun p -> List.init 33 (fun k -> 256 * p + k + 1)) (List.init (registers - 1) Fun.id)
let others some =
  let known = Hashtbl.create 97 in
  List.iter (fun s -> Hashtbl.replace known s ()) some;
  List.filter (fun s -> not (Hashtbl.mem known s)) slots
(* words: of each event; "only": the slots of the image that are not left Null *)
let write file t words notes =
  let out = open_out file in
  List.iter (Printf.fprintf out "# %s\n") notes;
  Printf.fprintf out "system %d\n" t.system;
  if t.nulls <> [] then
    Printf.fprintf out "%s\n" (String.concat " " ("only" :: List.map slot_text (others t.nulls)));
  List.iter2 (fun w e -> Printf.fprintf out "# %s\n%s\n" w (event_text e)) words t.events;
  close_out out

let wrong file line = failwith (Printf.sprintf "%s: no line of a trace: %s" file line)
let index name = let rec go k = if entries.(k) = name then k else go (k + 1) in go 0
let read_change w =
  if w.[0] = 'r' then Scanf.sscanf w "r%d=%Li%!" (fun k v -> registers, k, v)
  else Scanf.sscanf w "m%d.%d=%Li%!" (fun p k v -> p, k, v)
let within (page, word, _) =
  page >= 0 && word >= 0 && page <= registers && word < Host.size (if page = registers then "regs count" else "words count")
let read file =
  let input = open_in file in
  let t = ref { system = 0; nulls = []; events = [] } in
  let line l = match String.split_on_char ' ' l with
    | "" :: _ | "#" :: _ -> ()
    | ["system"; n] -> t := { !t with system = int_of_string n }
    | "only" :: kept -> t := { !t with nulls = others (List.map (fun w ->
        Scanf.sscanf w "%d.%d%!" (fun p k -> 256 * p + k)) kept) }
    | why :: a :: b :: changes ->
      let changes = Array.of_list (List.map read_change changes) in
      if not (Array.for_all within changes) then raise Exit;
      t := { !t with events = (index why, Int64.of_string a, Int64.of_string b, changes) :: !t.events }
    | _ -> raise Exit in
  (try
    while true do
      let l = input_line input in
      try line l with End_of_file | Exit | Failure _ | Scanf.Scan_failure _ | Invalid_argument _ -> wrong file l
    done
  with End_of_file -> close_in input);
  { !t with events = List.rev !t.events }
