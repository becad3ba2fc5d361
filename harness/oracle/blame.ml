(* Whether the word that a refusal names is wrong, in the words of core/check.h and with the
   predicates of spec/image.mlw. *)
open Machine

let word i k = i (Z.of_int k)
let above i k most = Z.gt (word i k) most
let wrong_header i field = match field with
  | 0 -> not (Z.equal (word i 0) f_boot_magic)
  | 1 -> f_counts_ok i && f_zeros_ok i && not (f_header_ok i)
  | 2 -> Z.lt (word i 2) Z.one || above i 2 f_nproc
  | 3 -> above i 3 f_nendp
  | 4 -> above i 4 f_nproc
  | 5 -> above i 5 (Z.add (Z.mul (Z.of_int 4) f_nproc) (Z.of_int 64))
  | k -> 7 <= k && k < 16 && not (Z.equal (word i k) Z.zero)
let wrong_process i p field =
  let z = Z.of_int in
  Z.lt (z p) (f_processes_of i)
  && if field < 8 then not (f_process_field_ok i (z p) (z field))
  else (field - 8) mod 3 = 0 && not (f_slot_ok i (z p) (z ((field - 8) / 3)))
let wrong_endpoint i e field =
  let z = Z.of_int in
  Z.lt (z e) (Z.max Z.zero (word i 3))
  && match field with
  | 0 -> Z.geq (f_endpoint_word i (z e) Z.zero) (f_processes_of i)
  | 1 -> let v = f_endpoint_word i (z e) Z.one in Z.lt v Z.one || Z.geq v f_counter_max
  | _ -> false

(* The header comes first, then the processes: they are right if something later is blamed. *)
let processes_right i =
  let n = Z.to_int (f_processes_of i) in
  List.for_all (fun p -> f_process_ok i (Z.of_int p)) (List.init n Fun.id)
let right i (error, record, field) = match error with
  | 1 -> wrong_header i field
  | 2 -> f_header_ok i && wrong_process i record field
  | 3 -> f_header_ok i && processes_right i && wrong_endpoint i record field
  | _ -> false
