(* The C side as the oracle sees it: the layout of its tables, and their bytes. *)
external place : string -> int * int = "oracle_place" (* offset or address, and size *)
external copy : string -> Bytes.t -> unit = "oracle_copy" (* a table as it is now *)
external poke : string -> int -> unit = "oracle_poke" (* a byte of a table becomes another *)
external used : string -> Bytes.t -> unit = "oracle_used" (* 0: a byte that stands for nothing *)
external start : int -> int array -> bool = "oracle_start" (* a system; slots left Null *)
(* the next event: why the kernel is entered, and what the running process changed before *)
type change = int * int * int64 (* message page or, past the last, the registers; word; value *)
type event = int * int64 * int64 * change array
external next : unit -> event = "oracle_next"
external change : int -> int -> int64 -> unit = "oracle_change"
external enter : int -> int64 -> int64 -> unit = "oracle_enter"
external damage : unit -> unit = "oracle_damage" (* something in the tables becomes something else *)
external rule : unit -> string = "oracle_rule" (* which rule is broken, as harness/hosted/rules.c sees it *)
external read : string -> unit = "oracle_read" (* from now on events are made of these bytes *)
external left : unit -> int = "oracle_left"

(* boot images: from a file's words, from the dice; something in it changed, in words what;
   core_init: error, record, field *)
external roll : int -> unit = "oracle_roll"
external image : string -> unit = "oracle_image"
external make : unit -> unit = "oracle_make"
external mutate : unit -> string = "oracle_mutate"
external boot : unit -> int * int * int = "oracle_boot"

let size = fun name -> snd (place name)
let size_of = size
let twice name =
  let a = Bytes.create (size name) and b = Bytes.create (size name) in
  fun now -> if now = 0 then a else b

include Rows

(* Quantifiers over numbers; and which part of what is evaluated does not hold. *)
let tracing = ref false
let trail = ref []
let part name f = if not !tracing then f () else
  let before = !trail in
  let holds = f () in
  trail := if holds then before else name :: !trail;
  holds
let rec all name low above f =
  Z.geq low above || (part (name ^ " = " ^ Z.to_string low) (fun () -> f low) && all name (Z.succ low) above f)
let rec some name low above f = Z.lt low above && (f low || some name (Z.succ low) above f)

(* How far it is from each node back to one that is its own home; a node from which one gets
   to no such is given any number. *)
let way_back prev home =
  let nodes = size "links count" in
  let far = Array.make nodes (-1) in
  let rec go n =
    let k = Z.of_int n in
    if far.(n) < 0 then begin
      far.(n) <- 0;
      let before = prev k in
      if not (Z.equal (home k) k) && inside nodes before then far.(n) <- 1 + go (Z.to_int before)
    end;
    far.(n) in
  for n = 0 to nodes - 1 do ignore (go n) done;
  fun k -> if inside nodes k then Z.of_int far.(Z.to_int k) else Z.zero

(* A table of the machine (x) and of C (y). A row is passed over only if neither side
   touched it: the machine's is the very value that was there before, and no byte differs; or
   if the machine's is the very value that was read from C (the pages, after a User event). *)
let rows name n size d before after old x y =
  for i = 0 to n - 1 do
    let k = Z.of_int i in
    let same = ref (x k == old k) and j = ref (i * size) in
    while !same && !j < (i + 1) * size do
      same := Bytes.get_int32_ne before !j = Bytes.get_int32_ne after !j;
      j := !j + 4
    done;
    if not !same && x k != y k then field (Printf.sprintf "%s[%d]" name i) d (x k) (y k)
  done
