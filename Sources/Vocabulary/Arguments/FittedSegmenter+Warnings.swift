import Angiography
import Base
import Kernels
import Language
import Methods

extension FittedSegmenter {
  /// Warns of angiograms that are unlike those that it has learnt from: of another camera, or no angiograms at all; and of those
  /// that are too much like them.
  func warn(about samples: [Sample], _ host: any Host) {
    // The first rank talks.
    guard Ranks.current.isFirst || Ranks.current.isSharing else { return }
    func warn(of found: [(name: String, words: String)]) {
      for found in found.prefix(Self.mostWarnings) { host.warn("“\(found.name)” \(found.words)") }
      if found.count > Self.mostWarnings {
        host.warn("the same holds for \(found.count - Self.mostWarnings) more of these \(samples.count) images")
      }
    }
    let doubts = computed(samples.count) { self.doubts(about: samples[$0]) }
    warn(
      of: zip(samples, doubts).filter { !$1.isEmpty }.map {
        (
          $0.name,
          "is unlike the angiograms that this segmenter has learnt from: " + $1.prefix(3).joined(separator: "; ")
        )
      })
    guard let known = learntFrom else { return }
    let leaks = computed(samples.count) { known.leak(of: samples[$0]) }
    warn(
      of: zip(samples, leaks).compactMap { sample, leak in
        leak.map {
          (
            sample.name,
            ($0 == .alike
              ? "may be of an eye that this segmenter has learnt from"
              : "is what this segmenter has learnt from, or a copy")
              + ": how well it does on it says nothing of others"
          )
        }
      })
  }

  private static var mostWarnings: Int { 3 }
}
