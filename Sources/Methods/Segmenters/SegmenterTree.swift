import Angiography

/// How a fitted segmenter is put together, as plain values: its networks stand beside it, and it names their places.
struct SegmenterTree: Codable {
  /// The text of the file of one without networks.
  private var file: String?
  /// The place of the network.
  private var network: Int?
  private var augmentsTests: Bool?
  /// Whose maps are averaged, prepared, and shifted to a level.
  private var members: [SegmenterTree]?
  private var preparation: MapPreparation?
  private var learntFrom: KnownAngiograms?
  /// Whose log-odds are averaged, about a level.
  private var averaged: [SegmenterTree]?
  private var level: Float?

  /// Why a tree that may be anybody's describes no segmenter.
  struct Mistake: Error {
    let reason: String
  }

  /// - Parameter networks: those that the tree names are added here.
  init(of fitted: any FittedSegmenter, networks: inout [TrainedNetwork]) {
    switch fitted {
    case let fit as any FiledSegmenter: file = fit.fileText
    case let fit as FittedNetwork:
      network = networks.count
      augmentsTests = fit.augmentsTests
      networks.append(fit.network)
    case let fit as FittedAverage:
      averaged = fit.parts.map { SegmenterTree(of: $0, networks: &networks) }
      level = fit.level
    case let fit as FittedEnsemble:
      members = fit.members.map { SegmenterTree(of: $0, networks: &networks) }
      preparation = fit.preparation
      learntFrom = fit.toldLearntFrom
      level = fit.level
    default: preconditionFailure("no stored form of \(type(of: fitted))")
    }
  }

  /// What the tree describes.
  ///
  /// - Parameter path: of its file, for messages.
  /// - Throws: `Mistake`, and what is wrong with a segmenter without networks.
  func fitted(_ networks: [TrainedNetwork], at path: String) throws -> any FittedSegmenter {
    try check(networkCount: networks.count)
    if let first = networks.first, !networks.allSatisfy(first.seesTheSame) {
      throw Mistake(reason: "its networks see different things")
    }
    return try made(networks, at: path)
  }

  /// Makes sure that the tree is one of some networks, each of which it names once, in order.
  ///
  /// - Throws: `Mistake`.
  func check(networkCount: Int) throws(Mistake) {
    var places: [Int] = []
    try collect(&places)
    guard places == Array(0..<networkCount) else {
      throw Mistake(reason: "it names networks \(places), and there are \(networkCount)")
    }
  }

  private func collect(_ places: inout [Int]) throws(Mistake) {
    if let level, !OperatingLevel.bounds.contains(Double(level)) {
      throw Mistake(reason: "the level \(level) can't be")
    }
    guard learntFrom == nil || members != nil else {
      throw Mistake(reason: "only an ensemble tells what it has learnt from")
    }
    switch (file, network, augmentsTests, members, preparation, averaged, level) {
    case (_?, nil, nil, nil, nil, nil, nil): break
    case (nil, let place?, _?, nil, nil, nil, nil): places.append(place)
    case (nil, nil, nil, let members?, _?, nil, _) where !members.isEmpty:
      for member in members { try member.collect(&places) }
    case (nil, nil, nil, nil, nil, let parts?, _?) where parts.count > 1:
      for part in parts { try part.collect(&places) }
    default: throw Mistake(reason: "a part of it is no file, network, ensemble or average alone")
    }
  }

  /// - Precondition: the tree has been checked.
  private func made(_ networks: [TrainedNetwork], at path: String) throws -> any FittedSegmenter {
    if let file { return try fittedSegmenter(decoding: Array(file.utf8), at: path) }
    if let network { return FittedNetwork(networks[network], augmentsTests: augmentsTests ?? false) }
    if let members, let preparation {
      return FittedEnsemble(
        members: try members.map { try $0.made(networks, at: path) }, preparation: preparation, level: level,
        toldLearntFrom: learntFrom)
    }
    guard let averaged, let level else { preconditionFailure("a tree is checked before it is built") }
    return FittedAverage(try averaged.map { try $0.made(networks, at: path) }, level: level)
  }
}
