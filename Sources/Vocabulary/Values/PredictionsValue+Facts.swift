import Angiography
import Language

/// What is known of predictions without having them; `nil` where something isn't.
struct PredictionsFacts: Facts, Hashable {
  var count: Int?
  /// Which of the angiograms that were predicted have a mask.
  var masks: DatasetFacts.Masks?

  func joined(with other: any Facts) -> (any Facts)? {
    guard let other = other as? PredictionsFacts else { return nil }
    return PredictionsFacts(
      count: other.count == count ? count : nil, masks: other.masks == masks ? masks : nil)
  }

  /// A prediction as `predictions[0]` gives it.
  var element: Known? {
    let image = Known(.object(ImageValue.typeName))
    let own = [
      ("name", Known(.text)), ("image", image), ("map", image), ("mask", Known(.object(MaskValue.typeName))),
      ("method", Known(.text)),
    ]
    return Known(fields: own + Record.knownFacts)
  }
}

/// What is known of a step of learning.
struct StepFacts: Facts, Hashable {
  var network: NetworkFacts

  func joined(with other: any Facts) -> (any Facts)? {
    guard let other = other as? StepFacts, let both = network.joined(with: other.network) as? NetworkFacts else {
      return nil
    }
    return StepFacts(network: both)
  }

  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    name == "network" ? (Known(.object(NetworkValue.typeName), facts: network), nil) : (nil, nil)
  }
}
