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

include Rows

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
