import Angiography
import Imaging

/// Several segmenters of any kind, whose log-odds are averaged: each has its level, where a mark begins, at ½.
///
/// Where all of them tell what they say of training images that they had not seen, the average has a level of its own, the best
/// on these: a part that is never sure sways it less than its level would have it.
package struct FittedAverage: FittedSegmenter {
  package let parts: [any FittedSegmenter]
  /// The probability of the average where a mark begins; ½ where nothing is known of images that were not seen.
  package let level: Float

  package init(_ parts: [any FittedSegmenter]) {
    precondition(parts.count > 1, "one alone is no average")
    level = Self.level(parts.map(\.unseen)) ?? 0.5
    self.parts = parts.map(\.withoutUnseen)
  }

  init(_ parts: [any FittedSegmenter], level: Float) { (self.parts, self.level) = (parts, level) }

  private static func level(_ unseen: [UnseenMaps?]) -> Float? {
    let known = unseen.compactMap { $0 }
    guard known.count == unseen.count else { return nil }
    let maps = known.map { part in
      Dictionary(zip(part.samples.map(\.name), part.maps)) { first, _ in first }
    }
    let shared = known[0].samples.filter { sample in maps.allSatisfy { $0[sample.name] != nil } }
    let averages = shared.map { sample in average(of: maps.compactMap { $0[sample.name] }) }
    return OperatingLevel.best(maps: averages, samples: shared)?.level
  }

  package var networks: [TrainedNetwork] { parts.flatMap(\.networks) }

  package var augmentsTests: Bool { parts.contains { $0.augmentsTests } }
  package var hasOwnLevel: Bool { parts.contains { !$0.networks.isEmpty && $0.hasOwnLevel } }

  package func augmentingTests(_ does: Bool) -> any FittedSegmenter {
    FittedAverage(parts.map { $0.augmentingTests(does) }, level: level)
  }

  package func doubts(about sample: Sample) -> [String] {
    parts.lazy.map { $0.doubts(about: sample) }.first { !$0.isEmpty } ?? []
  }

  package var learntFrom: KnownAngiograms? { .all(of: parts.map(\.learntFrom)) }

  package func probabilityMaps(of dataset: Dataset) throws -> [Plane] {
    let maps = try parts.map { try $0.probabilityMaps(of: dataset) }
    return dataset.samples.indices.map { place in average(of: maps.map { $0[place] }) }
  }

  /// The map of the mean log-odds, with the level at ½.
  func average(of maps: [Plane]) -> Plane { Self.average(of: maps).recalibrated(level: level) }

  /// The map of the mean log-odds; nobody is surer than 1 to 1000.
  package static func average(of maps: [Plane]) -> Plane {
    let (least, most) = (Float(0.001), Float(0.999))
    var result = maps[0]
    for place in result.pixels.indices {
      var sum = 0.0
      for map in maps {
        let p = Double(min(max(map.pixels[place], least), most))
        sum += GradientBoosting.logOdds(p)
      }
      result.pixels[place] = Float(GradientBoosting.logistic(sum / Double(maps.count)))
    }
    return result
  }
}
