import Angiography
import Base
import Foundation
import Imaging
import Testing

/// What `load` makes of masks, and tells of them.
@Suite struct LoadedMasks {
  /// A folder with these masks for images of the same names.
  private func withMasks<Result>(_ masks: [(String, RasterImage)], _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { root in
      try makeFolder(root + "/images")
      try makeFolder(root + "/masks")
      for (number, (name, mask)) in masks.enumerated() {
        try writePNG(angiogram(number), to: "\(root)/images/\(name).png")
        try writePNG(mask, to: "\(root)/masks/\(name).png")
      }
      return try body(root)
    }
  }

  /// Bright stripes of its own width on a disc.
  private func angiogram(_ number: Int) -> Plane {
    Plane(
      width: 128, height: 128,
      pixels: (0..<128 * 128).map { pixel in
        let isLit = DrawnMask.inside(pixel, centre: (64, 64), radius: 60)
        return isLit ? Float(80 + (pixel % 128 / (number + 3) % 2) * 90 + pixel % 23) / 255 : 0
      })
  }

  private func load(_ root: String, label: Int? = nil, ignore: Int? = nil) throws -> LoadedDataset {
    try loadDataset(
      images: root + "/images", masks: .folder(root + "/masks"), options: LoadOptions(label: label, ignore: ignore))
  }

  private func areas(_ loaded: LoadedDataset) -> [Int?] { loaded.dataset.samples.map { $0.mask?.area } }

  @Test func plainMasksNeedNoWords() throws {
    let masks = [(0, 255), (0, 1), (0, 40)].enumerated().map { number, pair in
      ("eye-\(number)", DrawnMask.grey(DrawnMask.values(UInt16(pair.0), UInt16(pair.1)), white: 255))
    }
    try withMasks(masks) { root in
      let loaded = try load(root)
      #expect(areas(loaded) == [2061, 2061, 2061])
      #expect(loaded.notes.isEmpty && loaded.warnings.isEmpty)
    }
  }

  /// Of 255 as the only mark in most masks, one that has it beside a class takes nothing away; most do.
  @Test func theConventionIsTheMajoritys() throws {
    func masks(plain: Int, classed: Int) -> [(String, RasterImage)] {
      (0..<plain + classed).map { number in
        let values = number < plain ? DrawnMask.values(0, 255) : DrawnMask.values(0, 1, also: 255)
        return ("eye-\(number)", DrawnMask.grey(values, white: 255))
      }
    }
    let mostlyPlain = try withMasks(masks(plain: 3, classed: 1)) { root in areas(try load(root)) }
    #expect(mostlyPlain == [2061, 2061, 2061, 2061])
    try withMasks(masks(plain: 1, classed: 3)) { root in
      let loaded = try load(root)
      #expect(areas(loaded) == [0, 2061, 2061, 2061])
      #expect(loaded.dataset.samples[0].ungraded?.area == 2061)
    }
  }

  /// A label that no mask can hold is a mistake like others.
  @Test func labelsBeyondAllValues() throws {
    try withMasks([("eye", DrawnMask.grey(DrawnMask.values(0, 1), white: 255))]) { root in
      for label in [-1, 70000] { #expect(throws: DatasetError.self) { try load(root, label: label) } }
    }
  }

  @Test func moreThanTwoValuesAndNothingMarkedAreTold() throws {
    let empty = DrawnMask.grey([UInt16](repeating: 0, count: 128 * 128), white: 255)
    let classes = DrawnMask.grey(DrawnMask.values(0, 1, also: 2), white: 255)
    try withMasks([("a", empty), ("b", classes), ("c", empty)]) { root in
      let loaded = try load(root)
      #expect(areas(loaded) == [0, 2061 + 502, 0])
      #expect(
        loaded.notes == [
          "the mask of b: classes 1, 2, all taken as non-perfusion; `label:` picks one",
          "the masks of a, c: nothing is marked: every pixel is 0",
        ])
      let labelled = try load(root, label: 2)
      #expect(labelled.notes == ["the masks of a, c: nothing is marked: no pixel has the label 2"])
    }
  }

  /// An eye without class 1 has 0 and 255 alone; by itself its 255 would be a mark.
  @Test func masksOfADatasetAgreeOnWhatIsUngraded() throws {
    let lesion = DrawnMask.grey(DrawnMask.values(0, 1, also: 255), white: 255)
    let healthy = DrawnMask.grey(DrawnMask.values(0, 255), white: 255)
    try withMasks([("healthy", healthy), ("lesion", lesion)]) { root in
      let loaded = try load(root)
      #expect(areas(loaded) == [0, 2061])
      #expect(loaded.dataset.samples.map { $0.ungraded?.area } == [2061, 502])
      #expect(loaded.notes.contains { $0.hasPrefix("all masks: 255 beside classes is taken as not graded") })
      let told = try load(root, ignore: 9)
      #expect(areas(told) == [2061, 2061 + 502] && told.notes.contains { $0.contains("no mask holds the value 9") })
    }
    // Nor is 1 the background where other masks show that 0 is.
    let full = DrawnMask.grey(DrawnMask.values(1, 2), white: 255)
    try withMasks([("all", full), ("part", DrawnMask.grey(DrawnMask.values(0, 1, also: 2), white: 255))]) { root in
      let read = areas(try load(root))
      #expect(read == [128 * 128, 2061 + 502])
    }
  }

  @Test func ungradedPixelsCountInNoMeasure() throws {
    try withMasks([("eye", DrawnMask.grey(DrawnMask.values(0, 1, also: 255), white: 255))]) { root in
      let sample = try load(root).dataset.samples[0]
      // Everything is marked by the prediction: what is ungraded is no false positive.
      let all = Mask(width: 128, height: 128, filledWith: true)
      let report = try MetricsReport(predictions: [all], samples: [sample], within: .image)
      let counts = report.pooled
      #expect(counts.truePositives == 2061 && counts.falsePositives == 128 * 128 - 2061 - 502)
      let inside = try MetricsReport(predictions: [all], samples: [sample]).pooled
      #expect(inside.truePositives + inside.falsePositives == sample.fieldOfView.area - 502)
      let curves = try OperatingCurves(maps: [all.plane], samples: [sample])
      #expect(abs(curves.prevalence - 2061 / Double(sample.fieldOfView.area - 502)) < 1e-9)
    }
  }

  @Test func aPhotographAmongTheMasksIsWarnedOf() throws {
    try withMasks([
      ("a", DrawnMask.grey(DrawnMask.values(0, 255), white: 255)), ("b", try angiogram(7).quantised(.eight)),
    ]) { root in
      let loaded = try load(root)
      #expect(loaded.warnings.count == 1 && loaded.warnings[0].contains("the mask of b"))
      #expect(loaded.warnings[0].contains("as in a photograph"))
    }
  }

  /// Marked around the field of view, and inside but for the disc.
  @Test func masksThatLookInvertedAreWarnedOf() throws {
    let inverted = DrawnMask.grey(DrawnMask.values(255, 0), white: 255)
    try withMasks([("a", DrawnMask.grey(DrawnMask.values(0, 255), white: 255)), ("b", inverted), ("c", inverted)]) {
      root in
      let warnings = try load(root).warnings
      #expect(
        warnings == [
          "the masks of b, c: 100 % of what lies outside the field of view is marked; they may be inverted, with white "
            + "for what is perfused"
        ])
    }
    // What spills over the edge of the field is no sign of it.
    let half = (0..<128 * 128).map { UInt16($0 / 128 < 64 ? 255 : 0) }
    let spilt = try withMasks([("a", DrawnMask.grey(half, white: 255))]) { root in try load(root).warnings }
    #expect(spilt == [])
  }

  @Test func theImagesThemselvesAreNoMasks() throws {
    try withMasks([("a", try angiogram(0).quantised(.eight))]) { root in
      // A copy of the image, by its pixels.
      let copied = #expect(throws: DatasetError.self) { try load(root) }
      #expect(copied?.code == "mask-is-image")
      // The images' own folder, by name and through a link; checking finds it without a pixel.
      try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: root + "/images")
      for folder in ["/images", "/link"] {
        let own = #expect(throws: DatasetError.self) {
          try outlineDataset(images: root + "/images", masks: .folder(root + folder))
        }
        #expect(own?.code == "mask-is-image" && own?.problems.count == 1)
      }
      try writeFile("image,mask\nimages/a.png,images/a.png\n", to: root + "/own.csv")
      let listed = #expect(throws: DatasetError.self) { try outlineDataset(images: root + "/own.csv") }
      #expect(listed?.code == "mask-is-image")
    }
  }
}
