import Angiography
import Imaging
import Language

extension FileTarget {
  /// Images, and beside each what labelme would have kept had somebody drawn its mask there.
  ///
  /// - Parameter masks: as many as samples; `nil` where nobody has marked one.
  func writeForLabelme(_ samples: [Sample], masks: [Mask?]) throws {
    for (sample, mask) in zip(samples, masks) {
      let image = "\(sample.name).png"
      try write(sample.image, named: image, depth: depth ?? sample.depth)
      let landmarks = sample.facts.landmarks.marked
      guard mask != nil || !landmarks.isEmpty else { continue }
      let size = PixelSize(width: sample.image.width, height: sample.image.height)
      let text = labelmeText(
        mask: mask, ungraded: mask == nil ? nil : sample.ungraded, landmarks: landmarks, size: size, image: image)
      try put(Array(text.utf8), "\(path)/\(sample.name).json")
    }
    noteLostFacts(of: samples, in: "labelme's files", keepsLandmarks: true)
  }

  /// `imagesTr`, `labelsTr` and `dataset.json`, and in `imagesTs` images without masks.
  ///
  /// - Throws: `mask-missing` where no image has a mask.
  func writeForNNUNet(_ samples: [Sample]) throws {
    let labelled = samples.filter { $0.mask != nil }
    guard !labelled.isEmpty else { throw DatasetError([.withoutMask(names: samples.map(\.name))]) }
    for sample in samples {
      let folder = sample.mask == nil ? "imagesTs" : "imagesTr"
      try write(sample.image, named: "\(folder)/\(sample.name)_0000.png", depth: depth ?? sample.depth)
      if let labels = sample.classes {
        try write(labels, named: "labelsTr/\(sample.name).png", depth: .eight)
      }
    }
    let hasUngraded = labelled.contains { $0.ungraded != nil }
    let text = nnUNetText(trainingCount: labelled.count, hasUngraded: hasUngraded)
    try put(Array(text.utf8), "\(path)/dataset.json")
    noteLostFacts(of: samples, in: "nnU-Net's folders", keepsLandmarks: false)
  }

  /// Says what of the samples' facts is not written.
  private func noteLostFacts(of samples: [Sample], in words: String, keepsLandmarks: Bool) {
    let losing = samples.filter { sample in
      var facts = sample.facts
      if keepsLandmarks { facts.landmarks = Landmarks() }
      return facts != SampleFacts()
    }
    if !losing.isEmpty {
      note("cases and other facts of \(losing.count) image\(losing.count == 1 ? "" : "s") have no place in \(words)")
    }
  }
}

extension Sample {
  /// 1 of 255 where it is marked, 2 where nobody has graded it, else 0; `nil` where it has no mask.
  fileprivate var classes: Plane? {
    guard let mask else { return nil }
    let values = mask.pixels.indices.map { index -> Float in
      ungraded?.pixels[index] == true ? 2 : mask.pixels[index] ? 1 : 0
    }
    return Plane(width: mask.width, height: mask.height, pixels: values.map { $0 / 255 })
  }
}

extension Landmarks {
  /// Those that somebody has marked.
  fileprivate var marked: Landmarks {
    let disc = disc.flatMap { $0.confidence == nil ? $0 : nil }
    return Landmarks(
      fovea: fovea.flatMap { $0.confidence == nil ? $0 : nil }, disc: disc,
      discDiameter: disc == nil ? nil : discDiameter)
  }
}
