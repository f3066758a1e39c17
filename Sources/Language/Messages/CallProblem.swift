import Base

/// What is wrong with a name or a call: the data, without words.
enum CallProblem: Sendable {
  case unknownName(String, suggestion: String?)
  case unknownCommand(String, suggestion: String?)
  /// Where a text may stand.
  case unquotedText(String)
  /// `a-b` is no name, though `a` and `b` are.
  case joinedNames(String)
  /// Bound only in a block that did not run.
  case notBoundYet(String)
  /// `hidesCommand`: whether a command of that name would have been called.
  case notCallable(String, Known, hidesCommand: Bool)
  /// `a -1` where `a` is no function.
  case signAfterValue(left: String, right: String)
  case unknownLabel(String, of: String, labels: [String], isPositional: Bool, synonym: String? = nil)
  case missingArgument(String, of: String, accepts: Accepts, isLabelled: Bool, usage: String)
  case tooManyArguments(of: String, most: Int, labels: [String])
  case wrongKind(parameter: String, accepts: Accepts, found: Known, remedy: Remedy? = nil)
  case wrongUnit(parameter: String, expected: Unit, found: Unit)
  case outOfRange(parameter: String, accepts: Accepts, found: Double, Unit)
  case wrongElement(parameter: String, accepts: Accepts, index: Int, found: Value, remedy: Remedy? = nil)
  case notWhole(parameter: String, accepts: Accepts, found: Double)
  case unknownChoice(parameter: String, choices: [String], found: String, isBound: Bool)
  case missingPath(String, near: String? = nil)
  case callsTooDeep(limit: Int)

  /// What makes of a value one that fits, as far as the registry knows.
  enum Remedy: Sendable {
    /// Members of it that fit, as they are written after the dot: `networks[0]` is an element of one.
    case members([String])
    /// A call that reads one from the file that it names.
    case reading(by: String)
  }

  init(_ misfit: Misfit, of found: Known, parameter: Parameter) {
    let name = parameter.name
    self =
      switch misfit {
      case .kind: .wrongKind(parameter: name, accepts: parameter.accepts, found: found)
      case .unit(let expected, let unit): .wrongUnit(parameter: name, expected: expected, found: unit)
      case .outOfRange(let number, let unit):
        .outOfRange(parameter: name, accepts: parameter.accepts, found: number, unit)
      case .element(let index, let value):
        .wrongElement(parameter: name, accepts: parameter.accepts, index: index, found: value)
      case .notWhole(let number): .notWhole(parameter: name, accepts: parameter.accepts, found: number)
      case .choice(let word, let words): .unknownChoice(parameter: name, choices: words, found: word, isBound: false)
      }
  }
}

extension CallProblem {
  /// The same, knowing which types there are.
  func knowing(_ registry: Registry) -> CallProblem {
    switch self {
    case .wrongKind(let parameter, let accepts, let found, nil):
      .wrongKind(parameter: parameter, accepts: accepts, found: found, remedy: accepts.remedy(for: found, registry))
    case .wrongElement(let parameter, let accepts, let index, let found, nil):
      .wrongElement(
        parameter: parameter, accepts: accepts, index: index, found: found,
        remedy: accepts.element?.remedy(for: Known(found), registry))
    default: self
    }
  }

  /// The same, knowing what other tools call the labels.
  func knowing(_ synonyms: Synonyms) -> CallProblem {
    guard case .unknownLabel(let label, let command, let labels, false, nil) = self,
      let synonym = synonyms.labels(label, among: labels).first
    else { return self }
    return .unknownLabel(label, of: command, labels: labels, isPositional: false, synonym: synonym)
  }
}

extension CallProblem: CataloguedError {
  var entry: DiagnosticCode {
    switch self {
    case .unknownName, .unquotedText, .joinedNames, .notBoundYet: .unknownName
    case .unknownCommand: .unknownCommand
    case .notCallable: .notCallable
    case .signAfterValue: .ambiguousSign
    case .unknownLabel: .unknownLabel
    case .missingArgument: .missingArgument
    case .tooManyArguments: .tooManyArguments
    case .wrongKind, .wrongElement: .wrongKind
    case .wrongUnit: .wrongUnit
    case .outOfRange: .outOfRange
    case .notWhole: .notWhole
    case .unknownChoice: .unknownChoice
    case .missingPath: .missingPath
    case .callsTooDeep: .callsTooDeep
    }
  }

  var message: String {
    switch self {
    case .unknownName(let name, _), .unquotedText(let name), .joinedNames(let name): "nothing is called `\(name)`"
    case .unknownCommand(let name, _): "no command is called `\(name)`"
    case .notBoundYet(let name): "`\(name)` is not bound: the block that binds it did not run"
    case .notCallable(let text, let found, _): "`\(text)` can't take arguments: it is \(describe(found))"
    case .signAfterValue(let left, let right): "`\(left) \(right)` can be read in two ways"
    case .unknownLabel(let label, let command, _, false, _): "`\(command)` has no label `\(label):`"
    case .unknownLabel(let label, let command, _, true, _): "`\(label)` of `\(command)` is written without a label"
    case .missingArgument(let name, let command, let accepts, let isLabelled, _):
      "`\(command)` lacks `\(name)\(isLabelled ? ":" : "")`: \(describe(accepts))"
    case .tooManyArguments(let command, let most, _):
      most == 0
        ? "`\(command)` takes no arguments without a label"
        : "`\(command)` takes at most \(counted(most, "argument")) without a label"
    case .wrongKind(let parameter, let accepts, let found, _):
      "`\(parameter)` expects \(describe(accepts)), found \(describe(found))"
    case .wrongUnit(let parameter, .one, let found):
      "`\(parameter)` expects a plain number, found one in \(found.rawValue)"
    case .wrongUnit(let parameter, let expected, let found):
      "`\(parameter)` expects a number in \(expected.rawValue), found one in \(found.rawValue)"
    case .outOfRange(let parameter, let accepts, let found, let unit):
      "`\(parameter)` expects \(describe(accepts)), found \(display(number: found))\(unit.rawValue)"
    case .wrongElement(let parameter, let accepts, let index, let found, _):
      "`\(parameter)` expects \(describe(accepts)), found \(describe(Known(found))) as element \(index)"
    case .notWhole(let parameter, let accepts, let found):
      "`\(parameter)` expects \(describe(accepts)), found \(display(number: found))"
    case .unknownChoice(let parameter, let choices, let found, _):
      "`\(parameter)` expects \(describe(Accepts.choice(choices))), found `\(found)`"
    case .missingPath(let path, _): "nothing is at the path \(quoted(path))"
    case .callsTooDeep(let limit): "this is nested more than \(limit) evaluations deep"
    }
  }

  var hint: String? {
    switch self {
    case .unknownName(let name, let suggestion):
      OtherLanguages.advice(onWord: name) ?? suggestion.map { "did you mean `\($0)`?" }
    case .unknownCommand(let name, let suggestion):
      OtherLanguages.advice(onWord: name) ?? suggestion.map { "did you mean `\($0)`?" }
        ?? "`help` lists the commands, `apropos WORD` finds them by what they speak of"
    case .unquotedText(let name): "write `\"\(name)\"` for the text"
    case .joinedNames(let name):
      "write `\(name.split(separator: "-").joined(separator: " - "))` to subtract; a hyphen between letters belongs to the name"
    case .signAfterValue(let left, let right):
      "write `\(left) - \(right.dropFirst())` to subtract; `\(left)` is a value and takes no argument"
    case .unknownLabel(_, _, _, false, let synonym?): "did you mean `\(synonym):`?"
    case .unknownLabel(let label, _, let labels, false, nil):
      closest(to: label, in: labels).map { "did you mean `\($0):`?" }
        ?? (labels.isEmpty ? nil : "its labels are \(labels.map { "\($0):" }.joined(separator: " "))")
    case .tooManyArguments(_, _, let labels):
      labels.isEmpty ? nil : "options have labels: \(labels.map { "\($0):" }.joined(separator: " "))"
    case .unknownChoice(_, let choices, let found, let isBound):
      isBound
        ? "write `(\(found))` to pass the value of that name"
        : closest(to: found, in: choices).map { "did you mean `\($0)`?" }
    case .missingPath(_, let near?): "did you mean \(quoted(near))?"
    case .missingPath(let path, nil) where path.hasPrefix("~"):
      "`~` stands for nothing here: write the folder's own path"
    case .missingPath(_, nil): "paths in a book start at its folder, elsewhere at the working folder"
    case .missingArgument(_, _, _, _, let usage): "it is called as `\(usage)`"
    case .wrongKind(_, _, _, let remedy?), .wrongElement(_, _, _, _, let remedy?): remedy.hint
    case .wrongKind(_, let accepts, let found, _): Self.hint(accepts, found)
    case .wrongUnit(_, .one, _): "write it without its unit"
    case .wrongUnit(_, let expected, _): "a number without a unit is taken in \(expected.rawValue)"
    case .outOfRange(_, let accepts, let found, .one) where accepts.isShare && found > 1 && found <= 100:
      "did you mean \(display(number: found))%?"
    case .notCallable(let text, _, true):
      "the command `\(text)` is hidden by a value of that name: bind it to another name"
    case .notCallable(_, let found, _) where found.kind != .any: "is an operator or a comma missing?"
    case .callsTooDeep: "does the function end its recursion?"
    default: nil
    }
  }

  /// What helps with a value of another kind.
  private static func hint(_ accepts: Accepts, _ found: Known) -> String? {
    switch found.kind {
    case .function:
      if case .function(let function) = found.constant { "to call it, write `(\(function.name) …)`" } else { nil }
    case .list(let element) where accepts.mayFit(element, unit: nil):
      "take one of its elements, as `[0]` does, or bind them to names: `a, b = …`"
    default: nil
    }
  }
}

extension CallProblem.Remedy {
  fileprivate var hint: String {
    switch self {
    case .members(let names) where names.count == 1: "take its `.\(names[0])`"
    case .members(let names):
      "take a member of it: \(names.prefix(4).map { "`.\($0)`" }.joined(separator: ", "))"
        + (names.count > 4 ? ", …" : "")
    case .reading(let call): "read it first: `\(call)`"
    }
  }
}

extension Accepts {
  fileprivate func remedy(for found: Known, _ registry: Registry) -> CallProblem.Remedy? {
    if case .text(let path)? = found.constant {
      let calls = types.compactMap { registry.readers[$0]?(path) }
      return calls.min { $0.count < $1.count }.map { .reading(by: $0) }
    }
    let members = members(of: found, registry)
    let fitting = members.filter { accepts($0.value.kind) }
    if !fitting.isEmpty { return .members(fitting.map(\.name)) }
    let holding = members.filter { _, list in
      guard case .list(of: .object(let type)) = list.kind, list.elements?.isEmpty != true else { return false }
      return accepts(.object(type))
    }
    return holding.isEmpty ? nil : .members(holding.map { "\($0.name)[0]" })
  }

  /// What may stand behind the dot of a value, as far as it is known, with what is known of it.
  private func members(of value: Known, _ registry: Registry) -> [(name: String, value: Known)] {
    switch value.kind {
    case .object(let type):
      let there = value.facts?.members.map(Set.init)
      return (registry.types[type]?.members ?? []).filter { there?.contains($0.name) ?? true }.map {
        ($0.name, value.facts?.member($0.name).known ?? Known($0.kind))
      }
    case .record: return value.fields?.filter { isBareName($0.name) } ?? []
    default: return []
    }
  }

  /// Whether it takes every value of a kind, so that one may be advised: not where only some texts are paths or choices.
  private func accepts(_ kind: Kind) -> Bool {
    switch self {
    case .path, .choice, .topic: false
    case .either(let alternatives): alternatives.contains { $0.accepts(kind) }
    case .optional(let inner): kind != .none && inner.accepts(kind)
    // One record is not as good as another.
    default: ![.any, .none, .record].contains(kind) && mayFit(kind, unit: nil)
    }
  }

  /// The plugged-in types that it takes.
  private var types: [String] {
    switch self {
    case .object(let type): [type]
    case .either(let alternatives): alternatives.flatMap(\.types)
    case .optional(let inner): inner.types
    default: []
    }
  }

  /// What it takes as elements; `nil` where it takes no list.
  fileprivate var element: Accepts? {
    switch self {
    case .list(let element): element
    case .either(let alternatives): alternatives.lazy.compactMap(\.element).first
    case .optional(let inner): inner.element
    default: nil
    }
  }

  /// Whether it is a number up to 1, which may be written in per cent.
  fileprivate var isShare: Bool {
    switch self {
    case .number(.one, let bounds): bounds.upper.map { $0 <= 1 } ?? false
    case .optional(let inner): inner.isShare
    default: false
    }
  }
}
