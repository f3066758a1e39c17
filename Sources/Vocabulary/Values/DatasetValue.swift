import Angiography
import Base
import Figures
import Imaging
import Language

/// Angiograms, with or without masks.
public struct DatasetValue: ObjectValue, Describable {
  public let dataset: Dataset

  public init(_ dataset: Dataset) { self.dataset = dataset }

  public static let typeName = "dataset"
  public static let meaning = "angiograms with their masks, cases and facts; its elements are records of one image"
  public static let members = [
    MemberDeclaration("name", .text, "where the images come from"),
    MemberDeclaration("names", .list(of: .text), "the images' base names, in order"),
    MemberDeclaration("cases", .list(of: .text), "the cases, each once, in order"),
    MemberDeclaration("images", .list(of: .object("image")), "the images, in order"),
    MemberDeclaration("masks", .list(of: .object("mask")), "the masks of the images that have one"),
  ]

  public var summary: String {
    let masked = dataset.samples.count { $0.mask != nil }
    let size = dataset.workingSize.map { ", worked at \($0)×\($0)" } ?? ""
    let augmented = dataset.augmentation == nil ? "" : ", augmented"
    let seen = dataset.features == [.grey] ? "" : ", \(dataset.features.count) features"
    return
      "dataset “\(dataset.name)”: \(counted(dataset.samples.count, "image")), \(counted(masked, "mask"))\(size)\(augmented)\(seen)"
  }

  /// With its sizes, its cases, and how much of the fields of view, as far as they are graded, is not perfused.
  public var display: String {
    let samples = dataset.samples
    let sizes = Set(samples.map { "\($0.image.width)×\($0.image.height)" })
    var parts = [summary]
    if let size = sizes.first { parts.append(sizes.count == 1 ? size : "\(sizes.count) sizes") }
    let cases = Set(samples.compactMap(\.facts.caseName)).count
    if cases > 0 { parts.append("\(cases) case\(cases == 1 ? "" : "s")") }
    let areas = samples.compactMap { sample in sample.mask.map { MarkedArea(of: $0, in: sample) } }
    if let share = meanAndDeviation(areas.compactMap { $0.share.map { 100 * $0 } }) {
      let mean = meanText(share.mean, share.deviation, decimals: 1)
      parts.append("non-perfusion \(mean) % of \(areas.wholeInWords)")
    }
    return parts.joined(separator: ", ")
  }

  public var count: Int? { dataset.samples.count }
  public var facts: (any Facts)? { DatasetFacts(dataset) }

  /// One image as a record with all that is known of it: `name`, `image`, `mask`, `field` (of view), `ungraded`, `territory`,
  /// `case`, `visit`, `eye`, `phase`, `grader`, `mm-per-pixel` with its `scale-source`, `field-angle`, `fovea`, `disc`, none where
  /// there is none. `Angiograms.sample` makes the image's sample of it again.
  public func element(at index: Int) throws -> Value {
    let sample = dataset.samples[index]
    var record = Record(["name": .text(sample.name), "image": .object(ImageValue(sample))])
    record["mask"] = sample.mask.map { .object(MaskValue($0)) } ?? Value.none
    record.add(factsOf: sample)
    return .record(record)
  }

  public func member(_ name: String) throws -> Value {
    let samples = dataset.samples
    switch name {
    case "name": return .text(dataset.name)
    case "names": return .list(samples.map { .text($0.name) })
    case "images": return .list(samples.map { .object(ImageValue($0)) })
    case "masks": return .list(samples.compactMap { $0.mask.map { .object(MaskValue($0)) } })
    default:
      var seen = Set<String>()
      let cases = samples.compactMap(\.facts.caseName).filter { seen.insert($0).inserted }
      return .list(cases.map { .text($0) })
    }
  }

  /// A row an image: size, share of the frame that is field of view, and how much of that, as far as it is graded, is not
  /// perfused.
  public func description() throws -> Value {
    let areas = dataset.samples.map { sample in sample.mask.map { MarkedArea(of: $0, in: sample) } }
    let rows = zip(dataset.samples, areas).map { sample, marked -> [TableValue.Cell] in
      let fieldShare = Double(sample.fieldOfView.area) / Double(sample.image.pixels.count)
      return [
        .text(sample.name),
        sample.facts.caseName.map { .text($0) } ?? .empty,
        .text("\(sample.image.width)×\(sample.image.height)"),
        .number(100 * fieldShare, decimals: 1),
        marked.map { .number($0.share.map { 100 * $0 } ?? .nan, decimals: 1) } ?? .empty,
      ]
    }
    let share = areas.compactMap(\.self).arePartlyGraded ? "non-perfusion, % of graded" : "non-perfusion, %"
    return .object(
      TableValue(title: summary, columns: ["image", "case", "size", "field of view, %", share], rows: rows))
  }
}

extension Record {
  /// What is known of a sample beside its image and its mask, as `field` (of view) and so on.
  mutating func add(factsOf sample: Sample) {
    func text(_ text: String?) -> Value { text.map { .text($0) } ?? Value.none }
    let facts = sample.facts
    self["field"] = .object(MaskValue(sample.fieldOfView))
    self["ungraded"] = sample.ungraded.map { .object(MaskValue($0)) } ?? Value.none
    self["territory"] = sample.territory.map { .object(MaskValue($0)) } ?? Value.none
    self["case"] = text(facts.caseName)
    self["visit"] = text(facts.visit)
    self["eye"] = text(facts.eye?.rawValue)
    self["phase"] = text(facts.phase?.rawValue)
    self["grader"] = text(facts.grader)
    self["mm-per-pixel"] = sample.scale.map { .number($0.millimetresPerPixel) } ?? Value.none
    self["scale-source"] = text(sample.scale?.source.rawValue)
    self["field-angle"] = facts.fieldAngle.map { .number($0, .degrees) } ?? Value.none
    self["fovea"] = facts.landmarks.fovea.map { .record($0.record()) } ?? Value.none
    let landmarks = facts.landmarks
    self["disc"] =
      landmarks.disc.map { .record($0.record(diameter: landmarks.discDiameter)) }
      // One whose size alone is known still gives the scale.
      ?? landmarks.discDiameter.map {
        .record(Record(["x": Value.none, "y": Value.none, "diameter": .number($0, .pixels), "confidence": Value.none]))
      } ?? Value.none
  }

  /// What is known of these fields before there is a sample.
  static let knownFacts: [(name: String, value: Known)] =
    [("field", Known(.object(MaskValue.typeName)))]
    + [
      "ungraded", "territory", "case", "visit", "eye", "phase", "grader", "mm-per-pixel", "scale-source", "field-angle",
      "fovea",
      "disc",
    ].map { ($0, .any) }
}

extension Landmark {
  /// As a sample's record has it; `diameter` is of a disc.
  fileprivate func record(diameter: Double?? = nil) -> Record {
    var record = Record(["x": .number(x, .pixels), "y": .number(y, .pixels)])
    if let diameter { record["diameter"] = diameter.map { .number($0, .pixels) } ?? Value.none }
    record["confidence"] = confidence.map { .number($0) } ?? Value.none
    return record
  }
}

extension DatasetValue: Presentable {
  /// A contact sheet.
  var presentations: [Presentation] { get throws { [.figure(try .contactSheet(dataset.samples, caption: display))] } }
}

extension DatasetValue: Savable {
  static let fileForm = FileForm(
    "datasets", .folder, "they are written as a folder of files", forms: SaveForm.allCases)

  /// `images/<name>.png`, `masks/<name>.png` where there is one, and `manifest.csv`, which `load` reads back.
  func write(to folder: FileTarget) throws {
    switch folder.form {
    case .own: try writeManifest(to: folder)
    case .labelme: try folder.writeForLabelme(dataset.samples, masks: dataset.samples.map(\.mask))
    case .nnunet: try folder.writeForNNUNet(dataset.samples)
    }
  }

  private func writeManifest(to folder: FileTarget) throws {
    var lines = [
      [
        "image", "mask", "case", "visit", "eye", "phase", "grader", "mm-per-pixel", "field-angle", "fovea-x", "fovea-y",
        "disc-x", "disc-y", "disc-diameter",
      ]
    ]
    var foundLandmarks = 0
    for sample in dataset.samples {
      let image = "images/\(sample.name).png"
      try folder.write(sample.image, named: image, depth: folder.depth ?? sample.depth)
      let mask = sample.mask == nil ? "" : "masks/\(sample.name).png"
      if let marked = sample.mask { try folder.write(marked.plane, named: mask, depth: .eight) }
      let facts = sample.facts
      func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
      // A manifest holds what somebody has marked; what was found can be found again.
      let (fovea, disc) = (facts.landmarks.fovea, facts.landmarks.disc)
      let (markedFovea, markedDisc) = (
        fovea?.confidence == nil ? fovea : nil, disc?.confidence == nil ? disc : nil
      )
      foundLandmarks += fovea != markedFovea || disc != markedDisc ? 1 : 0
      lines.append([
        image, mask, facts.caseName ?? "", facts.visit ?? "", facts.eye?.rawValue ?? "", facts.phase?.rawValue ?? "",
        facts.grader ?? "", text(facts.millimetresPerPixel), text(facts.fieldAngle), text(markedFovea?.x),
        text(markedFovea?.y), text(markedDisc?.x), text(markedDisc?.y),
        text(disc == markedDisc ? facts.landmarks.discDiameter : nil),
      ])
    }
    try folder.write(lines, named: "manifest.csv")
    if foundLandmarks > 0 {
      folder.note(
        "landmarks that were found are not written, in \(counted(foundLandmarks, "image")): `landmarks` finds them again"
      )
    }
    let partly = dataset.samples.count { $0.ungraded != nil }
    if partly > 0 { folder.note("pixels that nobody has graded are saved as unmarked, in \(counted(partly, "mask"))") }
  }
}
