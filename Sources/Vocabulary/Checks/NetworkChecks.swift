import Language
import Networks

/// What checking finds in calls that make or draw networks, and what it knows of these.
enum NetworkChecks {
  /// Of a command that makes a network with initial weights, as `configuration` reads its arguments.
  static func untrained(_ configuration: @escaping @Sendable (Arguments) -> any NetworkConfiguration) -> Command.Check {
    { call in
      let (arguments, unknown) = call.argumentsOrDefaults()
      return .network(
        NetworkFacts(untrained: Architecture(configuration(arguments)), unknownOptions: unknown.subtracting(["seed"])))
    }
  }

  static let diagram: Command.Check = { call in
    if let side = call.integer("size"), let network: NetworkFacts = call.facts("network"),
      let error = network.misfit(ImageSize(width: side, height: side), channels: nil)
    {
      call.report(error, on: "size")
    }
    return nil
  }

  static let curves: Command.Check = { call in
    if let network: NetworkFacts = call.facts("x"), network.hasHistory == false {
      call.report(NetworkFigures.untrained("this network"), on: "x")
    }
    for (title, value) in call["x"].fields ?? [] {
      guard value.mayBe(NetworkValue.typeName) else {
        call.report(NetworkFigures.noNetwork(title), on: "x")
        continue
      }
      if (value.facts as? NetworkFacts)?.hasHistory == false {
        call.report(NetworkFigures.untrained("“\(title)”"), on: "x")
      }
    }
    return nil
  }
}

extension Known {
  /// Whether it can be a value of a plugged-in type.
  func mayBe(_ typeName: String) -> Bool {
    switch kind {
    case .any: true
    case .oneOf(let kinds): kinds.contains(.any) || kinds.contains(.object(typeName))
    default: kind == .object(typeName)
    }
  }
}
