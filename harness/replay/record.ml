(* What the recorder (harness/recorder/recorder.h) wrote: buffers in the machine's memory, which
   QEMU keeps in a file, and a doorbell that is this program's standard input. *)
type record = {
  number : int; kind : int; a : int64; b : int64;
  current : int; computed : (int * int64) list; (* before the entry *)
  ticks : int; chosen : int; changed : (int * int64) list }

let room = Host.size "recorder room"
let ring = Host.size "recorder ring"
let buffer_words = room + 2
type memory = (int64, Bigarray.int64_elt, Bigarray.c_layout) Bigarray.Array1.t
let memory : memory ref = ref (Bigarray.Array1.create Bigarray.int64 Bigarray.c_layout 0)
let open_memory file offset =
  let fd = Unix.openfile file [ Unix.O_RDONLY ] 0 in
  memory := Bigarray.array1_of_genarray
    (Unix.map_file fd ~pos:(Int64.of_int offset) Bigarray.int64 Bigarray.c_layout false [| 2 * buffer_words |])

let place = ref 0 and stop = ref 0
let word () =
  if !place >= !stop then failwith "its record is not whole: the kernel stopped in it";
  incr place;
  Bigarray.Array1.get !memory (!place - 1)
let int () = Int64.to_int (word ())
let changes () = List.init (int ()) (fun _ -> let n = int () in n, word ())
let record () =
  let number = int () in let kind = int () in let a = word () in let b = word () in
  let current = int () in let computed = changes () in
  let ticks = int () in let chosen = int () in let changed = changes () in
  { number; kind; a; b; current; computed; ticks; chosen; changed }

(* Whether the doorbell rings again: false when the machine has ended. *)
let rings () =
  let b = Bytes.create 1 in
  Unix.read Unix.stdin b 0 1 = 1
let answer () =
  let left = ref (ring - 1) and b = Bytes.create ring in
  while !left > 0 do
    match Unix.read Unix.stdin b 0 !left with
    | 0 -> left := 0
    | n -> left := !left - n
  done

let buffer number f =
  let at = number mod 2 * buffer_words in
  let get k = Int64.to_int (Bigarray.Array1.get !memory (at + k)) in
  if get 0 = number then begin
    place := at + 2;
    stop := !place + get 1;
    while !place < !stop do f (record ()) done
  end

(* Each record, until the machine has ended. *)
let each f =
  let rec go number =
    if rings () then begin buffer number f; answer (); go (number + 1) end
    else buffer number f in
  go 0
