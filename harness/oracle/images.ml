(* Mutated boot images, given to core_init under sanitizers and to the machine:
   images COUNT SEED IMAGE...
   images write FOLDER COUNT IMAGE...   only makes them, for the booted kernel

   The images that are mutated are those named, and random ones. Each must be refused by both,
   with a word that is wrong indeed, and leave the tables untouched; or be accepted by both, and
   then the tables are, in every field, what `init` of spec/init.mlw says, and `inv` holds. *)
open Machine

let quit fmt = Printf.ksprintf (fun s -> flush stdout; prerr_endline ("images: " ^ s); exit 1) fmt
let read file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text

let reason (error, _, field) = match error with
  | 1 -> Printf.sprintf "header, field %d" field
  | 2 when field < 8 -> Printf.sprintf "process, field %d" field
  | 2 -> "process, slot " ^ (match (field - 8) / 3 with
    | 0 -> "0" | 32 -> "handler" | 33 -> "proxy receiver" | _ -> "1 to 31")
  | _ -> Printf.sprintf "endpoint, field %d" field

(* ---- one image *)
let counts = Hashtbl.create 31
let count key = Hashtbl.replace counts key (1 + Option.value ~default:0 (Hashtbl.find_opt counts key))

let judge before =
  let image = Abstraction.image () in
  let accepted = f_accepted image in
  let (error, record, field) as result = Host.boot () in
  let after = Run.read () in
  if accepted <> (error = 0) then
    failwith (Printf.sprintf "the machine %s it, the core says error %d"
      (if accepted then "accepts" else "refuses") error);
  if accepted then begin
    Run.agree before (f_init before image) after;
    Run.invariant after;
    count "accepted"
  end else begin
    Run.agree before before after;
    if not (Blame.right image result) then
      failwith (Printf.sprintf "error %d blames record %d, field %d, which is right, or behind a record that is wrong"
        error record field);
    count ("refused: " ^ reason result)
  end;
  after

let make given number =
  Host.roll number;
  let kinds = Array.length given in
  if number mod 2 = 0 && kinds > 0 then Host.image given.(number / 4 mod kinds) else Host.make ();
  List.init (number mod 4) (fun _ -> Host.mutate ())

let one given before number =
  let what = make given number in
  try judge before
  with Run.Found (_, why) | Failure why ->
    quit "image %d (%s): %s\n        see it with: make images COUNT=1 SEED=%d" number
      (if what = [] then "nothing changed" else String.concat ", " what) why number

(* Image number (one with two mutations), made of a whole file, to the folder, named by what core_init says of it. *)
let write folder files given number =
  ignore (make given number);
  ignore (Abstraction.image ());
  let text = Bytes.of_string files.(number / 4 mod Array.length files) in
  Bytes.blit Abstraction.image_bytes 0 text 0 (min (Bytes.length text) (Bytes.length Abstraction.image_bytes));
  let verdict = match Host.boot () with
    | 0, _, _ -> "accepted"
    | 1, _, field -> Printf.sprintf "header.0.%d" field
    | error, record, field -> Printf.sprintf "%s.%d.%d" (if error = 2 then "process" else "endpoint") record field in
  let out = open_out_bin (Printf.sprintf "%s/%05d.%s.img" folder number verdict) in
  output_bytes out text;
  close_out out

let judged images seed given =
  let state = ref (Run.read ()) in
  for n = seed to seed + images - 1 do state := one given !state n done;
  List.iter (fun (key, n) -> Printf.printf "  %6d %s\n" n key)
    (List.sort compare (Hashtbl.fold (fun k n l -> (k, n) :: l) counts []));
  Printf.printf "images: %d boot images, some of %d systems: the core did what spec/image.mlw and spec/init.mlw say\n"
    images (Array.length given)

let () =
  let number s = match int_of_string_opt s with
    | Some n when n > 0 -> n
    | _ -> quit "%s: a number above 0 is expected" s in
  let words text = String.sub text 0 (min (String.length text) (Host.size "boot_image")) in
  match Array.to_list Sys.argv |> List.tl with
  | "write" :: folder :: images :: (_ :: _ as files) ->
    let files = Array.of_list (List.map read files) in
    for n = 1 to number images do write folder files (Array.map words files) (4 * n + 2) done
  | images :: seed :: files ->
    judged (number images) (number seed) (Array.of_list (List.map (fun f -> words (read f)) files))
  | _ -> quit "expected: COUNT SEED IMAGE..., or: write FOLDER COUNT IMAGE..."
