import Base
import Language
import Networks

extension Command {
  /// A command that makes a network with initial weights.
  ///
  /// - Parameter configuration: what the arguments describe.
  convenience init(
    network name: String, _ summary: String, _ parameters: [Parameter], help: Help,
    configuration: @escaping @Sendable (Arguments) -> any NetworkConfiguration
  ) {
    self.init(
      name, summary, parameters, result: .object(NetworkValue.typeName), isRandom: true,
      help: help
    ) { call -> Planned<Plan> in
      let (arguments, unknown) = call.argumentsOrDefaults()
      let architecture = Architecture(configuration(arguments))
      let plan = Plan(architecture: architecture, seed: Randomness.seed(of: arguments))
      let facts = NetworkFacts(untrained: architecture, unknownOptions: unknown.subtracting(["seed"]))
      return Planned(unknown.isEmpty ? plan : nil, result: .network(facts))
    } run: { plan, context in
      let stream = Randomness.stream(seed: plan.seed, context)
      return .object(NetworkValue(untrained: try Model(plan.architecture, stream: stream)))
    }
  }
}

private struct Plan {
  let architecture: Architecture
  let seed: UInt64?
}

// What several architectures have.
extension Parameter {
  static func width(_ value: Int, _ help: String) -> Parameter {
    .option("width", .integer(.within(OptionBounds.width)), default: .number(Double(value)), help)
  }

  static let channels = Parameter.option(
    "channels", .integer(.within(OptionBounds.imageChannels)), default: .number(1),
    "channels of the image: the grey angiogram, and features computed from it")

  static func momentum(_ value: Float) -> Parameter {
    .option(
      "bn-momentum", .number(.one, OptionBounds.momentum), default: .number(decimal(value)),
      "share of batch norm's running statistics kept at each step; short runs want 0.9")
  }
}
