extension HabitReader {
  /// A call, with what other languages call a command, a member or a label put into our words.
  func made(_ callee: Phrase, _ arguments: [PhraseArgument], isStage: Bool = false) throws(Unreadable) -> Phrase {
    switch callee {
    case .member(let base, let name):
      if isModule(base) { return try call(name, arguments, isStage: isStage, isOfModule: true) }
      return try method(name, of: base, arguments)
    case .atom:
      guard let name = callee.name else { throw Unreadable() }
      return try call(name, arguments, isStage: isStage)
    default: return .call(callee, arguments)
    }
  }

  // MARK: Functions

  private static let modules: Set<String> = [
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

  private func call(
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
    return bare.map { PhraseArgument(label: nil, value: $0) } + labelled
  }

  /// What a function of another language gives, where our language has a form for it.
  private func value(of name: String, _ arguments: [Phrase]) throws(Unreadable) -> Phrase? {
    switch (name, arguments.count) {
    case ("len", 1), ("length", 1), ("nrow", 1), ("numel", 1): return .member(arguments[0], "count")
    case ("range", 1...2), ("arange", 1...2): return try range(arguments)
    case ("str", 1), ("repr", 1), ("num2str", 1), ("string", 1): return Self.joined(arguments)
    case ("list", 1), ("tuple", 1), ("array", 1), ("asarray", 1), ("tensor", 1), ("int", 1), ("float", 1):
      return arguments[0]
    case ("c", 1...), ("list", 2...): return .list(arguments)
    case ("pow", 2), ("power", 2): return .binary(arguments[0], .power, arguments[1])
    // `names(eyes)`
    case (_, 1) where kinds != nil: return member(called: name).map { .member(arguments[0], $0) }
    default: return nil
    }
  }

  /// `range(10)` is 0..9.
  private func range(_ ends: [Phrase]) throws(Unreadable) -> Phrase {
    let lower = ends.count == 2 ? ends[0] : .atom("0")
    let end = ends[ends.count - 1]
    guard let number = end.wholeNumber else { return .range(lower, .binary(end, .subtract, .atom("1"))) }
    // An empty range has no form here.
    guard number > lower.wholeNumber ?? Int.min else { throw Unreadable() }
    return .range(lower, .atom("\(number - 1)"))
  }

  // MARK: Methods and members

  private func method(_ name: String, of base: Phrase, _ arguments: [PhraseArgument]) throws(Unreadable) -> Phrase {
    let first = PhraseArgument(label: nil, value: base)
    switch name {
    case "len", "length", "numel",
      "count" where arguments.isEmpty:
      return .member(base, "count")
    case "size",
      "dim" where arguments.isEmpty:
      return size(of: base)
    case "eval", "to", "cuda", "cpu", "detach", "numpy", "item", "copy", "clone", "astype", "double": return base
    case "format" where base.isText: return try formatted(base, with: .list(arguments.map(\.value)))
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
    guard kinds != nil, !isRecord(base) else { return .member(base, name) }
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
