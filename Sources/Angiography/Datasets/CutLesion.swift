import Imaging

/// A lesion cut out of an angiogram with the retina around it, to be pasted into another. All its numbers are ours.
struct CutLesion: Sendable {
  /// Of what is cut out, in row order, as large as the lesion and `reach` to each side.
  private let grey: Plane
  private let lesion: Mask
  /// How much of a pixel is pasted: 1 on the lesion, falling to 0 over `softEdge` px around it.
  private let opacity: Plane
  /// Retina next to the lesion, by whose mean grey it is matched to another.
  private let surround: Mask
  private let surroundGrey: Double

  /// In px of an image 512 px wide.
  private static let softEdge = 3.0
  private static let reach = 8.0
  /// Larger ones would seldom find a place: a share of the gradable retina.
  private static let largest = 0.05
  /// What a lesion is made brighter or darker by, at most: elsewhere it would not look like one of that eye.
  private static let gains = 0.5...2
  /// So many places are tried.
  private static let places = 40

  /// One of the lesions of an angiogram at the size that networks see, each as likely; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - mask: all that is marked.
  ///   - gradable: the retina that can be graded; beyond it nothing is cut.
  init?(of image: Plane, mask: Mask, gradable: Mask, using generator: inout some RandomNumberGenerator) {
    let parts = mask.intersection(gradable).components(.eight)
    let least = LesionRule().leastArea(side: max(image.width, image.height))
    let most = Self.largest * Double(gradable.area)
    let areas = parts.areas
    let labels = areas.indices.filter { (least...max(least, most)).contains(Double(areas[$0])) }.map { $0 + 1 }
    guard !labels.isEmpty else { return nil }
    let part = parts.mask(of: labels[generator.index(below: labels.count)])
    guard let box = part.boundingBox else { return nil }
    let unit = Double(max(image.width, image.height)) / 512
    let margin = Int((Self.reach * unit).rounded(.up))
    let columns = max(0, box.columns.lowerBound - margin)..<min(image.width, box.columns.upperBound + margin)
    let rows = max(0, box.rows.lowerBound - margin)..<min(image.height, box.rows.upperBound + margin)
    let places = rows.flatMap { y in columns.map { y * image.width + $0 } }
    func cut(_ whole: Mask) -> Mask {
      Mask(width: columns.count, height: rows.count, pixels: places.map { whole.pixels[$0] })
    }
    let grey = Plane(width: columns.count, height: rows.count, pixels: places.map { image.pixels[$0] })
    let (lesion, perfused) = (cut(part), cut(gradable).intersection(cut(mask).complement))
    let distances = lesion.distances
    let edge = Float(max(1, Self.softEdge * unit)) + 1
    let opacity = lesion.pixels.indices.map { index -> Float in
      if lesion.pixels[index] { return 1 }
      return perfused.pixels[index] ? max(0, 1 - distances.pixels[index] / edge) : 0
    }
    let near = Float(max(1, Self.reach * unit))
    let around = lesion.pixels.indices.map { perfused.pixels[$0] && distances.pixels[$0] <= near }
    guard let mean = meanAndDeviation(around.indices.filter { around[$0] }.map { Double(grey.pixels[$0]) })?.mean,
      mean > 0
    else { return nil }
    (self.grey, self.lesion, surroundGrey) = (grey, lesion, mean)
    self.opacity = Plane(width: grey.width, height: grey.height, pixels: opacity)
    surround = Mask(width: grey.width, height: grey.height, pixels: around)
  }

  /// Puts it where there is room: on gradable retina that nobody has marked, within the territory where one is marked. Leaves
  /// the eye as it is where none of the places that are tried has room, or is lit as the lesion's own was.
  func paste(into eye: inout WorkingEye, using generator: inout some RandomNumberGenerator) {
    let territory = eye.territory.flatMap { $0.pixels.contains(true) ? $0 : nil }
    guard let box = (territory ?? eye.gradable).boundingBox else { return }
    for _ in 0..<Self.places {
      let x = box.columns.lowerBound + generator.index(below: box.columns.count) - grey.width / 2
      let y = box.rows.lowerBound + generator.index(below: box.rows.count) - grey.height / 2
      guard hasRoom(at: x, y, in: eye, territory), let gain = gain(at: x, y, in: eye) else { continue }
      return paste(at: x, y, times: gain, into: &eye)
    }
  }

  private func hasRoom(at x: Int, _ y: Int, in eye: WorkingEye, _ territory: Mask?) -> Bool {
    opacity.pixels.indices.allSatisfy { index in
      guard opacity.pixels[index] > 0 else { return true }
      guard let place = eye.place(x + index % grey.width, y + index / grey.width) else { return false }
      let isInTerritory = !lesion.pixels[index] || territory?.pixels[place] != false
      return eye.gradable.pixels[place] && !eye.mask.pixels[place] && isInTerritory
    }
  }

  /// The mean grey of the retina around the place ÷ that around the lesion; `nil` where it is out of bounds, and where less than
  /// half of that retina is there.
  private func gain(at x: Int, _ y: Int, in eye: WorkingEye) -> Float? {
    let around = surround.pixels.indices.filter { surround.pixels[$0] }
    let greys = around.compactMap { index -> Double? in
      guard let place = eye.place(x + index % grey.width, y + index / grey.width), eye.gradable.pixels[place],
        !eye.mask.pixels[place]
      else { return nil }
      return Double(eye.image.pixels[place])
    }
    guard 2 * greys.count >= around.count, let mean = meanAndDeviation(greys)?.mean else { return nil }
    let gain = mean / surroundGrey
    return Self.gains.contains(gain) ? Float(gain) : nil
  }

  private func paste(at x: Int, _ y: Int, times gain: Float, into eye: inout WorkingEye) {
    for index in opacity.pixels.indices where opacity.pixels[index] > 0 {
      guard let place = eye.place(x + index % grey.width, y + index / grey.width) else { continue }
      let (part, pasted) = (opacity.pixels[index], min(max(grey.pixels[index] * gain, 0), 1))
      eye.image.pixels[place] += part * (pasted - eye.image.pixels[place])
      guard lesion.pixels[index] else { continue }
      eye.mask.pixels[place] = true
      eye.territory?.pixels[place] = true
    }
  }
}

/// An angiogram with its mask as a training pair is made of it: at the size that networks see, and moved.
struct WorkingEye: Sendable {
  var image: Plane
  var mask: Mask
  /// `nil` where nobody has marked one.
  var territory: Mask?
  let gradable: Mask

  /// Where a pixel lies in row order; `nil` outside the image.
  fileprivate func place(_ x: Int, _ y: Int) -> Int? {
    (0..<image.width).contains(x) && (0..<image.height).contains(y) ? y * image.width + x : nil
  }
}
