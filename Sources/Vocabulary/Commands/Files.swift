import Angiography
import Figures
import Files
import Language
import Networks

/// Values to files and back: `save open`.
enum Files {
  static var commands: [Command] { [save, open] }

  static let save = Command(
    "save", "write a value below the output folder",
    [
      .argument("x", .any, "what to write"),
      .argument("path", .text, "a file, or a folder for datasets and predictions; its ending chooses the format"),
      .option("depth", .choice(["8", "16"]), default: .text("8"), "bits a pixel of images and probabilities"),
    ],
    result: .text,
    help: Help(
      "Images and masks: .png or .pgm. Figures: .png, .pgm, .svg or .pdf. Networks: .safetensors. Tables and metrics: "
        + ".csv; metrics also .json. Predictions fill a folder with one mask and one probability PNG an image, under "
        + "its own name and at its own size, and a CSV. Datasets fill a folder with images, masks and a manifest that "
        + "`load` reads. Files are written whole or not at all. Answers with the path as it was given.",
      examples: ["save (phantom 1 size: 64)[0].image \"phantom.png\"", "save (unet width: 4) \"start.safetensors\""])
  ) { arguments, context in
    let path = arguments.text("path")
    guard !path.isEmpty else { throw Failure("empty-path", "save needs a file name") }
    let file = try context.host.pathToWrite(path)
    let depth: SampleDepth = arguments.text("depth") == "16" ? .sixteen : .eight
    try write(arguments["x"], to: file, depth: depth)
    return .text(path)
  }

  private static func write(_ value: Value, to path: String, depth: SampleDepth) throws {
    switch value {
    case .text(let text): try writeFile(text, to: path)
    case .object(let object):
      switch object {
      case let image as ImageValue: try write(image.plane, to: path, depth: depth)
      case let mask as MaskValue: try write(mask.mask.plane, to: path, depth: .eight)
      case let figure as FigureValue: try writeFile(figure.figure.file(try figureFormat(path)), to: path)
      case let table as TableValue:
        try require("csv", path, "tables are written as .csv")
        try writeFile(table.commaSeparated, to: path)
      case let metrics as MetricsValue:
        try writeFile(fileExtension(of: path) == "json" ? metrics.report.json + "\n" : metrics.report.csv, to: path)
      case let network as NetworkValue:
        try require("safetensors", path, "networks are written as .safetensors")
        try network.saved.save(to: path, engineVersion: engineVersion)
      case let found as PredictionsValue: try FolderOutput.write(found, to: path, depth: depth)
      case let data as DatasetValue: try FolderOutput.write(data.dataset, to: path, depth: depth)
      default: throw Failure("cannot-save", "a \(type(of: object).typeName) has no file format")
      }
    default:
      throw Failure(
        "cannot-save",
        "only texts, images, masks, figures, tables, metrics, networks, datasets and predictions can be saved")
    }
  }

  private static func write(_ plane: Plane, to path: String, depth: SampleDepth) throws {
    switch fileExtension(of: path) {
    case "png": try writePNG(plane, to: path, depth: depth)
    case "pgm": try writePGM(plane, to: path, depth: depth)
    default: throw unknownEnding(path, "images and masks are written as .png or .pgm")
    }
  }

  private static func figureFormat(_ path: String) throws -> FigureFormat {
    guard let format = FigureFormat(rawValue: fileExtension(of: path)) else {
      throw unknownEnding(path, "figures are written as .png, .pgm, .svg or .pdf")
    }
    return format
  }

  private static func require(_ expected: String, _ path: String, _ hint: String) throws {
    guard fileExtension(of: path) == expected else { throw unknownEnding(path, hint) }
  }

  private static func unknownEnding(_ path: String, _ hint: String) -> Failure {
    Failure("unknown-ending", "the ending of '\(path)' names no format that this value has", hint: hint)
  }

  static let open = Command(
    "open", "read a saved network or an image",
    [.argument("path", .path, "a .safetensors file, or an image")],
    help: Help(
      "Networks come back bit for bit, with their history.",
      examples: ["net = open (save (unet width: 4) \"start.safetensors\")"])
  ) { arguments, context in
    let path = try context.host.pathToRead(arguments.text("path"))
    if fileExtension(of: path) == "safetensors" { return .object(try NetworkValue(SavedNetwork(opening: path))) }
    let image = try readImage(path)
    return .object(ImageValue(image.grey, name: baseName(of: path)))
  }
}
