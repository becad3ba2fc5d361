(* The definitions of spec/step.mlw as OCaml: translate SPEC SIZES > machine.ml

   Why3's own front end reads and types the files; what is printed is each definition that
   `step` needs, in Why3's order. Integers are Zarith's, without bound; a map is a function,
   as in Why3. What has no definition, or is not executable, is refused. Of the parameters
   nproc and nendp the values come from the module named SIZES. *)
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

let is_int t = Ty.oty_equal t.t_ty (Some Ty.ty_int)

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

let rec term t = match t.t_node with
  | Tvar v -> var v
  | Tconst (Constant.ConstInt _ as c) ->
    p "(Z.of_string \"%s\")" (BigInt.to_string (match c with
      | Constant.ConstInt i -> i.Number.il_int | _ -> assert false))
  | Tconst _ -> refuse "a constant that is no integer"
  | Tapp (ls, [a; b]) when ls_equal ls ps_equ ->
    if not (is_int a) then refuse "an equation that is not between integers";
    p "(Z.equal %s %s)" (term a) (term b)
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
  | Tquant _ -> refuse "a quantifier"
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
    p "type %s = { %s }" (name "t_" ts.Ty.ts_name)
      (all (fun f -> p "%s : %s" (field f) (ty (Option.get f.ls_value))) "; " fields)
  | None ->
    p "type %s = %s" (name "t_" ts.Ty.ts_name) (all (fun (c, _) ->
      if c.ls_args = [] then maker c else p "%s of %s" (maker c) (all ty " * " c.ls_args)) " | " makers)

let definition (ls, def) =
  let vars, body = Decl.open_ls_defn def in
  p "let %s = %s" (all Fun.id " " (call ls :: List.map
    (fun v -> p "(%s : %s)" (var v) (ty v.vs_ty)) vars)) (term body)

let sizes = [ "nproc"; "nendp" ]
let symbols_of d = match d.Decl.d_node with
  | Decl.Dlogic l -> List.fold_left (fun known (_, def) ->
      t_s_fold (fun known _ -> known) (fun known ls -> Ident.Sid.add ls.ls_name known)
        known (snd (Decl.open_ls_defn def))) Ident.Sid.empty l
  | _ -> Ident.Sid.empty
let uses wanted d = match d.Decl.d_node with
  | Decl.Dlogic l -> List.exists (fun (ls, _) -> Ident.Sid.mem ls.ls_name wanted) l
  | Decl.Dparam ls -> Ident.Sid.mem ls.ls_name wanted
  | _ -> false
let rec needs wanted = function (* the declarations, last first, that the wanted symbols need *)
  | [] -> []
  | d :: before when uses wanted d ->
    d :: needs (Ident.Sid.union wanted (symbols_of d)) before
  | { Decl.d_node = Decl.Ddata _; _ } as d :: before -> d :: needs wanted before
  | _ :: before -> needs wanted before

let declaration module_sizes d = match d.Decl.d_node with
  | Decl.Ddata l when List.for_all (fun (ts, _) -> ts.Ty.ts_args = []
                        && not (Ty.ts_equal ts Ty.ts_bool)) l ->
    if List.length l > 1 then refuse "types that need each other";
    List.iter (fun d -> print_endline (data d)) l
  | Decl.Dlogic [ls, _ as d] when library ls = None ->
    (try print_endline (definition d)
     with Failure why -> refuse "%s: %s" ls.ls_name.Ident.id_string why)
  | Decl.Dlogic (_ :: _ :: _) -> refuse "definitions that need each other"
  | Decl.Dparam ls when library ls = None && not (Hashtbl.mem projections ls.ls_name)
                     && not (ls_equal ls ps_equ) && not (ls_equal ls fs_func_app) ->
    let s = ls.ls_name.Ident.id_string in
    if not (List.mem s sizes) then refuse "%s has no definition" s;
    p "let %s = Z.of_int (%s.size \"%s\")" (call ls) module_sizes s |> print_endline
  | _ -> ()

let main spec module_sizes =
  let config = Whyconf.init_config None in
  let env = Env.create_env (spec :: Whyconf.loadpath (Whyconf.get_main config)) in
  let theory = Env.read_theory env ["step"] "Step" in
  let step = Theory.ns_find_ls theory.Theory.th_export ["step"] in
  let task = Task.use_export None theory in
  let decls = List.rev (Task.task_decls task) in
  Printf.printf "(* Generated from spec/ by harness/oracle/translate.ml. *)\n%s" prelude;
  List.iter (declaration module_sizes)
    (List.rev (needs (Ident.Sid.singleton step.ls_name) decls))

let () =
  try main Sys.argv.(1) Sys.argv.(2)
  with e -> Format.eprintf "translate: %a@." Exn_printer.exn_printer e; exit 1
