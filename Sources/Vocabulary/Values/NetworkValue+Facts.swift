import Angiography
import Language
import Networks

/// What is known of a network without having it; `nil` where something isn't.
struct NetworkFacts: Facts, Hashable {
  /// The discriminator that was trained beside it.
  enum Partner: Hashable {
    case unknown, none
    case known(Architecture)
  }

  var architecture: Architecture?
  /// Options of the architecture that aren't known; it has defaults in their place.
  var unknownOptions: Set<String> = []
  var partner = Partner.unknown
  /// Whether its weights have learnt anything.
  var isTrained: Bool?
  /// Whether it has losses to tell of.
  var hasHistory: Bool?
  /// What it learnt to see of an image; empty before training.
  var features: [Feature]?
  /// Side in pixels of the square images that it learnt from.
  var imageSide: Int?

  func joined(with other: any Facts) -> (any Facts)? {
    guard let other = other as? NetworkFacts else { return nil }
    var both = self
    if other.architecture != architecture || other.unknownOptions != unknownOptions { both.architecture = nil }
    if other.partner != partner { both.partner = .unknown }
    if other.isTrained != isTrained { both.isTrained = nil }
    if other.hasHistory != hasHistory { both.hasHistory = nil }
    if other.features != features { both.features = nil }
    if other.imageSide != imageSide { both.imageSide = nil }
    return both
  }

  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    switch name {
    case "discriminator":
      switch partner {
      case .unknown: return (nil, nil)
      case .none: return (nil, CheckFinding(NetworkValue.withoutDiscriminator))
      case .known(let architecture):
        var facts = self
        facts.architecture = architecture
        facts.unknownOptions = []
        facts.partner = .none
        return (Known(.object(NetworkValue.typeName), facts: facts), nil)
      }
    case "history" where hasHistory == false:
      return (nil, .untrained("this network has not been trained, so its history is empty", on: nil))
    default: return (nil, nil)
    }
  }

  /// Channels of the images it takes.
  var imageChannels: Int? { unknownOptions.contains("channels") ? nil : architecture?.imageChannels }

  /// Why it can't take such images; `nil` where it can, or where that isn't known.
  func misfit(_ size: ImageSize, channels: Int?) -> NetworkError? {
    guard let architecture else { return nil }
    do throws(NetworkError) {
      if let channels, let mine = imageChannels, channels != mine {
        try architecture.checkImages(height: size.height, width: size.width, channels: channels)
      }
      // What sizes depend on.
      if unknownOptions.isDisjoint(with: ["depth", "layers", "answers"]) {
        try architecture.checkSize(height: size.height, width: size.width)
      }
    } catch {
      return error
    }
    return nil
  }
}

extension NetworkFacts {
  /// Of a network at hand.
  init(_ network: NetworkValue) {
    architecture = network.model.architecture
    partner = network.discriminator.map { .known($0.architecture) } ?? Partner.none
    isTrained = !network.history.isEmpty || !network.features.isEmpty
    hasHistory = !network.history.isEmpty
    features = network.features
    imageSide = network.imageSide
  }

  /// Of a network whose file has been looked at.
  init(_ outline: SavedNetworkOutline) throws(FeatureError) {
    architecture = outline.generator ?? outline.discriminator
    partner = (outline.generator == nil ? nil : outline.discriminator).map { .known($0) } ?? Partner.none
    isTrained = outline.epochs > 0 || !outline.channels.isEmpty
    hasHistory = outline.epochs > 0
    var found: [Feature] = []
    for name in outline.channels { found.append(try Feature(name)) }
    features = found
    imageSide = outline.imageSide
  }

  /// Of a network with its initial weights.
  init(untrained architecture: Architecture, unknownOptions: Set<String> = []) {
    self.architecture = architecture
    self.unknownOptions = unknownOptions
    partner = .none
    isTrained = false
    hasHistory = false
    features = []
  }
}

extension CheckFinding {
  /// A warning: what has not been trained is used.
  static func untrained(_ words: String, on parameter: String?) -> CheckFinding {
    CheckFinding(
      on: parameter, code: "network-untrained", words, hint: "`train-net` and `train-gan` give a trained network",
      severity: .warning)
  }
}
