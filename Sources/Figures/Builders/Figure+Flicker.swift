import Angiography
import Imaging

extension Figure {
  /// Two pictures in one frame by turns, each with its title and outlines: what jumps between them has changed, or was never
  /// in one frame.
  ///
  /// - Parameters:
  ///   - baseline: grey in [0, 1].
  ///   - followUp: in the baseline's frame.
  ///   - covered: where both have pixels; outside it both are black.
  ///   - field: where both show retina: each is drawn from black to white over what it has there, so that two exposures look
  ///     alike.
  /// - Throws: `figure-sizes-differ`.
  public static func flicker(
    baseline: Plane, followUp: Plane, titles: (String, String), outlines: ([Outline], [Outline]) = ([], []),
    covered: Mask, field: Mask, caption: String? = nil
  ) throws(FigureError) -> Figure {
    for mask in [covered, field] {
      try mask.check(on: baseline, what: "the field of view")
      try mask.check(on: followUp, what: "the field of view")
    }
    for outline in outlines.0 + outlines.1 {
      try outline.mask.check(on: baseline, what: "the outline \"\(outline.name)\"")
    }
    var sheets = [titles.0, titles.1].map { Sheet(width: pictureSide + 2 * Sheet.margin, title: $0) }
    // What is drawn below titles of one line and of two must not jump.
    let top = sheets.map(\.y).max() ?? 0
    let space = Rectangle(x: Sheet.margin, y: top, width: pictureSide, height: pictureSide)
      .fitting(width: baseline.width, height: baseline.height)
    let frame = Rectangle(x: space.x, y: top, width: space.width, height: space.height)
    let pictures = [(baseline, outlines.0), (followUp, outlines.1)]
    for (index, (plane, drawn)) in pictures.enumerated() {
      sheets[index].layers.append(Layer(.plane(plane.relative(to: field, within: covered), .grey), in: frame))
      sheets[index].marks += drawn.compactMap { $0.mark(in: frame, veil: 0) }
      sheets[index].y = frame.bottom
      sheets[index].addLegend((outlines.0 + outlines.1).map(\.legend))
    }
    let figures = sheets.map { $0.figure(caption: caption) }
    var figure = figures[0]
    figure.turns = [figures[1]]
    return figure
  }

  /// A baseline and its registered follow-up by turns, each with what is marked in it.
  ///
  /// - Throws: `figure-sizes-differ`.
  public static func flicker(
    baseline: Sample, followUp: Sample, by registration: Registration, caption: String? = nil
  ) throws(FigureError) -> Figure {
    func title(_ visit: String, _ sample: Sample) -> String {
      let date = sample.facts.visitDate.map { ", \($0)" } ?? ""
      return "\(visit)\(date): \(sample.name)"
    }
    func outlines(_ mask: Mask?) -> [Outline] { mask.map { [.truth($0, name: "marked as non-perfusion")] } ?? [] }
    return try flicker(
      baseline: baseline.image, followUp: registration.warped(followUp.image),
      titles: (title("Baseline", baseline), title("Follow-up", followUp)),
      outlines: (outlines(baseline.mask), outlines(followUp.mask.map(registration.warped))),
      covered: registration.covered,
      field: baseline.fieldOfView.intersection(registration.warped(followUp.fieldOfView)),
      caption: "“\(baseline.name)” and, in its frame, “\(followUp.name)” by turns" + (caption.map { ": \($0)" } ?? ""))
  }
}

extension Plane {
  /// Greys from black to white over what a field has, so that two exposures look alike; black outside the region that is shown.
  func relative(to field: Mask, within shown: Mask) -> Plane {
    let range = usualRange(within: field)
    let contrast = max(range.upperBound - range.lowerBound, .ulpOfOne)
    var result = Plane(width: width, height: height)
    for i in pixels.indices where shown.pixels[i] {
      result.pixels[i] = min(1, max(0, (pixels[i] - range.lowerBound) / contrast))
    }
    return result
  }
}
