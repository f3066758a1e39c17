import Language

extension Command {
  static let parameterCount = Command(
    "parameters", "how many weights training adjusts",
    [.argument("network", .object(NetworkValue.typeName), "a network")], result: .number,
    help: Help(
      "Counts kernels, biases and the scales and offsets of batch norm; running statistics are not trained.",
      examples: ["print parameters (unet width: 8)"])
  ) { arguments, _ in
    let network: NetworkValue = arguments.require("network")
    return .number(Double(network.model.trainableParameterCount))
  }
}
