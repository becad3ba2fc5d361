(* A trace as short as it can be had that still shows a difference of the same kind: slots,
   events and changes are left out, numbers made smaller, as long as there is something. *)
open Trace

let most = 20000 (* replays *)
let replays = ref 0

(* What the trace shows, and in words each event up to there. inv: the invariant after each. *)
let replay inv t =
  let words = ref [] in
  let event state ((why, _, _, _) as e) =
    words := "what is computed" :: !words;
    Run.event ~seen:(fun s -> words := Trace.words s why :: List.tl !words) inv state e in
  let found = try
    if not (Host.start t.system (Array.of_list t.nulls)) then failwith "the image was refused";
    let first = Run.read () in
    if inv then Run.invariant first;
    ignore (List.fold_left event first t.events);
    None
  with Run.Found (kind, text) -> Some (kind, text) in
  found, List.rev !words

(* The parts of a list that it takes: ddmin, by removing ever smaller pieces. *)
let rec without list from size = match list with
  | [] -> []
  | x :: rest -> if from > 0 then x :: without rest (from - 1) size
    else if size > 0 then without rest 0 (size - 1) else list
let shorter keeps list =
  let rec pass size from list =
    if from >= List.length list then list
    else
      let less = without list from size in
      if keeps less then pass size from less else pass size (from + size) list in
  let rec go size list =
    if size = 0 then list
    else
      let less = pass size 0 list in
      if size = 1 && List.length less < List.length list then go 1 less else go (size / 2) less in
  if list <> [] && keeps [] then [] else go (max 1 (List.length list / 2)) list

let with_event t k e = { t with events = List.mapi (fun i x -> if i = k then e else x) t.events }

(* A number with as few bits as possible. *)
let smaller keeps value =
  if keeps 0L then 0L
  else
    let v = ref value in
    for bit = 63 downto 0 do
      let less = Int64.logand !v (Int64.lognot (Int64.shift_left 1L bit)) in
      if less <> !v && keeps less then v := less
    done;
    !v

let simplify_event shows t k =
  let why, a, b, changes = List.nth t.events k in
  let keeps e = shows (with_event t k e) in
  let changes = Array.of_list (shorter (fun c -> keeps (why, a, b, Array.of_list c)) (Array.to_list changes)) in
  let a = smaller (fun a -> keeps (why, a, b, changes)) a in
  let b = smaller (fun b -> keeps (why, a, b, changes)) b in
  Array.iteri (fun i (page, word, value) ->
    let put v = let c = Array.copy changes in c.(i) <- (page, word, v); c in
    changes.(i) <- (page, word, smaller (fun v -> keeps (why, a, b, put v)) value)) changes;
  with_event t k (why, a, b, changes)

let shrink kind t =
  replays := 0;
  let shows t =
    incr replays;
    !replays < most && (match replay (kind = "inv") t with
      | Some (k, _), _ -> k = kind
      | None, _ -> false) in
  let cut t =
    let n = List.length (snd (replay (kind = "inv") t)) in
    { t with events = List.filteri (fun i _ -> i < n) t.events } in
  let events t = { t with events = shorter (fun events -> shows { t with events }) t.events } in
  let changes t = List.fold_left (simplify_event shows) t (List.init (List.length t.events) Fun.id) in
  let filled t =
    { t with nulls = others (shorter (fun kept -> shows { t with nulls = others kept }) slots) } in
  if not (shows t) then None
  else Some (cut t |> events |> filled |> cut |> events |> changes |> events)
