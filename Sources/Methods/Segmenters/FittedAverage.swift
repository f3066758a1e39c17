import Angiography
import Imaging

/// Several segmenters of any kind, whose log-odds are averaged: each has its level, where a mark begins, at ½.
package struct FittedAverage: FittedSegmenter {
  package let parts: [any FittedSegmenter]

  package init(_ parts: [any FittedSegmenter]) {
    precondition(parts.count > 1, "one alone is no average")
    self.parts = parts
  }

  package var networks: [TrainedNetwork] { parts.flatMap(\.networks) }

  package func doubts(about sample: Sample) -> [String] {
    parts.lazy.map { $0.doubts(about: sample) }.first { !$0.isEmpty } ?? []
  }

  package func probabilityMaps(of dataset: Dataset) throws -> [Plane] {
    let maps = try parts.map { try $0.probabilityMaps(of: dataset) }
    return dataset.samples.indices.map { place in Self.average(of: maps.map { $0[place] }) }
  }

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
