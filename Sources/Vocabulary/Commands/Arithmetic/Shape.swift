import Language

extension Command {
  static let shape = Command(
    "shape", "the sizes along each axis",
    [
      .argument(
        "x", .either([.list(of: .any), .object("image"), .object("mask"), .object("tensor")]),
        "an image, a mask, a tensor or a list")
    ], result: .list(of: .number),
    help: Help(
      "Images and masks answer [height, width], tensors [batch, height, width, channels], lists their length.",
      examples: ["print shape [1, 2, 3]"])
  ) { arguments, _ in
    if let grid = grid(arguments["x"]) { return .list(grid.shape.map { .number(Double($0)) }) }
    if case .list(let values) = arguments["x"] { return .list([.number(Double(values.count))]) }
    preconditionFailure("the signature asks for a grid or a list")
  }
}
