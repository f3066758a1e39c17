import Base
import Imaging

/// The figures of two runs, pixel by pixel.
struct FiguresDifference {
  private let before, after: RunFolder
  /// Of both runs.
  let names: [String]
  /// Those whose files are not the same, with what the page shows of them.
  let changed: [(name: String, pictures: [RunPage.Picture])]

  init(_ before: RunFolder, _ after: RunFolder) throws(BookFileError) {
    (self.before, self.after) = (before, after)
    names = before.figures + after.figures.filter { !before.figures.contains($0) }
    var changed: [(name: String, pictures: [RunPage.Picture])] = []
    for name in names {
      let file = "\(name).png"
      let digests = (before.digest(of: file), after.digest(of: file))
      if digests.0 == digests.1 { continue }
      let one = digests.0 == nil ? nil : try before.bytes(of: file)
      let other = digests.1 == nil ? nil : try after.bytes(of: file)
      var pictures = [
        RunPage.Picture(caption: before.name, png: one, missing: "No such figure."),
        RunPage.Picture(caption: after.name, png: other, missing: "No such figure."),
      ]
      if let one, let other { pictures.append(Self.difference(one, other)) }
      changed.append((name, pictures))
    }
    self.changed = changed
  }

  var sentence: String {
    if names.isEmpty { return "none" }
    if changed.isEmpty { return "the same" }
    return "\(changed.count) of \(names.count) differ: \(changed.prefix(3).map(\.name).joined(separator: ", "))"
      + (changed.count > 3 ? ", …" : "")
  }

  var parts: [RunPage.Part] {
    let same = names.filter { name in !changed.contains { $0.name == name } }
    let note: [RunPage.Part] =
      same.isEmpty ? [] : [.prose("The same in both: \(same.map(escapedMarkdown).joined(separator: ", ")).")]
    return note + changed.flatMap { [.prose("### \(escapedMarkdown($0.name))"), .pictures($0.pictures)] }
  }

  /// Where two pictures differ: white where they are the same, black where they differ most.
  private static func difference(_ one: [UInt8], _ other: [UInt8]) -> RunPage.Picture {
    guard let a = try? RasterImage(decoding: one), let b = try? RasterImage(decoding: other) else {
      return RunPage.Picture(caption: "Difference", png: nil, missing: "A picture can't be read.")
    }
    guard (a.width, a.height, a.channels, a.fullScale) == (b.width, b.height, b.channels, b.fullScale),
      a.palette.isEmpty, b.palette.isEmpty
    else {
      return RunPage.Picture(
        caption: "Difference", png: nil,
        missing: "Their sizes or kinds differ: \(a.width) × \(a.height) and \(b.width) × \(b.height) pixels.")
    }
    let distances = (0..<a.width * a.height).map { pixel in
      (pixel * a.channels..<(pixel + 1) * a.channels).reduce(0) {
        max($0, abs(Int(a.samples[$1]) - Int(b.samples[$1])))
      }
    }
    let largest = distances.max() ?? 0
    if largest == 0, a.isMoving || b.isMoving {
      return RunPage.Picture(
        caption: "Difference", png: nil,
        missing: "The first drawings are alike; those that take turns with them differ.")
    }
    let share = 100 * Double(distances.count { $0 > 0 }) / Double(max(1, distances.count))
    let plane = Plane(
      width: a.width, height: a.height, pixels: distances.map { 1 - Float($0) / Float(max(1, largest)) })
    let percent = share < 0.01 ? "< 0.01" : plain((share * 100).rounded() / 100)
    return RunPage.Picture(
      caption: "Difference, up to \(largest) of \(a.fullScale) in \(percent) % of the pixels; dark where it is large",
      png: try? plane.quantised(.eight).encodedPNG(), missing: "It can't be drawn.")
  }
}

extension RasterImage {
  /// Whether it is the first of several that its file shows by turns.
  fileprivate var isMoving: Bool {
    fileRemarks.contains { if case .oneOfSeveral(.frames, _, _) = $0 { true } else { false } }
  }
}
