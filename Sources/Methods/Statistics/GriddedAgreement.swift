import Angiography
import Imaging

/// How far several gradings agree in each cell of a grid on the retina.
package struct GriddedAgreement: Sendable, Hashable, Codable {
  package struct Cell: Sendable, Hashable, Codable {
    package let name: String
    /// Images with a gradable pixel in it.
    package let images: Int
    /// Gradable, of all images.
    package let pixels: Int
    /// Over the pixels of all images: the mean over the pairs of graders that have one.
    package let pixelKappa: Double?
    /// Over the images, each called marked where a grader marked any of the cell; the mean over pairs as above.
    package let imageKappa: Double?
    /// Over the pixels of all images, the mean over the pairs.
    package let dice: Double
  }

  package let form: RetinalGrid.Form
  /// Those with a gradable pixel, from the centre outwards.
  package let cells: [Cell]

  /// Where the grid lies on an image.
  package struct Place: Sendable {
    let centre: Landmark
    let scale: RetinalScale
    let nasalIsRight: Bool?

    package init(centre: Landmark, scale: RetinalScale, nasalIsRight: Bool?) {
      (self.centre, self.scale, self.nasalIsRight) = (centre, scale, nasalIsRight)
    }
  }

  /// Cells of one name belong together: those of left eyes are mirrored. Where an eye's side is known for some images only, all
  /// go by the sides of the picture.
  ///
  /// - Parameters:
  ///   - gradings: two at least, of the same images in one order.
  ///   - places: one an image.
  package init(_ gradings: [GraderAgreement.Grading], grid: RetinalGrid, places: [Place]) {
    let pairs = GraderAgreement.pairs(of: gradings.count)
    let areSidesKnown = places.allSatisfy { $0.nasalIsRight != nil }
    let names = grid.names(nasalIsRight: areSidesKnown ? true : nil)
    var pixels = names.map { _ in pairs.map { _ in Confusion() } }
    var images = pixels
    for (index, place) in places.enumerated() {
      let own = grid.pooledNames(nasalIsRight: areSidesKnown ? place.nasalIsRight : nil)
      // Which row an own cell counts to.
      let rows = own.map { name in names.firstIndex(of: name) ?? 0 }
      let region = GraderAgreement.graded(gradings, index)
      var here = names.map { _ in pairs.map { _ in Confusion() } }
      grid.forEachPixel(of: region, centre: place.centre, scale: place.scale) { x, y, cell in
        for (pair, (first, second)) in pairs.enumerated() {
          here[rows[cell]][pair].count(
            predicted: gradings[first].masks[index][x, y], true: gradings[second].masks[index][x, y])
        }
      }
      for row in names.indices where here[row][0].total > 0 {
        for pair in pairs.indices {
          let counts = here[row][pair]
          pixels[row][pair] = pixels[row][pair] + counts
          images[row][pair].count(
            predicted: counts.truePositives + counts.falsePositives > 0,
            true: counts.truePositives + counts.falseNegatives > 0)
        }
      }
    }
    form = grid.form
    cells = names.indices.compactMap { row in
      guard images[row][0].total > 0 else { return nil }
      return Cell(
        name: names[row], images: images[row][0].total, pixels: pixels[row][0].total,
        pixelKappa: GraderAgreement.mean(pixels[row].compactMap { CohenKappa($0)?.value }),
        imageKappa: GraderAgreement.mean(images[row].compactMap { CohenKappa($0)?.value }),
        dice: GraderAgreement.mean(pixels[row].map(\.dice)) ?? 0)
    }
  }
}

extension Confusion {
  fileprivate mutating func count(predicted: Bool, true truth: Bool) {
    switch (predicted, truth) {
    case (true, true): truePositives += 1
    case (true, false): falsePositives += 1
    case (false, true): falseNegatives += 1
    case (false, false): trueNegatives += 1
    }
  }
}
