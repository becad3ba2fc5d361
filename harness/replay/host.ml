(* The kernel's tables as the recorder tells of them: two copies, as they were before
   what is looked at now, and after it. *)
external place : string -> int * int = "replay_place" (* offset or address, and size *)
let size name = snd (place name)
let size_of = size
include Rows

type table = { name : string; first : int; bytes : Bytes.t array; touched : Bytes.t }
let tables =
  let known = Hashtbl.create 7 and first = ref 0 in
  List.iter (fun name ->
    let n = size name in
    let at = !first in
    Hashtbl.add known name { name; first = at; bytes = [| Bytes.make n '\000'; Bytes.make n '\000' |];
                             touched = Bytes.make (n / 8 + 1) '\000' };
    if name <> "current" then first := at + n / 8)
    [ "procs"; "messages"; "endpoints"; "links"; "current" ];
  known
let words = List.map (Hashtbl.find tables) [ "procs"; "messages"; "endpoints"; "links" ]
let current = (Hashtbl.find tables "current").bytes
let twice name now = (Hashtbl.find tables name).bytes.(now)
let copy _ _ = () (* the copies are kept up to date, change by change *)

let rec owner n = function
  | [] -> failwith (Printf.sprintf "the recorder names word %d, which no table has" n)
  | t :: _ when n >= t.first && n < t.first + Bytes.length t.bytes.(0) / 8 -> t
  | _ :: rest -> owner n rest
let write now (n, value) =
  let t = owner n words in
  Bytes.set_int64_le t.bytes.(now) (8 * (n - t.first)) value
let touch mark (n, _) =
  let t = owner n words in
  Bytes.set t.touched (n - t.first) (if mark then '\001' else '\000')

(* Whether a row holds a word that is marked as changed. *)
let row_touched t i size =
  let rec go j = j < (i + 1) * size / 8 && (Bytes.get t.touched j <> '\000' || go (j + 1)) in
  go (i * size / 8)

(* A table of the machine (x) and the kernel's (y). A row is passed over only if neither side
   touched it: the machine's is the very value that was there before, and no word of it has changed. *)
let rows name n size d _ _ old x y =
  let t = Hashtbl.find tables name in
  for i = 0 to n - 1 do
    let k = Z.of_int i in
    if x k != old k || row_touched t i size then field (Printf.sprintf "%s[%d]" name i) d (x k) (y k)
  done
