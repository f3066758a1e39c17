import Angiography

/// An angiogram that something was learnt from: a calibrator, or intervals.
package struct LearntImage: Sendable, Hashable, Codable {
  package let name: String
  /// Of its size and pixels, so that it is known under another name.
  package let digest: UInt64
  /// The patient; `nil` where nobody has said.
  package let caseName: String?

  package init(name: String, digest: UInt64, caseName: String?) {
    (self.name, self.digest, self.caseName) = (name, digest, caseName)
  }

  package init(_ sample: Sample) {
    // A case that is but the image's own name says nothing of patients.
    let patient = sample.facts.caseName == sample.name ? nil : sample.facts.caseName
    self.init(name: sample.name, digest: sample.contentDigest, caseName: patient)
  }
}

extension [LearntImage] {
  /// In words, which of the samples, or of their patients' other angiograms, something was learnt from.
  ///
  /// - Parameter deed: as in `the calibrator was fitted on`.
  package func leaks(into samples: [Sample], deed: String) -> [String] {
    let own = Dictionary(map { ($0.digest, $0.name) }) { first, _ in first }
    let patients = Dictionary(compactMap { image in image.caseName.map { ($0, image.name) } }) { first, _ in first }
    let lines = samples.compactMap { sample -> String? in
      let other = LearntImage(sample)
      if let name = own[other.digest] {
        return "\(deed) this image: \(sample.name)" + (name == sample.name ? "" : ", which was \(name) there")
      }
      guard let patient = other.caseName, let name = patients[patient] else { return nil }
      return "\(deed) the same patient: \(sample.name), by \(name)"
    }
    let shown = lines.count > mostLines ? lines.prefix(mostLines - 1) : lines[...]
    return shown + (lines.count > shown.count ? ["\(deed) \(lines.count - shown.count) more"] : [])
  }
}

private let mostLines = 5
