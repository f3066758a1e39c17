/// The names of TeX that stand for one character.
enum TeXSymbols {
  static let symbols: [String: String] = [
    "alpha": "<i>α</i>", "beta": "<i>β</i>", "gamma": "<i>γ</i>", "delta": "<i>δ</i>", "epsilon": "<i>ϵ</i>",
    "varepsilon": "<i>ε</i>", "zeta": "<i>ζ</i>", "eta": "<i>η</i>", "theta": "<i>θ</i>", "iota": "<i>ι</i>",
    "kappa": "<i>κ</i>", "lambda": "<i>λ</i>", "mu": "<i>μ</i>", "nu": "<i>ν</i>", "xi": "<i>ξ</i>", "pi": "<i>π</i>",
    "rho": "<i>ρ</i>", "sigma": "<i>σ</i>", "tau": "<i>τ</i>", "phi": "<i>ϕ</i>", "varphi": "<i>φ</i>",
    "chi": "<i>χ</i>", "psi": "<i>ψ</i>", "omega": "<i>ω</i>", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "sum": "<span class=\"op\">∑</span>", "prod": "<span class=\"op\">∏</span>", "int": "<span class=\"op\">∫</span>",
    "partial": "∂", "nabla": "∇", "infty": "∞", "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓",
    "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "ast": "∗", "circ": "∘", "star": "⋆",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "equiv": "≡",
    "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪",
    "cap": "∩", "setminus": "∖", "emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "lor": "∨",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "mapsto": "↦", "iff": "⇔",
    "ldots": "…", "dots": "…", "cdots": "⋯", "mid": "∣", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖",
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "prime": "′", "degree": "°",
    "quad": "\u{2003}", "qquad": "\u{2003}\u{2003}", "colon": ":", "lbrace": "{", "rbrace": "}", "vert": "|",
  ]

  /// Those that stand between two operands.
  static let operators: Set<String> = [
    "·", "×", "÷", "±", "∓", "⊕", "⊖", "⊗", "⊙", "∗", "∘", "⋆", "≤", "≥", "≠", "≈", "∼", "≡", "∝", "≪", "≫", "∈", "∉",
    "⊂",
    "⊆", "∪", "∩", "∖", "∧", "∨", "→", "←", "⇒", "↦", "⇔", "∣",
  ]

  /// Set upright.
  static let functions: Set<String> = [
    "log", "ln", "exp", "sin", "cos", "tan", "min", "max", "arg", "argmin", "argmax", "lim", "det", "tanh", "Pr",
  ]

  /// Combining characters.
  static let accents: [String: String] = [
    "hat": "\u{302}", "widehat": "\u{302}", "bar": "\u{304}", "overline": "\u{304}", "tilde": "\u{303}",
    "dot": "\u{307}", "vec": "\u{20D7}",
  ]
}
