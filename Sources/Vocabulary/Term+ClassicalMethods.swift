import Methods

extension Term {
  /// What each classical method is: what its paper says, what is ours, and its parameters.
  static let classicalMethods = Segmenters.tunable.map { method in
    Term(names: [method.name, method.title], text: passage(on: method))
  }

  private static func passage(on method: any TunableSegmenter) -> String {
    let parameters = method.parameters.map { parameter in
      let initial = parameter.initial.map { ", default \(parameter.written($0))" } ?? ""
      return "\(parameter.name): \(parameter.meaning); \(parameter.domain)\(initial) (\(parameter.origin.rawValue))"
    }
    return """
      \(method.source.isEmpty ? "Of no paper; its stages are of several" : method.source). Sizes are those of an image of 512 px and scale with the image.

      \(method.algorithm)

      Parameters:
      \(parameters.map { "  \($0)" }.joined(separator: "\n"))
      """
  }
}
