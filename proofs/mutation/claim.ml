(* The small changes of what is claimed: claim SPEC > mutants

   Why3's own front end reads spec/top.mlw and says which definitions its theorems need,
   to the last; its parser says where in the text their parts stand. Each line of the
   output is one change: file, definition, what it is, operator, first, last + 1, new text. *)
open Why3
open Ptree

let spf = Printf.sprintf

(* ---- which definitions: (file, line, column) of the names that the claim needs *)
let place loc = let file, line, first, _ = Loc.get loc in Filename.basename file, line, first

let symbols t =
  Term.t_s_fold (fun k _ -> k) (fun k ls -> Ident.Sid.add ls.Term.ls_name k) Ident.Sid.empty t

(* name -> the names in its definition, and where it stands *)
let definitions theory =
  let known = Hashtbl.create 997 in
  List.iter (fun d -> match d.Decl.d_node with
    | Decl.Dlogic l -> List.iter (fun (ls, def) ->
        Hashtbl.replace known ls.Term.ls_name.Ident.id_string
          (ls.Term.ls_name, symbols (snd (Decl.open_ls_defn def)))) l
    | _ -> ()) (Task.task_decls (Task.use_export None theory));
  known

let goals theory = List.fold_left (fun k td -> match td.Theory.td_node with
  | Theory.Decl { Decl.d_node = Decl.Dprop (_, _, t); _ } -> Ident.Sid.union k (symbols t)
  | _ -> k) Ident.Sid.empty theory.Theory.th_decls

let needed env roots =
  let out = Hashtbl.create 997 in
  List.iter (fun (file, modul, first) ->
    let theory = Env.read_theory env [file] modul in
    let known = definitions theory in
    let rec visit name = match Hashtbl.find_opt known name with
      | Some (id, uses) ->
        Hashtbl.remove known name;
        Option.iter (fun loc -> Hashtbl.replace out (place loc) ()) id.Ident.id_loc;
        Ident.Sid.iter (fun i -> visit i.Ident.id_string) uses
      | None -> () in
    match first with
    | [] -> Ident.Sid.iter (fun i -> visit i.Ident.id_string) (goals theory)
    | names -> List.iter visit names) roots;
  out

(* The claim, and what stands behind the predicate that is opaque in it. *)
let roots = ["top", "Top", []; "wf_proof", "WellFormed", ["wf"]]

(* ---- the text *)
type text = { file : string; all : string; starts : int array }

let read path =
  let c = open_in_bin path in
  let all = really_input_string c (in_channel_length c) in
  close_in c;
  let starts = ref [0] in
  String.iteri (fun n ch -> if ch = '\n' then starts := (n + 1) :: !starts) all;
  { file = Filename.basename path; all; starts = Array.of_list (List.rev !starts) }

let span x loc = let _, line, a, b = Loc.get loc in
  let start = x.starts.(line - 1) in start + a, start + b
let cut x (a, b) = String.sub x.all a (b - a)
let of_term x t = cut x (span x t.term_loc)

(* ---- families: names of which one may stand for another *)
let next = Hashtbl.create 97
let ring names = List.iteri (fun n name ->
    Hashtbl.replace next name (List.nth names ((n + 1) mod List.length names)))
    (if List.length names > 1 then names else [])
let group key items =
  let keys = List.sort_uniq compare (List.filter_map key items) in
  List.map (fun k -> List.filter (fun i -> key i = Some k) items) keys
let type_name = function
  | Some (PTtyapp (Qident i, [])) -> Some i.id_str
  | _ -> None
let prefix (name, ty) = match type_name ty, String.index_opt name '_' with
  | Some "int", Some n -> Some (String.sub name 0 n)
  | _ -> None
let families decls =
  let constants = List.concat_map (function
      | Dlogic l -> List.filter_map (fun d ->
          if d.ld_params = [] then Some (d.ld_ident.id_str, d.ld_type) else None) l
      | _ -> []) decls in
  List.iter (fun g -> ring (List.map fst g)) (group prefix constants);
  List.iter (function
    | Dtype l -> List.iter (fun d -> match d.td_def with
        | TDrecord fields ->
          List.iter (fun g -> ring (List.map (fun f -> f.f_ident.id_str) g))
            (group (fun f -> type_name (Some f.f_pty)) fields)
        | _ -> ()) l
    | _ -> ()) decls

(* ---- operators: (name, (first, last + 1), new text) of a term and its parts *)
let last = function Qident i | Qdot (_, i) -> i
let relations = ["=", "<>"; "<>", "="; "<", "<="; "<=", "<"; ">", ">="; ">=", ">"; "+", "-"; "-", "+"]
let paren s = "(" ^ s ^ ")"
let is_and = function Dterm.DTand | Dterm.DTand_asym -> true | _ -> false
let is_or = function Dterm.DTor | Dterm.DTor_asym -> true | _ -> false
let chain test t = match t.term_desc with
  | Tbinop (_, op, _) | Tbinnop (_, op, _) -> test op
  | _ -> false

let another x what id = match Hashtbl.find_opt next id.id_str with
  | Some other -> [what, span x id.id_loc, other]
  | None -> []

let junction x t a op b =
  let whole = span x t.term_loc and a' = paren (of_term x a) and b' = paren (of_term x b) in
  let drop word test =
    (spf "drop a %s" word, whole, b') :: (if chain test b then [] else [spf "drop a %s" word, whole, a']) in
  if is_and op then drop "conjunct" is_and
  else if is_or op then drop "disjunct" is_or
  else match op with
    | Dterm.DTimplies -> ["drop a premise", whole, b'; "drop a conclusion", whole, "true"]
    | Dterm.DTiff -> ["weaken an equivalence", whole, paren (a' ^ " -> " ^ b');
                      "weaken an equivalence", whole, paren (b' ^ " -> " ^ a')]
    | _ -> []

let update x t base fields =
  let one (q, v) = spf "%s = %s" (last q).id_str (of_term x v) in
  let without f = match List.filter (fun g -> g != f) fields with
    | [] -> paren (of_term x base)
    | rest -> spf "{ %s with %s }" (of_term x base) (String.concat "; " (List.map one rest)) in
  List.map (fun f -> "drop a write", span x t.term_loc, without f) fields
  @ List.concat_map (fun (q, _) -> another x "another field" (last q)) fields

let rec exchanges x = function
  | a :: (b :: _ as rest) when of_term x a <> of_term x b ->
    let a1, a2 = span x a.term_loc and b1, b2 = span x b.term_loc in
    ("exchange arguments", (a1, b2), of_term x b ^ cut x (a2, b1) ^ of_term x a) :: exchanges x rest
  | _ :: rest -> exchanges x rest
  | [] -> []

(* f x y is (f x) y to the parser *)
let rec applied t args = match t.term_desc with
  | Tapply (f, a) -> applied f (a :: args)
  | _ -> t, args

let here x t = match t.term_desc with
  | Tbinop (a, op, b) | Tbinnop (a, op, b) -> junction x t a op b
  | Tif (_, a, b) ->
    let a1, a2 = span x a.term_loc and b1, b2 = span x b.term_loc in
    ["exchange the branches", (a1, b2), paren (of_term x b) ^ cut x (a2, b1) ^ paren (of_term x a)]
  | Tnot a -> ["negate a condition", span x t.term_loc, paren (of_term x a)]
  | Tinfix (_, op, _) | Tinnfix (_, op, _) ->
    let at = span x op.id_loc in
    (match List.assoc_opt (cut x at) relations with
     | Some other -> ["flip a relation", at, other]
     | None -> [])
  | Tconst (Constant.ConstInt _) ->
    ["change a constant", span x t.term_loc, paren (of_term x t ^ " + 1")]
  | Tident q -> another x "change an enumerator" (last q)
  | Tidapp (q, [_]) when Hashtbl.mem next (last q).id_str -> another x "another field" (last q)
  | Tidapp (q, args) -> (match cut x (span x (last q).id_loc) with
      | "+" | "-" as op -> ["flip a relation", span x (last q).id_loc, List.assoc op relations]
      | "*" | "=" -> []
      | _ -> exchanges x args)
  | Tapply _ -> exchanges x (snd (applied t []))
  | Tupdate (base, fields) -> update x t base fields
  | _ -> []

let parts t = match t.term_desc with
  | Tidapp (_, l) | Ttuple l -> l
  | Tapply _ -> let f, args = applied t [] in f :: args
  | Tinfix (a, _, b) | Tinnfix (a, _, b) | Tbinop (a, _, b) | Tbinnop (a, _, b)
  | Tlet (_, a, b) -> [a; b]
  | Tnot a | Tquant (_, _, _, a) | Tattr (_, a) | Tcast (a, _) | Tscope (_, a) | Tat (a, _) -> [a]
  | Tif (a, b, c) -> [a; b; c]
  | Tcase (a, l) -> a :: List.map snd l
  | Trecord l -> List.map snd l
  | Tupdate (a, l) -> a :: List.map snd l
  | Ttrue | Tfalse | Tconst _ | Tident _ | Tasref _ -> []

let rec edits x t = here x t @ List.concat_map (edits x) (parts t)

(* a function of state to state becomes the identity; a predicate says nothing, or too much *)
let whole x d body =
  let at = span x body.term_loc in
  match d.ld_type, d.ld_params with
  | Some _, (_, Some first, _, ty) :: _ when type_name d.ld_type = type_name (Some ty)
                                             && of_term x body <> first.id_str ->
    ["the identity", at, first.id_str]
  | None, _ -> ["always true", at, "true"; "always false", at, "false"]
  | _ -> []

(* ---- *)
let escape s = String.concat "\\n" (String.split_on_char '\n' s)
let show x name what (operator, (a, b), fresh) =
  print_endline (String.concat "\t" [x.file; name; what; operator; string_of_int a;
                                     string_of_int b; escape fresh])

let rec flat = function Dscope (_, _, _, l) -> List.concat_map flat l | d -> [d]
let parse path =
  let c = open_in path in
  let b = Lexing.from_channel c in
  Lexing.set_filename b path;
  match Lexer.parse_mlw_file b with
  | Modules l -> close_in c; List.map (fun (m, decls) -> m.id_str, List.concat_map flat decls) l
  | Decls l -> close_in c; ["", List.concat_map flat l]

let declaration x wanted modul = function
  | Dlogic l -> List.iter (fun d -> match d.ld_def with
      | Some body when Hashtbl.mem wanted (place d.ld_ident.id_loc) ->
        List.iter (show x (modul ^ "." ^ d.ld_ident.id_str) "definition")
          (whole x d body @ edits x body)
      | _ -> ()) l
  | Dprop (_, name, t) when x.file = "top.mlw" ->
    List.iter (show x (modul ^ "." ^ name.id_str) "theorem") (edits x t)
  | _ -> ()

let main spec =
  let config = Whyconf.init_config None in
  let env = Env.create_env (spec :: Whyconf.loadpath (Whyconf.get_main config)) in
  let wanted = needed env roots in
  let files = List.sort compare (List.filter (fun f -> Filename.check_suffix f ".mlw")
                                   (Array.to_list (Sys.readdir spec))) in
  let parsed = List.map (fun f -> let path = Filename.concat spec f in read path, parse path) files in
  List.iter (fun (_, modules) -> List.iter (fun (_, l) -> families l) modules) parsed;
  List.iter (fun (x, modules) ->
      List.iter (fun (m, l) -> List.iter (declaration x wanted m) l) modules) parsed

let () =
  try main Sys.argv.(1)
  with e -> Format.eprintf "claim: %a@." Exn_printer.exn_printer e; exit 1
