(* The range of a quantifier. `forall x. G -> ...` need only be tried for the x that G lets
   through: if among the conjuncts of G, its predicates unfolded, are lo <= x and x < hi, for
   those from lo up to hi. The whole body, G too, is evaluated for each, so a range that is too
   wide costs time and nothing else. The same for `exists x. G`. *)
open Why3
open Term

let definitions : Decl.ls_defn Hls.t = Hls.create 97 (* of what may be unfolded *)

let rec conjuncts t = match t.t_node with
  | Tbinop (Tand, a, b) -> conjuncts a @ conjuncts b
  | Tapp (ls, args) when Hls.mem definitions ls ->
    let vars, body = Decl.open_ls_defn (Hls.find definitions ls) in
    let known = List.fold_left2 (fun m v a -> Mvs.add v a m) Mvs.empty vars args in
    conjuncts (t_subst known body)
  | _ -> [t]

(* What must hold lest the formula is true anyway. *)
let rec guards t = match t.t_node with
  | Tbinop (Timplies, a, b) -> conjuncts a @ guards b
  | _ -> []

type range = { low : term; above : term } (* low <= x < above *)

(* x: the first of the quantifier's variables, of which the bounds may have none
   order: the comparison that a symbol stands for *)
let find order x more guards =
  let free t = Mvs.exists (fun v _ -> List.exists (vs_equal v) (x :: more)) (t_freevars Mvs.empty t) in
  let is t = t_equal t (t_var x) in
  let step (low, high) t = match t.t_node with
    | Tapp (ls, [a; b]) -> (match order ls with
      | Some "Z.leq" when is b && not (free a) -> Some a, high
      | Some "Z.lt" when is a && not (free b) -> low, Some b
      | _ -> low, high)
    | _ -> low, high in
  match List.fold_left step (None, None) guards with
  | Some low, Some above -> Some { low; above }
  | _ -> None
