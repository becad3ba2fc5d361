(* The C side as the oracle sees it: the layout of its tables, and their bytes. *)
external place : string -> int * int = "oracle_place" (* offset or address, and size *)
external copy : string -> Bytes.t -> unit = "oracle_copy" (* a table as it is now *)
external seed : int -> bool = "oracle_seed" (* another system; false: its image was refused *)
external next : unit -> int * int64 * int64 = "oracle_next" (* the process computes; the event *)
external enter : unit -> unit = "oracle_enter" (* the kernel entry for that event *)

let size = fun name -> snd (place name)
let size_of = size
let twice name =
  let a = Bytes.create (size name) and b = Bytes.create (size name) in
  fun now -> if now = 0 then a else b

(* Unsigned words of 4 and 8 bytes. *)
let unsigned n =
  if Int64.compare n 0L >= 0 then Z.of_int64 n
  else Z.add (Z.of_int64 n) (Z.shift_left Z.one 64)
let word b o = function
  | 4 -> Z.of_int (Int32.to_int (Bytes.get_int32_le b o) land 0xffffffff)
  | 8 -> unsigned (Bytes.get_int64_le b o)
  | n -> failwith (Printf.sprintf "a field of %d bytes" n)

(* What the machine reads outside a table has no known value: it may not ask. *)
let outside k = failwith ("the machine reads outside a table, at " ^ Z.to_string k)
let inside n k = Z.sign k >= 0 && Z.lt k (Z.of_int n)
let row other n f k = if inside n k then f (Z.to_int k) else other k
let table n f = let t = Array.init n f in row outside n (Array.get t)

exception Differ of string * Z.t * Z.t (* where, and both values *)
let differ x y = if not (Z.equal x y) then raise (Differ ("", x, y))
let field name d x y = try d x y with Differ (w, a, b) -> raise (Differ (name ^ w, a, b))
let each n d x y =
  for i = 0 to n - 1 do
    let k = Z.of_int i in
    try d (x k) (y k) with Differ (w, a, b) -> raise (Differ (Printf.sprintf "[%d]%s" i w, a, b))
  done

(* A table of the machine (x) and of C (y). A row is passed over only if neither side
   touched it: the machine's is the very value that was there before, and no byte differs. *)
let rows name n size d before after old x y =
  for i = 0 to n - 1 do
    let k = Z.of_int i in
    let same = ref (x k == old k) and j = ref (i * size) in
    while !same && !j < (i + 1) * size do
      same := Bytes.get_int32_ne before !j = Bytes.get_int32_ne after !j;
      j := !j + 4
    done;
    if not !same then field (Printf.sprintf "%s[%d]" name i) d (x k) (y k)
  done
