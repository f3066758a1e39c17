import Angiography
import Base
import Imaging
import Language

/// Angiograms as commands take them: a dataset, or one image in any of the forms that it has here.
enum Angiograms {
  /// A dataset, an image, a sample as `eyes[0]` gives it, some of these as `eyes[0..2]` does, or the path of an image
  /// file, a folder or a manifest.
  static let accepts: Accepts = .either([
    .object(DatasetValue.typeName), .object(ImageValue.typeName), .record, .path, .list(of: .record),
  ])

  static let help = "angiograms: a dataset, one of them (`eyes[0]`), an image, or the path of an image file or a folder"

  /// The dataset that an argument is or stands for.
  ///
  /// - Throws: `no-image` for a record that is no sample, `not-finite` and `not-grey` for an image whose values are no grey in [0, 1], what
  ///   loading throws for a path.
  static func dataset(_ value: Value, _ context: Context) throws -> Dataset {
    switch value {
    case .object(let object):
      if let data = object as? DatasetValue { return data.dataset }
      guard let image = object as? ImageValue else { preconditionFailure("the signature asks for angiograms") }
      try requireGrey(image.plane)
      let name = image.name.isEmpty ? "image" : image.name
      let sample = Sample(name: name, image: image.plane, mask: nil, fieldOfView: findFieldOfView(image.plane))
      return Dataset(name: name, samples: [sample])
    case .record(let record):
      let sample = try sample(record)
      return Dataset(name: sample.name, samples: [sample])
    case .list(let records):
      let samples = try records.map { record in
        guard case .record(let record) = record else { preconditionFailure("the signature asks for records") }
        return try sample(record)
      }
      guard !samples.isEmpty else { throw Failure("no-images", "this list is empty: there is no angiogram in it") }
      if let twins = Dictionary(grouping: samples, by: \.name).first(where: { $0.value.count > 1 }) {
        throw DatasetError([.sameName(first: twins.key, second: twins.key)])
      }
      return Dataset(name: counted(samples.count, "angiogram"), samples: samples)
    case .text(let path): return try loaded(path, context)
    default: preconditionFailure("the signature asks for angiograms")
    }
  }

  /// Whether a file is read as an image: what is no list of files.
  static func isImage(_ path: String) -> Bool {
    pathKind(path) == .file && !["csv", "tsv", "txt"].contains(fileExtension(of: path))
  }

  /// Of paths: each image may have a size of its own, as nothing learns from these; nor are masks looked for.
  static let options = LoadOptions(allowsMixedSizes: true, findsMasks: false)

  private static func loaded(_ path: String, _ context: Context) throws -> Dataset {
    let place = try context.host.pathToRead(path)
    let loaded = try isImage(place) ? loadDataset(imageFile: place) : loadDataset(images: place, options: options)
    for file in loaded.files { _ = try context.host.pathToRead(file) }
    loaded.notes.forEach(context.host.note)
    loaded.warnings.forEach(context.host.warn)
    return loaded.dataset
  }

  /// The sample that a record with an `image` is; what a prediction's record holds as `mask` is no truth.
  ///
  /// - Throws: `no-image`, `not-finite`, `not-grey`, and `mask-size-differs` where a mask doesn't lie on the image.
  static func sample(_ record: Record) throws(Failure) -> Sample {
    guard let image = object(record["image"], as: ImageValue.self) else { throw noImage(record.names) }
    try requireGrey(image.plane)
    let named = text(record["name"]) ?? image.name
    var facts = SampleFacts(
      caseName: text(record["case"]), visit: text(record["visit"]),
      eye: text(record["eye"]).flatMap { Eye(rawValue: $0) }, grader: text(record["grader"]))
    func number(_ value: Value?) -> Double? { if case .number(let number, _)? = value { number } else { nil } }
    func landmark(_ field: String) -> Landmark? {
      guard case .record(let place)? = record[field], let x = number(place["x"]), let y = number(place["y"]) else {
        return nil
      }
      return Landmark(x: x, y: y, confidence: number(place["confidence"]))
    }
    facts.phase = text(record["phase"]).flatMap { Phase(named: $0) }
    facts.fieldAngle = number(record["field-angle"]).flatMap { $0 > 0 ? $0 : nil }
    facts.landmarks = Landmarks(fovea: landmark("fovea"), disc: landmark("disc"))
    if case .record(let disc)? = record["disc"] { facts.landmarks.discDiameter = number(disc["diameter"]) }
    // A scale that follows from other facts is found from them again.
    let source = text(record["scale-source"]) ?? RetinalScale.Source.given.rawValue
    if let scale = number(record["mm-per-pixel"]), scale > 0, source == RetinalScale.Source.given.rawValue {
      facts.millimetresPerPixel = scale
    }
    let sample = Sample(
      name: named.isEmpty ? "image" : named, image: image.plane,
      mask: isPrediction(record) ? nil : try mask("mask", of: record, on: image.plane),
      fieldOfView: try mask("field", of: record, on: image.plane) ?? findFieldOfView(image.plane),
      ungraded: try mask("ungraded", of: record, on: image.plane),
      territory: try mask("territory", of: record, on: image.plane),
      depth: image.depth ?? .eight, facts: facts)
    for (field, place) in [("fovea", facts.landmarks.fovea), ("disc", facts.landmarks.disc)] {
      guard let place, !sample.shows(place) else { continue }
      throw Failure(
        "no-point",
        "the record's `\(field)` lies outside its image, which is \(image.plane.width)×\(image.plane.height)")
    }
    return sample
  }

  /// A mask that a record holds; `nil` where it holds none.
  ///
  /// - Throws: `mask-size-differs` where it doesn't lie on the image.
  static func mask(_ field: String, of record: Record, on image: Plane) throws(Failure) -> Mask? {
    guard let mask = object(record[field], as: MaskValue.self)?.mask else { return nil }
    guard mask.width == image.width, mask.height == image.height else {
      throw Failure(
        "mask-size-differs",
        "the record's `\(field)` is \(mask.width)×\(mask.height), its `image` \(image.width)×\(image.height)")
    }
    return mask
  }

  /// Whether a record is one of predictions: it holds the map of probabilities.
  static func isPrediction(_ record: Record) -> Bool { record["map"] != nil }

  static func noImage(_ fields: [String]) -> Failure {
    Failure(
      "no-image", "this record holds no `image`: its fields are \(fields.joined(separator: ", "))",
      hint: "a sample of a dataset is one that does: `eyes[0]`")
  }

  static func object<T: ObjectValue>(_ value: Value?, as type: T.Type) -> T? {
    if case .object(let object)? = value { object as? T } else { nil }
  }

  private static func text(_ value: Value?) -> String? {
    if case .text(let text)? = value { text } else { nil }
  }
}

extension Host {
  /// Says what a careful reader should know: a line, in which control characters of names are seen.
  func note(_ text: String) { emit(.text("note: \(visible(text, isRow: true))")) }

  /// Says what is probably a mistake.
  func warn(_ text: String) { emit(.text("warning: \(visible(text, isRow: true))")) }
}
