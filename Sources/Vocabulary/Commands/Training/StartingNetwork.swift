import Networks
import Tensors

/// A network that a training starts with, as far as it is known.
struct StartingNetwork {
  let facts: NetworkFacts
  /// The parameter that brings it; `nil` where the command makes it for its data, or where neither is known.
  let parameter: String?
  /// Gives it, with weights from the training's random numbers where the command makes it; `nil` as long as it isn't known.
  let model: Source?

  typealias Source = @Sendable (RandomStream) throws -> Model

  init(_ facts: NetworkFacts = NetworkFacts(), from parameter: String? = nil, model: Source? = nil) {
    self.facts = facts
    self.parameter = parameter
    self.model = model
  }

  /// One that a parameter brings.
  init(_ facts: NetworkFacts, from parameter: String, model: Model?) {
    guard let model else {
      self.init(facts, from: parameter, model: Source?.none)
      return
    }
    self.init(facts, from: parameter) { _ in model }
  }
}

extension NetworkFacts {
  /// What helps where a network doesn't take images: one that has learnt to see features wants them; `nil` where nothing better is
  /// known than what the error says.
  func wayOut(of error: NetworkError) -> String? {
    guard case .channelsDiffer = error, let features, !features.isEmpty else { return nil }
    return "it has learnt from \(features.map(\.description).joined(separator: ", ")): `features` computes them"
  }

  /// As the discriminator beside a generator.
  var asPartner: Partner { unknownOptions.isEmpty ? architecture.map { .known($0) } ?? .unknown : .unknown }
}
