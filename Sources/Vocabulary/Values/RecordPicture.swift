import Angiography
import Figures
import Imaging
import Language

/// What a record of one image shows: a sample with the contour of its mask, or a prediction with its map.
struct RecordPicture {
  /// An angiogram; `nil` for a prediction.
  let sample: Sample?
  /// The cells of a prediction under `titles`; `nil` for a sample.
  let row: PanelRow?
  let presentation: Presentation

  /// Titles of a prediction's cells.
  static let titles = ["angiogram", "probability", "marked"]

  /// - Returns: `nil` for a record that is neither, or that can't be drawn.
  init?(_ record: Record) {
    guard let found = try? Angiograms.sample(record) else { return nil }
    if Angiograms.isPrediction(record) {
      guard let map = Angiograms.object(record["map"], as: ImageValue.self)?.plane,
        let mask = Angiograms.object(record["mask"], as: MaskValue.self)?.mask
      else { return nil }
      let cells = [
        PanelCell(.image(found.image)), PanelCell(.probability(map)),
        PanelCell(.outlined(found.image, [.prediction(mask)])),
      ]
      let row = PanelRow(title: found.name, cells: cells)
      let area = MarkedArea(of: mask, in: found).squareMillimetres.map { ", \(formatted($0, decimals: 2)) mm²" } ?? ""
      let caption = "\(found.name): \(Self.share(of: mask, in: found, "marked"))\(area)"
      guard let figure = try? Figure.panel(rows: [row], columnTitles: Self.titles, caption: caption) else { return nil }
      (sample, self.row, presentation) = (nil, row, .figure(figure))
      return
    }
    let caption = Self.facts(of: found)
    if let mask = found.mask {
      let outline = Outline.truth(mask, name: "capillary non-perfusion")
      guard let figure = try? Figure.outlined(image: found.image, [outline], caption: caption) else { return nil }
      presentation = .figure(figure)
    } else {
      presentation = .figure(.image(found.image, caption: caption))
    }
    (sample, row) = (found, nil)
  }

  /// Name, size, case, field of view, non-perfusion.
  private static func facts(of sample: Sample) -> String {
    let image = sample.image
    let frame = Double(max(image.pixels.count, 1))
    var parts = ["\(sample.name): \(image.width)×\(image.height)"]
    if let caseName = sample.facts.caseName, caseName != sample.name { parts.append("case \(caseName)") }
    let field = Double(sample.fieldOfView.area) / frame
    parts.append("field of view \(formatted(100 * field, decimals: 1)) % of the frame")
    parts.append(sample.mask.map { share(of: $0, in: sample, "non-perfusion") } ?? "no mask")
    return parts.joined(separator: ", ")
  }

  private static func share(of mask: Mask, in sample: Sample, _ what: String) -> String {
    let area = MarkedArea(of: mask, in: sample)
    let share = area.share.map { " \(formatted(100 * $0, decimals: 1)) % of \([area].wholeInWords)" } ?? ""
    return "\(what)\(share) (\(area.pixels) px)"
  }
}
