import Angiography
import Base
import Figures
import Imaging
import Language

extension Command {
  static let save = Command(
    "save", "write a value below the output folder",
    [
      .argument("x", .any, "what to write"),
      .argument("path", .text, "a file, or a folder for datasets and predictions; its ending chooses the format"),
      .option(
        "depth", .choice(["8", "16", "auto"]), default: .text("auto"),
        "bits a pixel of images and probabilities; auto: those of an image's own file, else 8"),
      .option(
        "replace", .truth, default: .truth(false),
        "at the prompt, whether a file may be replaced that is not as a session has left it"),
    ],
    result: .text,
    help: Help(
      "Images and masks: .png or .pgm. Figures: .png, .pgm, .svg or .pdf. Networks: .safetensors. Tables and metrics: "
        + ".csv; metrics also .json. Predictions fill a folder with one mask and one probability PNG an image, under "
        + "its own name and at its own size, and a CSV. Datasets fill a folder with images, masks and a manifest that "
        + "`load` reads. In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front. Files are "
        + "written whole or not at all, and through no link. Answers with the path as it was given.",
      examples: ["save (phantom 1 size: 64)[0].image \"phantom.png\"", "save (unet width: 4) \"start.safetensors\""]),
    codes: [
      CodeEntry("empty-path", "a file without a name", .program("save \"a note\" \"\"")),
      CodeEntry(
        "unknown-ending", "an ending that names no format of the value", .program("save (unet width: 4) \"net.bin\"")),
      CodeEntry("cannot-save", "a value without a file format", .program("save [1, 2] \"list.txt\"")),
    ],
    plan: plan, run: run)
}

private struct Plan {
  let value: Value
  let path: String
  /// `nil` keeps that of an image's own file.
  let depth: SampleDepth?
  let isReplacing: Bool
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let value = call["x"]
  call.willWrite(value, toPath: "path")
  guard let path = call.text("path") else { return Planned(nil, result: Known(.text)) }
  if path.isEmpty {
    call.report(Failure("empty-path", "save needs a file name"), on: "path")
  } else if let error = mistake(writing: value.kind, to: path) {
    call.report(error, on: error.code == "cannot-save" ? "x" : "path")
  }
  let result = Known(.text(path))
  guard let arguments = call.completeArguments else { return Planned(nil, result: result) }
  return Planned(
    Plan(
      value: arguments["x"], path: path, depth: Int(arguments.text("depth")).flatMap(SampleDepth.init),
      isReplacing: arguments.truth("replace")), result: result)
}

/// Endings of single files, which no folder should have.
private let knownEndings: Set<String> = [
  "png", "pgm", "ppm", "jpg", "jpeg", "tif", "tiff", "svg", "pdf", "csv", "json", "xlsx", networkEnding,
]

/// Why a value of a kind can't be written at a path, by its ending; `nil` where it can, or where that isn't known.
private func mistake(writing kind: Kind, to path: String) -> Failure? {
  func needs(_ endings: [String], _ hint: String) -> Failure? {
    if endings.contains(fileExtension(of: path)) { return nil }
    return Failure(
      "unknown-ending", "the ending of '\(fileName(of: path))' names no format that this value has", hint: hint)
  }
  switch kind {
  case .any, .oneOf, .text: return nil
  case .object(let name):
    switch name {
    case ImageValue.typeName, MaskValue.typeName, TensorValue.typeName:
      return needs(["png", "pgm"], "images, masks and maps are written as .png or .pgm")
    case FigureValue.typeName:
      return needs(FigureFormat.allCases.map(\.rawValue), "figures are written as .png, .pgm, .svg or .pdf")
    case TableValue.typeName: return needs(["csv"], "tables are written as .csv")
    case NetworkValue.typeName: return needs([networkEnding], "networks are written as .safetensors")
    case PredictionsValue.typeName, DatasetValue.typeName:
      return knownEndings.contains(fileExtension(of: path)) ? needs([], "they are written as a folder of files") : nil
    case MetricsValue.typeName: return nil
    default: return Failure("cannot-save", "\(describe(kind)) has no file format", hint: savable)
    }
  case .record:
    return Failure(
      "cannot-save", "a record has no file format",
      hint: "save one of its fields, as `eyes[0].image` is one; \(savable)")
  default: return Failure("cannot-save", "\(describe(kind)) has no file format", hint: savable)
  }
}

private let savable =
  "texts, images, masks, maps, figures, tables, metrics, networks, datasets and predictions can be saved"

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let host = context.host
  try write(plan.value, to: plan.path, depth: plan.depth) { bytes, path in
    if plan.isReplacing { try host.replace(bytes, at: path) } else { try host.write(bytes, to: path) }
  }
  if case .object(let object) = plan.value, let data = (object as? DatasetValue)?.dataset {
    let partly = data.samples.count { $0.ungraded != nil }
    if partly > 0 {
      host.note("pixels that nobody has graded are saved as unmarked, in \(partly) masks")
    }
  }
  return .text(plan.path)
}

/// Writes a value that has the format which the path names.
///
/// - Parameter depth: of images and probabilities; `nil` keeps that of an image's own file.
private func write(_ value: Value, to path: String, depth: SampleDepth?, by put: FileWriter) throws {
  guard case .object(let object) = value else { return try put(bytes(of: value), path) }
  switch object {
  case let found as PredictionsValue: try FolderOutput.write(found, to: path, depth: depth ?? .eight, by: put)
  case let data as DatasetValue: try FolderOutput.write(data.dataset, to: path, depth: depth, by: put)
  default: try put(bytes(of: object, for: path, depth: depth), path)
  }
}

private func bytes(of value: Value) -> [UInt8] {
  guard case .text(let text) = value else { preconditionFailure("a value without a format is refused before") }
  return Array(text.utf8)
}

/// The bytes of the file that holds a value.
private func bytes(of object: any ObjectValue, for path: String, depth: SampleDepth?) throws -> [UInt8] {
  switch object {
  case let image as ImageValue: return try image.plane.encoded(for: path, depth: depth ?? image.depth ?? .eight)
  case let mask as MaskValue: return try mask.mask.plane.encoded(for: path)
  case let tensor as TensorValue:
    guard let plane = tensor.plane else {
      throw Failure("cannot-save", "the \(tensor.summary) is no single map", hint: "save one of its maps: t[0]")
    }
    return try plane.encoded(for: path, depth: depth ?? .eight)
  case let figure as FigureValue:
    guard let format = FigureFormat(rawValue: fileExtension(of: path)) else {
      preconditionFailure("an ending without a format is refused before")
    }
    return try figure.figure.file(format)
  case let table as TableValue: return Array(table.commaSeparated.utf8)
  case let metrics as MetricsValue:
    let isJSON = fileExtension(of: path) == "json"
    return Array((isJSON ? metrics.report.json.text(.lines) + "\n" : metrics.report.csv).utf8)
  case let network as NetworkValue: return network.saved.encoded(engineVersion: engineVersion)
  default: preconditionFailure("a value without a format is refused before")
  }
}
