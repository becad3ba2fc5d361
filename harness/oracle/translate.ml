(* Definitions of spec/ as OCaml: translate SPEC SIZES > machine.ml

   Why3's own front end reads and types the files; what is printed is each definition that
   `wanted` (below) needs, in Why3's order. Integers are Zarith's, without bound; a map is a
   function, as in Why3. What has no definition, or is not executable, is refused. Of the
   parameters nproc and nendp the values come from the module named SIZES. *)
open Why3
open Term

let refuse fmt = Printf.ksprintf failwith fmt
let p = Printf.sprintf
let all f sep l = String.concat sep (List.map f l)

(* ---- names: those of WhyML, with a letter before, for many are keywords of OCaml *)
let printer =
  let letters = Ident.sanitizer Ident.char_to_alnumus Ident.char_to_alnumus in
  Ident.create_ident_printer ~sanitizer:letters []
let name prefix id = prefix ^ Ident.id_unique printer id
let field ls = "r_" ^ ls.ls_name.Ident.id_string
let call ls = name "f_" ls.ls_name
let maker ls = "C_" ^ ls.ls_name.Ident.id_string
let var v = name "v_" v.vs_name

(* ---- types *)
let rec ty t = match t.Ty.ty_node with
  | Ty.Tyvar _ -> refuse "a polymorphic type"
  | Ty.Tyapp (s, []) when Ty.ts_equal s Ty.ts_int -> "Z.t"
  | Ty.Tyapp (s, [a; b]) when Ty.ts_equal s Ty.ts_func -> p "(%s -> %s)" (ty a) (ty b)
  | Ty.Tyapp (s, []) when Ty.is_alias_type_def s.Ty.ts_def ->
    (match s.Ty.ts_def with Ty.Alias t -> ty t | _ -> assert false)
  | Ty.Tyapp (s, [a; b]) when s.Ty.ts_name.Ident.id_string = "map" -> p "(%s -> %s)" (ty a) (ty b)
  | Ty.Tyapp (s, []) -> name "t_" s.Ty.ts_name
  | Ty.Tyapp (s, _) -> refuse "the type %s" s.Ty.ts_name.Ident.id_string

(* equality of integers, and of records of integers *)
let equalities = Hashtbl.create 7
let equality t = if Ty.ty_equal t Ty.ty_int then "Z.equal" else
  match t.Ty.ty_node with
  | Ty.Tyapp (s, []) when Hashtbl.mem equalities s.Ty.ts_name -> name "e_" s.Ty.ts_name
  | _ -> refuse "an equation that is neither between integers nor between records of integers"

(* ---- the library of Why3 that spec/ uses: its integers and its maps *)
let library ls = match Theory.restore_path ls.ls_name with
  | exception Not_found -> None
  | (["int"], "Int", [s]) -> List.assoc_opt s
      [ "infix +", "Z.add"; "infix -", "Z.sub"; "infix *", "Z.mul"; "prefix -", "Z.neg";
        "infix <", "Z.lt"; "infix <=", "Z.leq"; "infix >", "Z.gt"; "infix >=", "Z.geq" ]
  | (["int"], "EuclideanDivision", ["div"]) -> Some "Z.ediv"
  | (["int"], "EuclideanDivision", ["mod"]) -> Some "Z.erem"
  | (["map"], "Map", ["get"]) -> Some "get"
  | (["map"], "Map", ["set"]) -> Some "set"
  | _ -> None

let prelude = "let get m k = m k\nlet set m k v = fun i -> if Z.equal i k then v else m i\n"

(* ---- terms *)
let constructors = Hashtbl.create 7 (* constructors of records: their fields *)
let projections = Hashtbl.create 29

(* `exists pos` in ring_ok: this pos is tried, and no other. When it will do, there is one. *)
let witnesses = [ "numbered", (fun call -> function
  | [links; _] -> p "(Host.way_back (%s %s) (%s %s))" (call "prev_of") links (call "home_of") links
  | _ -> refuse "another `numbered`") ]
let named = Hashtbl.create 97 (* what was printed, by its name in spec/ *)

let rec term t = match t.t_node with
  | Tvar v -> var v
  | Tconst (Constant.ConstInt { Number.il_int = n; _ }) ->
    let s = BigInt.to_string n in
    if int_of_string_opt s <> None then p "(Z.of_int (%s))" s else p "(Z.of_string \"%s\")" s
  | Tconst _ -> refuse "a constant that is no integer"
  | Tapp (ls, [a; b]) when ls_equal ls ps_equ ->
    p "(%s %s %s)" (equality (Option.get a.t_ty)) (term a) (term b)
  | Tapp (ls, [f; a]) when ls_equal ls fs_func_app -> p "(%s %s)" (term f) (term a)
  | Tapp (ls, args) -> application ls args
  | Tif (c, a, b) -> p "(if %s then %s else %s)" (term c) (term a) (term b)
  | Tlet (a, b) -> let v, b = t_open_bound b in p "(let %s = %s in %s)" (var v) (term a) (term b)
  | Tcase (a, branches) ->
    p "(match %s with %s)" (term a) (all (fun b -> let pat, b = t_open_branch b in
      p "| %s -> %s" (pattern pat) (term b)) " " branches)
  | Teps _ when t_is_lambda t ->
    let vars, _, body = t_open_lambda t in
    p "(fun %s -> %s)" (all var " " vars) (term body)
  | Teps _ -> refuse "a choice"
  | Tquant (q, bound) -> let vars, _, body = t_open_quant bound in quantifier q vars body
  | Tbinop (op, a, b) ->
    let a = term a and b = term b in
    (match op with
     | Tand -> p "(%s && %s)" a b
     | Tor -> p "(%s || %s)" a b
     | Timplies -> p "(not %s || %s)" a b
     | Tiff -> p "((%s : bool) = %s)" a b)
  | Tnot a -> p "(not %s)" (term a)
  | Ttrue -> "true"
  | Tfalse -> "false"

and application ls args =
  match library ls, Hashtbl.find_opt constructors ls.ls_name, args with
  | Some f, _, _ -> p "(%s %s)" f (all term " " args)
  | None, Some (Some fields), _ ->
    p "{ %s }" (all (fun (f, a) -> p "%s = %s" (field f) (term a)) "; " (List.combine fields args))
  | None, Some None, [] -> maker ls
  | None, Some None, _ -> p "(%s (%s))" (maker ls) (all term ", " args)
  | None, None, [a] when Hashtbl.mem projections ls.ls_name -> p "%s.%s" (term a) (field ls)
  | None, None, [] -> call ls
  | None, None, _ -> p "(%s %s)" (call ls) (all term " " args)

(* A formula of which it is to be said which part of it does not hold. *)
and fact t = match t.t_node with
  | Tbinop (Tand, a, b) -> p "(%s && %s)" (fact a) (fact b)
  | Tbinop (Timplies, a, b) -> p "(not %s || %s)" (term a) (fact b)
  | Tif (c, a, b) -> p "(if %s then %s else %s)" (term c) (fact a) (fact b)
  | Tapp (ls, _ :: _) when library ls = None && not (ls_equal ls ps_equ) ->
    p "(Host.part \"%s\" (fun () -> %s))" ls.ls_name.Ident.id_string (term t)
  | Tquant (Tforall, bound) -> let vars, _, body = t_open_quant bound in quantifier Tforall vars body
  | _ -> term t

and quantifier q vars body = match q, vars with
  | Tforall, [] -> fact body
  | Texists, [] -> term body
  | Texists, [x] when not (Ty.ty_equal x.vs_ty Ty.ty_int) -> (match body.t_node with
    | Tapp (ls, args) when List.mem_assoc ls.ls_name.Ident.id_string witnesses ->
      let args = List.map (fun a -> if t_equal a (t_var x) then var x else term a) args in
      p "(let %s = %s in %s)" (var x)
        (List.assoc ls.ls_name.Ident.id_string witnesses (Hashtbl.find named) args) (fact body)
    | _ -> refuse "`exists %s`, which is no number, and no witness is known" x.vs_name.Ident.id_string)
  | _, x :: more ->
    let guards = match q with Tforall -> Ranges.guards body | Texists -> Ranges.conjuncts body in
    (match Ranges.find library x more guards with
     | Some { low; above } ->
       p "(Host.%s \"%s\" %s %s (fun %s -> %s))" (match q with Tforall -> "all" | Texists -> "some")
         x.vs_name.Ident.id_string (term low) (term above) (var x) (quantifier q more body)
     | None -> refuse "a quantifier over %s, and nothing says from where to where"
         x.vs_name.Ident.id_string)

and pattern pat = match pat.pat_node with
  | Pwild -> "_"
  | Pvar v -> var v
  | Papp (ls, []) -> maker ls
  | Papp (ls, l) -> p "%s (%s)" (maker ls) (all pattern ", " l)
  | Por _ | Pas _ -> refuse "a pattern"

(* ---- declarations *)
let fields_of = function
  | [_, projections] when List.for_all Option.is_some projections && projections <> [] ->
    Some (List.map Option.get projections)
  | _ -> None

let data (ts, makers) =
  let fields = fields_of makers in
  List.iter (fun (c, _) -> Hashtbl.replace constructors c.ls_name fields) makers;
  match fields with
  | Some fields ->
    List.iter (fun f -> Hashtbl.replace projections f.ls_name ()) fields;
    let whole = List.for_all (fun f -> Ty.oty_equal f.ls_value (Some Ty.ty_int)) fields in
    if whole then Hashtbl.replace equalities ts.Ty.ts_name ();
    p "type %s = { %s }" (name "t_" ts.Ty.ts_name)
      (all (fun f -> p "%s : %s" (field f) (ty (Option.get f.ls_value))) "; " fields)
    ^ if not whole then "" else p "\nlet %s x y = %s" (name "e_" ts.Ty.ts_name)
      (all (fun f -> p "Z.equal x.%s y.%s" (field f) (field f)) " && " fields)
  | None ->
    p "type %s = %s" (name "t_" ts.Ty.ts_name) (all (fun (c, _) ->
      if c.ls_args = [] then maker c else p "%s of %s" (maker c) (all ty " * " c.ls_args)) " | " makers)

let print_function ?(recursive = false) ls vars body =
  p "let %s%s = %s" (if recursive then "rec " else "") (all Fun.id " " (call ls :: List.map
    (fun v -> p "(%s : %s)" (var v) (ty v.vs_ty)) vars))
    (if ls.ls_value = None then fact body else term body)

(* The axiom by which Why3 defines a function with a variant: forall vars. f vars = ... *)
let equation d = match d.Decl.d_node with
  | Decl.Dprop (Decl.Paxiom, pr, f) when String.ends_with ~suffix:"'def" pr.Decl.pr_name.Ident.id_string ->
    let vars, body = match f.t_node with
      | Tquant (Tforall, q) -> let vars, _, body = t_open_quant q in vars, body
      | _ -> [], f in
    let found = ref None in
    let rec right t = match t.t_node with
      | Tapp (equ, [{ t_node = Tapp (ls, args) }; b]) when ls_equal equ ps_equ
          && List.length args = List.length vars && List.for_all2 (fun a v -> t_equal a (t_var v)) args vars ->
        found := Some ls; b
      | Tif (c, a, b) -> t_if c (right a) (right b)
      | Tlet (a, b) -> let v, b = t_open_bound b in t_let_close v a (right b)
      | _ -> refuse "%s is no definition" pr.Decl.pr_name.Ident.id_string in
    let body = right body in
    Some (Option.get !found, vars, body)
  | _ -> None

(* ---- which declarations *)
let sizes = [ "nproc"; "nendp" ]
let instead = Hashtbl.create 3 (* of an interface's symbol, the one that its clone puts there *)
let reduced = Hashtbl.create 3 (* definitions that were worked out beforehand *)
let opened (ls, def) = match Hashtbl.find_opt reduced ls.ls_name with
  | Some (vars, body) -> vars, body
  | None -> Decl.open_ls_defn def
let symbols_in t = t_s_fold (fun known _ -> known) (fun known ls -> Ident.Sid.add ls.ls_name known)
  Ident.Sid.empty t
let defines d = match d.Decl.d_node, equation d with
  | _, Some (ls, _, body) -> [ls.ls_name, symbols_in body]
  | Decl.Dlogic l, None -> List.map (fun (ls, def) -> ls.ls_name, symbols_in (snd (opened (ls, def)))) l
  | Decl.Dparam ls, None -> [ls.ls_name, (match Hashtbl.find_opt instead ls.ls_name with
    | Some other -> Ident.Sid.singleton other.ls_name
    | None -> Ident.Sid.empty)]
  | _ -> []
let rec needs wanted = function (* the declarations, last first, that the wanted symbols need *)
  | [] -> []
  | { Decl.d_node = Decl.Ddata _; _ } as d :: before -> d :: needs wanted before
  | d :: before ->
    match List.filter (fun (id, _) -> Ident.Sid.mem id wanted) (defines d) with
    | [] -> needs wanted before
    | used -> d :: needs (List.fold_left (fun w (_, s) -> Ident.Sid.union w s) wanted used) before

let with_equation = Hashtbl.create 7
let parameter module_sizes ls = match Hashtbl.find_opt instead ls.ls_name with
  | Some other -> p "let %s = %s" (call ls) (call other)
  | None ->
    let s = ls.ls_name.Ident.id_string in
    if not (List.mem s sizes) then refuse "%s has no definition" s;
    p "let %s = Z.of_int (%s.size \"%s\")" (call ls) module_sizes s

let declaration module_sizes d = match d.Decl.d_node, equation d with
  | _, Some (ls, vars, body) -> print_function ~recursive:true ls vars body |> print_endline
  | Decl.Ddata l, _ when List.for_all (fun (ts, _) -> ts.Ty.ts_args = []
                        && not (Ty.ts_equal ts Ty.ts_bool)) l ->
    if List.length l > 1 then refuse "types that need each other";
    List.iter (fun d -> print_endline (data d)) l
  | Decl.Dlogic [ls, _ as d], _ when library ls = None ->
    let vars, body = opened d in
    Hashtbl.replace named ls.ls_name.Ident.id_string (call ls);
    (try print_endline (print_function ls vars body)
     with Failure why -> refuse "%s: %s" ls.ls_name.Ident.id_string why)
  | Decl.Dlogic (_ :: _ :: _), _ -> refuse "definitions that need each other"
  | Decl.Dparam ls, _ when library ls = None && not (Hashtbl.mem projections ls.ls_name)
                     && not (ls_equal ls ps_equ) && not (ls_equal ls fs_func_app)
                     && not (Hashtbl.mem with_equation ls.ls_name) ->
    print_endline (parameter module_sizes ls)
  | _ -> ()

(* ---- what is wanted of spec/ *)
let wanted = [ "step", "Step", "step"; "inv", "Parts", "inv"; "runs", "Runs", "accepted";
               "init", "Init", "init" ]
(* `wf` of spec/inv.mlw is an interface's; this is the clone that says what it is *)
let clone = "wf_clone", "WfProof"

(* `inv` speaks of an entry that is under way, with a `hand`; at rest nothing is in it. What is
   said of a hand is worked out beforehand, by Why3. *)
let at_rest env task hand get inv =
  let of_hand ls = List.exists (fun t -> Ty.oty_equal t (Some hand)) (ls.ls_value :: List.map Option.some ls.ls_args)
    || ls.ls_name.Ident.id_string = "nobody" || ls_equal ls inv in
  let unfold = Hls.fold (fun ls _ s -> if of_hand ls then Sls.add ls s else s) Ranges.definitions
    (Sls.singleton get) in
  let engine = Reduction_engine.(create { compute_defs = false; compute_builtin = true;
    compute_def_set = unfold; compute_max_quantifier_domain = 0 } env (Task.task_known task)) in
  let vars, _ = Decl.open_ls_defn (Hls.find Ranges.definitions inv) in
  let whole = ps_app inv (List.map t_var vars) in
  Hashtbl.replace reduced inv.ls_name
    (vars, Reduction_engine.normalize ~limit:10000 engine Mvs.empty whole)

let main spec module_sizes =
  let config = Whyconf.init_config None in
  let env = Env.create_env (spec :: Whyconf.loadpath (Whyconf.get_main config)) in
  let theory file name = Env.read_theory env [file] name in
  List.iter (fun d -> match d.Theory.td_node with
    | Theory.Clone (_, map) -> Mls.iter (fun a b -> Hashtbl.replace instead a.ls_name b) map.Theory.sm_ls
    | _ -> ()) (theory (fst clone) (snd clone)).Theory.th_decls;
  let find file name symbol = Theory.ns_find_ls (theory file name).Theory.th_export [symbol] in
  let roots = List.map (fun (f, n, s) -> find f n s) wanted in
  let task = List.fold_left (fun task (f, n) -> Task.use_export task (theory f n)) None
    (("wf_proof", "WellFormed") :: List.map (fun (f, n, _) -> f, n) wanted) in
  let decls = List.rev (Task.task_decls task) in
  List.iter (fun d -> (match equation d with
    | Some (ls, _, _) -> Hashtbl.replace with_equation ls.ls_name ()
    | None -> ());
    match d.Decl.d_node with
    | Decl.Dlogic l -> List.iter (fun (ls, def) ->
      if library ls = None then Hls.replace Ranges.definitions ls def) l
    | _ -> ()) decls;
  let hand = Ty.ty_app (Theory.ns_find_ts (theory "inv" "Parts").Theory.th_export ["hand"]) [] in
  at_rest env task hand (Theory.ns_find_ls (Env.read_theory env ["map"] "Map").Theory.th_export ["get"])
    (find "inv" "Parts" "inv");
  Printf.printf "(* Generated from spec/ by harness/oracle/translate.ml. *)\n%s" prelude;
  List.iter (declaration module_sizes)
    (List.rev (needs (Ident.Sid.of_list (List.map (fun ls -> ls.ls_name) roots)) decls))

let () =
  try main Sys.argv.(1) Sys.argv.(2)
  with
  | Failure why -> Printf.eprintf "translate: %s\n" why; exit 1
  | e -> Format.eprintf "translate: %a@." Exn_printer.exn_printer e; exit 1
