/// What a call of a command or of a `def` takes.
struct Signature: Sendable {
  let name: String
  let parameters: [Parameter]
  /// Places among the parameters of those without a label, in their order.
  private let positional: [Int]
  private let rest: Int?
  private let labelled: [String: Int]
  /// Places of those that can't be left out.
  private let required: [Int]
  /// Whether an argument without a label may be something to look up.
  let takesTopics: Bool

  init(name: String, parameters: [Parameter]) {
    self.name = name
    self.parameters = parameters
    positional = parameters.indices.filter { parameters[$0].position == .positional }
    required = parameters.indices.filter { parameters[$0].defaultValue == nil }
    takesTopics = parameters.contains { $0.accepts.isTopic }
    rest = parameters.firstIndex { $0.position == .rest }
    labelled = Dictionary(
      parameters.indices.filter { parameters[$0].position == .labelled }.map { (parameters[$0].name, $0) }
    ) { first, _ in first }
  }

  init(_ definition: Definition) {
    self.init(
      name: definition.name.text,
      parameters: definition.parameters.map { parameter in
        parameter.defaultValue == nil
          ? .argument(parameter.name.text, .any, "")
          : .option(parameter.name.text, .any, default: Value.none, "")
      })
  }

  func labelled(_ name: String) -> Parameter? { labelled[name].map { parameters[$0] } }

  /// The parameter of an argument without a label, by how many of these stand before it.
  func positional(_ place: Int) -> Parameter? {
    let positional = parameters.lazy.filter { $0.position == .positional }
    return positional.dropFirst(place).first ?? parameters.first { $0.position == .rest }
  }

  /// Which arguments a parameter takes.
  struct Assignment {
    /// By the parameter's place: the argument it takes.
    fileprivate(set) var arguments: [Int?]
    /// What the remaining parameter takes, where there is one.
    fileprivate(set) var rest: [Int] = []
    fileprivate(set) var misfits: [(problem: CallProblem, argument: Int?)] = []
  }

  /// Gives every argument its parameter.
  func assign(labels: [String?]) -> Assignment {
    var result = Assignment(arguments: [Int?](repeating: nil, count: parameters.count))
    var next = 0
    var surplus: Int?
    for (index, label) in labels.enumerated() {
      if let label {
        if let place = labelled[label] {
          result.arguments[place] = index
        } else {
          result.misfits.append((unknownLabel(label), index))
        }
      } else if next < positional.count {
        result.arguments[positional[next]] = index
        next += 1
      } else if rest != nil {
        result.rest.append(index)
      } else if surplus == nil {
        surplus = index
      }
    }
    if let surplus {
      result.misfits.append(
        (.tooManyArguments(of: name, most: positional.count, labels: allLabels), surplus))
    }
    for place in required where result.arguments[place] == nil {
      let parameter = parameters[place]
      let isLabelled = parameter.position == .labelled
      result.misfits.append(
        (
          .missingArgument(parameter.name, of: name, accepts: parameter.accepts, isLabelled: isLabelled, usage: usage),
          nil
        ))
    }
    return result
  }

  private func unknownLabel(_ label: String) -> CallProblem {
    let isPositional = parameters.contains { $0.name == label }
    return .unknownLabel(label, of: name, labels: allLabels, isPositional: isPositional)
  }

  /// A call with all that can't be left out: `predict network data`.
  private var usage: String {
    let needed = required.map { place in
      parameters[place].name + (parameters[place].position == .labelled ? ": …" : "")
    }
    return ([name] + needed).joined(separator: " ")
  }

  private var allLabels: [String] { parameters.filter { $0.position == .labelled }.map(\.name) }
}
