/// What a call of a command or of a `def` takes.
struct Signature: Sendable {
  let name: String
  let parameters: [Parameter]

  init(_ command: Command) {
    name = command.name
    parameters = command.parameters
  }

  init(_ definition: Definition) {
    name = definition.name.text
    parameters = definition.parameters.map { parameter in
      parameter.defaultValue == nil
        ? .argument(parameter.name.text, .any, "")
        : .option(parameter.name.text, .any, default: Value.none, "")
    }
  }

  func labelled(_ name: String) -> Parameter? { parameters.first { $0.position == .labelled && $0.name == name } }

  /// Gives every argument its parameter.
  ///
  /// - Returns: for each parameter by its name the arguments it takes, as indices, and what doesn't fit.
  func assign(labels: [String?]) -> (arguments: [String: [Int]], misfits: [(problem: CallProblem, argument: Int?)]) {
    var arguments: [String: [Int]] = [:]
    var misfits: [(problem: CallProblem, argument: Int?)] = []
    var positional = parameters.filter { $0.position == .positional }[...]
    let rest = parameters.first { $0.position == .rest }
    var surplus: Int?
    for (index, label) in labels.enumerated() {
      if let label {
        if labelled(label) != nil {
          arguments[label] = [index]
        } else {
          let isPositional = parameters.contains { $0.name == label }
          let labels = parameters.filter { $0.position == .labelled }.map(\.name)
          misfits.append((.unknownLabel(label, of: name, labels: labels, isPositional: isPositional), index))
        }
      } else if let parameter = positional.popFirst() {
        arguments[parameter.name] = [index]
      } else if let rest {
        arguments[rest.name, default: []].append(index)
      } else if surplus == nil {
        surplus = index
      }
    }
    if let surplus {
      let most = parameters.count { $0.position == .positional }
      let labels = parameters.filter { $0.position == .labelled }.map(\.name)
      misfits.append((.tooManyArguments(of: name, most: most, labels: labels), surplus))
    }
    for parameter in parameters where parameter.defaultValue == nil && arguments[parameter.name] == nil {
      misfits.append(
        (
          .missingArgument(
            parameter.name, of: name, accepts: parameter.accepts, isLabelled: parameter.position == .labelled), nil
        ))
    }
    return (arguments, misfits)
  }
}
