import Base
import Figures

/// A figure as the files of a report have it: drawings that take turns do so in the PNG, the others have the first alone.
struct DrawnFigure: Codable {
  let png, svg, pgm: [UInt8]
  /// A PNG of the first drawing where several take turns in `png`; else empty.
  let still: [UInt8]
  /// What stands in a page (`Figure.pageDrawing`); empty where it is only pixels, or moves.
  let page: [UInt8]
  /// Whether it is nothing but pixels, which a vector file would only wrap.
  let isPixelsOnly: Bool
  /// The SHA-256 of each file, by its ending.
  let digests: [String: String]

  init(_ figure: Figure) throws(FigureError) {
    png = try figure.png()
    svg = try figure.svg()
    pgm = try figure.pgm()
    still = figure.turns.isEmpty ? [] : try figure.still.png()
    isPixelsOnly = figure.soleGreyPixels != nil
    page = isPixelsOnly || !figure.turns.isEmpty ? [] : try figure.pageDrawing()
    digests = ["png": sha256(of: png), "svg": sha256(of: svg), "pgm": sha256(of: pgm)]
  }

  /// The files that it is written as, by their endings.
  var files: [(ending: String, bytes: [UInt8])] { [("png", png), ("svg", svg), ("pgm", pgm)] }

  /// What the cache keeps under a figure's key.
  struct Entry: Codable {
    let blob: String
  }
}

extension CacheFolder {
  /// A figure that was drawn before.
  func drawn(_ key: String, _ digests: FileDigests) -> DrawnFigure? {
    for (name, bytes) in entries(key) {
      guard let entry = try? restored(DrawnFigure.Entry.self, from: bytes), let blob = blob(entry.blob, digests),
        let drawn = try? restored(DrawnFigure.self, from: blob)
      else { continue }
      touch(entry: name, under: key)
      return drawn
    }
    return nil
  }

  /// Where it can't be kept, it is drawn another time.
  func keep(_ drawn: DrawnFigure, under key: String) {
    guard let bytes = try? storedForm(of: drawn), let blob = try? keep(bytes),
      let entry = try? storedForm(of: DrawnFigure.Entry(blob: blob))
    else { return }
    try? keep(entry: entry, under: key)
  }
}
