import Figures
import Foundation

/// Compares scenes part by part, pictures to a tolerance: marks and labels are as a digest has them.
struct SceneComparison {
  let pixels: Verification.Pixels

  /// What differs of a scene from the recorded one, in words; empty where nothing does.
  func differences(recorded: Figure, found: Figure) -> [String] {
    var words = SceneDigest(recorded.withoutPictures).differences(from: SceneDigest(found.withoutPictures))
    guard recorded.layers.count == found.layers.count else { return words + ["it has other pictures"] }
    for (index, (old, new)) in zip(recorded.layers, found.layers).enumerated() {
      if let difference = difference(old, new) { words.append("picture \(index + 1) \(difference)") }
    }
    return words
      + differencesOfTurns(recorded.turns, found.turns) { (recorded, found) in
        differences(recorded: recorded.still, found: found.still)
      }
  }

  private func difference(_ recorded: Figure.Layer, _ found: Figure.Layer) -> String? {
    guard recorded.width == found.width, recorded.height == found.height else {
      return "is \(found.width)×\(found.height), not \(recorded.width)×\(recorded.height)"
    }
    guard recorded.frame == found.frame, recorded.interpolation == found.interpolation else {
      return "lies elsewhere, or is enlarged otherwise"
    }
    let (old, new) = (recorded.shown, found.shown)
    guard old.count == new.count, recorded.colours == found.colours else { return "is of another kind" }
    switch pixels {
    case .exact: return recorded == found ? nil : "differs"
    case .maximumDifference(let limit):
      let most = zip(old, new).reduce(0) { max($0, abs($1.0 - $1.1)) }
      return most <= limit ? nil : String(format: "differs by up to %.2f of 255", most)
    case .signalToNoise(let limit):
      let squares = zip(old, new).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      guard squares > 0 else { return nil }
      let decibels = 10 * log10(255 * 255 * Double(old.count) / squares)
      return decibels >= limit ? nil : String(format: "has a PSNR of %.1f dB", decibels)
    }
  }
}

extension Figure {
  fileprivate var withoutPictures: Figure {
    var figure = still
    figure.layers = []
    return figure
  }
}

extension Figure.Layer {
  /// The colours that its values are shown in; `nil` where it has its own.
  fileprivate var colours: ColourMap? { if case .plane(_, let map, _) = content { map } else { nil } }

  /// What is seen of it, from 0 to 255; not a number is black.
  fileprivate var shown: [Double] {
    switch content {
    case .colour(let pixels): return pixels.bytes.map(Double.init)
    case .plane(let plane, _, let range):
      let span = range.upperBound - range.lowerBound
      return plane.pixels.map { value in
        value.isNaN || span <= 0 ? 0 : Double(min(max((value - range.lowerBound) / span, 0), 1)) * 255
      }
    }
  }
}
