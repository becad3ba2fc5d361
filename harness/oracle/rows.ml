(* Bytes as the machine's values, and where two values differ. *)

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
