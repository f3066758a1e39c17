extension HabitReader {
  /// A call, with what other languages call a command, a member or a label put into our words.
  mutating func made(
    _ callee: Phrase, _ arguments: [PhraseArgument], isStage: Bool = false
  ) throws(Unreadable) -> Phrase {
    // Files of other tools are neither read nor written here.
    if arguments.contains(where: { $0.value.isForeignFile }) { throw Unreadable() }
    switch callee {
    case .member(let base, let name):
      // `torch.load`, `np.load`: one file.
      if isModule(base) {
        return try call(name == "load" ? "open" : name, arguments, isStage: isStage, isOfModule: true)
      }
      return try method(name, of: base, arguments)
    case .atom:
      guard let name = callee.name else { throw Unreadable() }
      return try call(name, arguments, isStage: isStage)
    default: return .call(callee, arguments)
    }
  }

  // MARK: Functions

  static let modules: Set<String> = [
    "np", "numpy", "torch", "tf", "math", "Math", "plt", "cv2", "pd", "nn", "F", "os", "keras", "sns", "scipy",
    "skimage", "sklearn", "jnp", "Image", "console", "sys", "io", "stats",
  ]

  /// Whether a name stands for a library of another language.
  private func isModule(_ phrase: Phrase) -> Bool {
    switch phrase {
    case .atom: phrase.name.map { Self.modules.contains($0) && !isBound($0) } ?? false
    case .member(let base, _): isModule(base)
    default: false
    }
  }

  private mutating func call(
    _ name: String, _ arguments: [PhraseArgument], isStage: Bool, isOfModule: Bool = false
  ) throws(Unreadable) -> Phrase {
    if name.hasSuffix("printf"), let text = arguments.first?.value, text.isText {
      let text = try formatted(text, with: .list(arguments.dropFirst().map(\.value)))
      return name == "sprintf" ? text : .call(.atom("print"), [PhraseArgument(label: nil, value: text)])
    }
    if let command = command(name) { return .call(.atom(command.name), arranged(arguments, for: command, isStage)) }
    // `net(eyes)` calls a value for what it does.
    if isValue(name), let kind = kinds?(name), let command = command("forward"),
      command.signature.positional(0)?.accepts.mayFit(kind, unit: nil) == true
    {
      return .call(.atom(command.name), [PhraseArgument(label: nil, value: .atom(name))] + arguments)
    }
    // `xs(1)` is the first element elsewhere.
    if isValue(name), arguments.count == 1, let place = arguments[0].value.wholeNumber, place > 0 {
      return .element(.atom(name), .atom("\(place - 1)"))
    }
    if isBound(name) { return .call(.atom(name), arguments) }
    if !isStage, arguments.allSatisfy({ $0.label == nil }),
      let value = try value(of: name, arguments.map(\.value))
    {
      return value
    }
    // What is left of a library, and words that have an answer of their own, are no functions of the program.
    guard !isOfModule, OtherLanguages.advice(onWord: name) == nil else { throw Unreadable() }
    guard kinds != nil || bound.contains(name) else { throw Unreadable() }
    return .call(.atom(name), arguments)
  }

  /// The arguments of a command: labels by their names here, those that say nothing left out, and those that stand without
  /// a label here in their places.
  private func arranged(
    _ arguments: [PhraseArgument], for command: Command, _ isStage: Bool = false
  ) -> [PhraseArgument] {
    let names = command.parameters.filter { $0.position == .positional }.map(\.name).dropFirst(isStage ? 1 : 0)
    var places: [Int: Phrase] = [:]
    var labelled: [PhraseArgument] = []
    for argument in arguments {
      guard let written = argument.label else { continue }
      let label = label(written, of: command)
      if let parameter = command.signature.labelled(label) {
        labelled.append(PhraseArgument(label: label, value: fitted(argument.value, to: parameter)))
      } else if let name = names.first(where: { $0 == written })
        ?? registry.synonyms.labels(written, among: names).first, let place = names.firstIndex(of: name)
      {
        places[place - names.startIndex] = argument.value
      } else if !registry.synonyms.isIdle(written) {
        labelled.append(argument)
      }
    }
    var bare: [Phrase] = []
    for argument in arguments where argument.label == nil {
      while let value = places.removeValue(forKey: bare.count) { bare.append(value) }
      bare.append(argument.value)
    }
    while let value = places.removeValue(forKey: bare.count) { bare.append(value) }
    // What has no place behind these is left as it was written.
    guard places.isEmpty else { return arguments }
    (bare, labelled) = placed(bare, labelled, for: command, behind: isStage ? 1 : 0)
    // `clamp(x, 0, 1)`: where a range has labels here, its ends stand last elsewhere.
    let ends = ["from", "to"]
    if bare.count == names.count + 2, ends.allSatisfy({ command.signature.labelled($0) != nil }), labelled.isEmpty {
      labelled = zip(ends, bare.suffix(2)).map { PhraseArgument(label: $0, value: $1) }
      bare.removeLast(2)
    }
    return bare.map { PhraseArgument(label: nil, value: $0) } + labelled
  }

  /// What a function of another language gives, where our language has a form for it.
  private func value(of name: String, _ arguments: [Phrase]) throws(Unreadable) -> Phrase? {
    switch (name, arguments.count) {
    case ("len", 1), ("length", 1), ("nrow", 1), ("numel", 1): return .member(arguments[0], "count")
    case ("range", 1...2), ("arange", 1...2): return try range(arguments)
    case ("str", 1), ("repr", 1), ("num2str", 1), ("string", 1): return Self.joined(arguments)
    case ("list", 1), ("tuple", 1), ("array", 1), ("asarray", 1), ("tensor", 1): return arguments[0]
    case ("float", 1) where !arguments[0].isText: return arguments[0]
    case ("int", 1): return try whole(arguments[0])
    case ("c", 1...), ("list", 2...): return .list(arguments)
    case ("pow", 2), ("power", 2): return .binary(arguments[0], .power, arguments[1])
    // `names(eyes)`
    case (_, 1) where kinds != nil: return member(called: name).map { .member(arguments[0], $0) }
    default: return nil
    }
  }

  /// A number without its fraction: itself, where it has none.
  private func whole(_ value: Phrase) throws(Unreadable) -> Phrase {
    if value.isSurelyWhole { return value }
    guard let name = ["truncate", "trunc"].first(where: { registry.commands[$0] != nil }) else { throw Unreadable() }
    return .call(.atom(name), [PhraseArgument(label: nil, value: value)])
  }

  /// `range(10)` is 0..9.
  private func range(_ ends: [Phrase]) throws(Unreadable) -> Phrase {
    let lower = ends.count == 2 ? ends[0] : .atom("0")
    // Steps of one from and to a fraction make no range.
    guard ends.allSatisfy({ $0.wholeNumber != nil || !$0.isNumber }) else { throw Unreadable() }
    let end = ends[ends.count - 1]
    guard let number = end.wholeNumber else { return .range(lower, .binary(end, .subtract, .atom("1"))) }
    // An empty range has no form here.
    guard number > lower.wholeNumber ?? Int.min else { throw Unreadable() }
    return .range(lower, .atom("\(number - 1)"))
  }

  // MARK: Methods and members

  private mutating func method(
    _ name: String, of base: Phrase, _ arguments: [PhraseArgument]
  ) throws(Unreadable) -> Phrase {
    let first = PhraseArgument(label: nil, value: base)
    switch (name, arguments.count) {
    case ("len", 0), ("length", 0), ("numel", 0), ("count", 0): return .member(base, "count")
    case ("size", 0): return size(of: base)
    // The first axis is the same one here; the others come in another order there.
    case ("size", 1) where arguments[0].value.wholeNumber == 0:
      let size = size(of: base)
      if case .call = size { return .element(size, .atom("0")) }
      return size
    // How many axes there are, and other axes.
    case ("dim", _), ("ndim", _), ("size", _): throw Unreadable()
    case ("item", 0), ("eval", _), ("cuda", _), ("cpu", _), ("detach", _), ("numpy", _), ("copy", _), ("clone", _),
      ("double", _):
      return base
    case ("to", _), ("astype", _):
      // `x.astype(int)` leaves fractions out.
      guard !arguments.contains(where: { $0.value.isWholeType }) else { throw Unreadable() }
      return base
    case ("format", _) where base.isText: return try formatted(base, fields: arguments)
    default: break
    }
    if arguments.isEmpty, let member = self.member(called: name) { return .member(base, member) }
    guard let command = command(name) else { throw Unreadable() }
    // `net.fit(data)`: the network is not what comes first here.
    if command.signature.labelled("network") != nil {
      let network = PhraseArgument(label: "network", value: base)
      return .call(.atom(command.name), arranged(arguments + [network], for: command))
    }
    return .call(.atom(command.name), arranged([first] + arguments, for: command))
  }

  /// The member of some kind of value that a name stands for.
  private func member(called name: String) -> String? {
    let plain = String(name.map { $0 == "_" ? "-" : $0 })
    let members = registry.types.values.flatMap { $0.members.map(\.name) }
    return members.first { $0 == name || $0 == plain }
  }

  /// `x.shape`, `x.length`: of values known not to have such a field of their own.
  func member(_ name: String, of base: Phrase) -> Phrase {
    if isRecord(base) { return .member(base, name) }
    // `m.DSC`
    let members = registry.types.values.flatMap { $0.members.map(\.name) }
    if !members.contains(name), name == name.uppercased(), members.contains(name.lowercased()) {
      return .member(base, name.lowercased())
    }
    guard kinds != nil else { return .member(base, name) }
    switch name {
    case "len", "length", "numel", "n": return .member(base, "count")
    case "size", "shape", "dim": return size(of: base)
    default: break
    }
    // `eyes.show`
    if name != "count", member(called: name) == nil, let command = command(name) {
      return .call(.atom(command.name), [PhraseArgument(label: nil, value: base)])
    }
    return .member(base, name)
  }

  private func isRecord(_ base: Phrase) -> Bool {
    guard let name = base.name, let kind = kinds?(name) else { return false }
    return kind == .record || kind == .any
  }

  /// Height and width of what has pixels, as far as that is known, else how many elements there are.
  private func size(of base: Phrase) -> Phrase {
    let shape = Phrase.call(.atom("shape"), [PhraseArgument(label: nil, value: base)])
    guard registry.commands["shape"] != nil else { return .member(base, "count") }
    if let name = base.name, let kind = kinds?(name) { return hasShape(kind) ? shape : .member(base, "count") }
    return isBold ? .member(base, "count") : shape
  }

  private func hasShape(_ kind: Kind) -> Bool {
    registry.commands["shape"]?.signature.positional(0)?.accepts.mayFit(kind, unit: nil) ?? false
  }
}

extension Phrase {
  /// Whether it is the name of a file that other tools write, in quotes.
  fileprivate var isForeignFile: Bool {
    guard isText, case .atom(let text) = self, let dot = text.lastIndex(of: ".") else { return false }
    let endings: Set<Substring> = [
      "pt", "pth", "h5", "hdf5", "keras", "pkl", "pickle", "npy", "npz", "onnx", "mat", "rds", "joblib", "ckpt",
    ]
    return endings.contains(text[dot...].dropFirst().dropLast())
  }

  /// Whether it is a number as written.
  var isNumber: Bool {
    switch self {
    case .atom(let text): text.first?.isNumber ?? false
    case .negation(let inner): inner.isNumber
    default: false
    }
  }

  /// Whether it names a type of another language whose values have no fraction: `int`, `"uint8"`, `torch.long`
  fileprivate var isWholeType: Bool {
    switch self {
    case .atom(let text), .member(_, let text):
      ["int", "uint", "long", "short", "byte", "bool"].contains(text.lowercased().filter(\.isLetter))
    default: false
    }
  }
}
