import Angiography
import Base
import Figures
import Imaging
import Language
import Methods

/// One map of probabilities an angiogram, at the angiogram's own size.
public struct PredictionsValue: ObjectValue {
  package let found: Predictions

  package init(_ found: Predictions) { self.found = found }

  public init(method: String, samples: [Sample], maps: [Plane]) {
    self.init(Predictions(method: method, samples: samples, maps: maps))
  }

  /// What made them, for column titles.
  public var method: String { found.method }
  public var samples: [Sample] { found.samples }
  /// Probability of non-perfusion in [0, 1]; as many as samples, each of its sample's size.
  public var maps: [Plane] { found.maps }

  /// The pixels called non-perfused.
  public func masks(atLeast threshold: Double = PredictionsValue.threshold) -> [Mask] {
    found.masks(atLeast: threshold)
  }

  public static let typeName = "predictions"
  public static let meaning = "maps of probability and masks of a set of images; its elements are records of one image"
  public static let members = [
    MemberDeclaration("names", .list(of: .text), "the angiograms' base names"),
    MemberDeclaration("maps", .list(of: .object("image")), "the probabilities of non-perfusion"),
    MemberDeclaration("masks", .list(of: .object("mask")), "the maps thresholded at 0.5"),
  ]
  public var summary: String { "predictions of \(method) for \(counted(samples.count, "image"))" }
  public var count: Int? { samples.count }
  public var facts: (any Facts)? {
    let marked = samples.count { $0.mask != nil }
    return PredictionsFacts(
      count: samples.count,
      masks: marked == samples.count ? .all : marked == 0 ? DatasetFacts.Masks.none : .some)
  }

  public func member(_ name: String) throws -> Value {
    switch name {
    case "names": .list(samples.map { .text($0.name) })
    case "maps": .list(zip(samples, maps).map { .object(ImageValue($1, name: $0.name)) })
    default: .list(masks().map { .object(MaskValue($0)) })
    }
  }

  /// One prediction as a record: `name`, `image`, `map`, `mask` (at 0.5), and the sample's facts.
  public func element(at index: Int) throws -> Value {
    var record = Record([
      "name": .text(samples[index].name),
      "image": .object(ImageValue(samples[index])),
      "map": .object(ImageValue(maps[index], name: samples[index].name)),
      "mask": .object(MaskValue(Mask(maps[index], atLeast: Float(Self.threshold)))),
      "method": .text(method),
    ])
    record.add(factsOf: samples[index])
    return .record(record)
  }
}

extension PredictionsValue: Presentable {
  /// The first few as agreement maps.
  var presentations: [Presentation] { get throws { [.figure(try agreementPanel(rows: 4))] } }
}

extension PredictionsValue: Savable {
  static let fileForm = FileForm(
    "predictions", .folder, "they are written as a folder of files", forms: [.own, .labelme])

  /// `<name>.mask.png` and `<name>.probability.png` an image, at the image's own size, and `predictions.csv`.
  func write(to folder: FileTarget) throws {
    let masks = masks()
    if folder.form == .labelme { return try folder.writeForLabelme(samples, masks: masks) }
    var lines = [["image", "mask", "probability", "marked-px", "field-of-view-px", "marked-fraction", "marked-mm2"]]
    for (index, sample) in samples.enumerated() {
      let maskName = "\(sample.name).mask.png"
      let mapName = "\(sample.name).probability.png"
      try folder.write(masks[index].plane, named: maskName, depth: .eight)
      try folder.write(maps[index], named: mapName, depth: folder.depth ?? .eight)
      let marked = MarkedArea(of: masks[index], in: sample)
      lines.append([
        sample.name, maskName, mapName, "\(marked.pixels)", "\(marked.field)", marked.share.map { "\($0)" } ?? "",
        marked.squareMillimetres.map { "\($0)" } ?? "",
      ])
    }
    try folder.write(lines, named: "predictions.csv")
  }
}
