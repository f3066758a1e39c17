import Angiography
import Language
import Methods
import Networks

/// What is known of a segmenter without having it; `nil` where something isn't.
struct SegmenterFacts: Facts, Hashable {
  /// Of its networks, all of which are shown the same of an image; of none where it has none.
  var network: NetworkFacts?
  /// Of each of its networks.
  var networks: [NetworkFacts]?
  /// Whether it is kept as text, without networks.
  var isText: Bool?

  func joined(with other: any Facts) -> (any Facts)? {
    guard let other = other as? SegmenterFacts else { return nil }
    var both: [NetworkFacts]?
    if let networks, let others = other.networks, networks.count == others.count {
      both = zip(networks, others).compactMap { $0.joined(with: $1) as? NetworkFacts }
    }
    return SegmenterFacts(
      network: network.flatMap { mine in other.network.flatMap { mine.joined(with: $0) as? NetworkFacts } },
      networks: both,
      isText: isText == other.isText ? isText : nil)
  }

  func member(_ name: String) -> (known: Known?, finding: CheckFinding?) {
    guard name == SegmenterValue.networksMember, let networks = isText == true ? [] : networks else {
      return (nil, nil)
    }
    return (Known(elements: networks.map { Known(.object(NetworkValue.typeName), facts: $0) }), nil)
  }

  /// Why it is not written at a path, by its ending; `nil` where it is, or where that isn't known.
  func mistake(at path: String) -> Failure? {
    isText.flatMap { SegmenterValue.mistake(at: path, isText: $0) }
  }
}

extension SegmenterFacts {
  /// Of a segmenter at hand.
  init(_ fitted: any FittedSegmenter) {
    let networks = fitted.networks.map { NetworkFacts(NetworkValue($0)) }
    self.init(network: networks.first, networks: networks, isText: fitted is any FiledSegmenter)
  }

  /// Of a segmenter of networks whose file has been looked at.
  init(ofNetworksAt place: String, writtenAs path: String) throws {
    let networks = try SegmenterOfNetworks.outline(of: place, writtenAs: path).map { outline in
      do throws(FeatureError) { return try NetworkFacts(outline) } catch {
        throw MethodError.noSegmenter(path: path, error.message)
      }
    }
    self.init(network: networks.first, networks: networks, isText: false)
  }
}

extension Known {
  static func segmenter(_ facts: SegmenterFacts) -> Known { Known(.object(SegmenterValue.typeName), facts: facts) }
}
