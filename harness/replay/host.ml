(* The kernel's tables as the recorder tells of them: two copies, as they were before
   what is looked at now, and after it. *)
external place : string -> int * int = "replay_place" (* offset or address, and size *)
let size name = snd (place name)
let size_of = size
include Rows

(* A translation may name the parts of a predicate, to say which does not hold: here nobody asks. *)
let part _ holds = holds ()

(* Rows are read when they are asked for: each copy stays as it is until the comparison
   that it is read for is done. *)
let table n f =
  let known = Array.make n None in
  row outside n (fun i -> match known.(i) with
    | Some v -> v
    | None -> let v = f i in known.(i) <- Some v; v)

type table = { first : int; row : int; bytes : Bytes.t array; touched : bool array }
let names = [ "procs", "processes"; "messages", "messages"; "endpoints", "endpoints"; "links", "links" ]
let tables =
  let first = ref 0 in
  List.map (fun (name, of_rows) ->
    let n = size name and row = size (of_rows ^ " row") and at = !first in
    first := at + n / 8;
    name, { first = at; row; bytes = [| Bytes.make n '\000'; Bytes.make n '\000' |];
            touched = Array.make (n / row) false }) names
let words = List.map snd tables
let current = [| Bytes.make 4 '\000'; Bytes.make 4 '\000' |]
let twice name now = if name = "current" then current.(now) else (List.assoc name tables).bytes.(now)
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
  t.touched.(8 * (n - t.first) / t.row) <- mark
let touched name i = (List.assoc name tables).touched.(i)

(* A table of the machine (x) and the kernel's (y). A row is passed over only if neither side
   touched it: the machine's is the very value that was there before, and no word of it has changed. *)
let rows name n _ d _ _ old x y =
  let t = List.assoc name tables in
  for i = 0 to n - 1 do
    let k = Z.of_int i in
    if t.touched.(i) || (x != old && x k != old k) then field (Printf.sprintf "%s[%d]" name i) d (x k) (y k)
  done
