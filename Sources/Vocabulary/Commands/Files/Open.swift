import Base
import Imaging
import Language

extension Command {
  static let open = Command(
    "open", "read a saved network, a segmenter, a calibrator or an image",
    [
      .argument(
        "path", .path,
        "a .safetensors or .json file, an image, or `builtin:` and the name of a model that comes with the program")
    ],
    help: Help(
      "Networks come back bit for bit, with their history but for its times, and a damaged file is refused. An image is "
        + "read as `load` reads it; of 16 bits it may use fewer, its own brightest pixel decides how many. "
        + "`builtin:unet`, `builtin:pixel-gan` and `builtin:stacked` are segmenters that were trained on thirteen public angiograms with branch vein "
        + "occlusion: `explain 'builtin:unet'` shows a card, the networks of the first two stand in `.networks`.",
      examples: [
        "found = predict (open \"builtin:stacked\") (phantom 1 size: 128)",
        "net = open (save (unet width: 4) \"start.safetensors\")",
      ]),
    codes: ShippedModels.codes, plan: plan, run: run)
}

private func plan(_ call: inout CheckedCall) -> Planned<String> {
  let path = call.text("path")
  if let path, ShippedModels.isOne(path) {
    do throws(Failure) {
      let place = try ShippedModels.place(of: path)
      return Planned(path, result: type(ofFileAt: place).known(ofFileAt: place, &call))
    } catch {
      call.report(error, on: "path")
      return Planned(nil)
    }
  }
  if let written = call.written(atPath: "path") { return Planned(path, result: opened(written, at: path)) }
  guard let place = call.place(ofPath: "path") else { return Planned(path) }
  if let path, pathKind(place) == .folder {
    call.report(
      Failure("not-a-file", "\(quoted(path)) is a folder", hint: "`load` reads the images in one"), on: "path")
    return Planned(nil)
  }
  return Planned(path, result: type(ofFileAt: place).known(ofFileAt: place, &call))
}

/// What a file is opened as, by its ending, and by what it holds where several types have that.
private func type(ofFileAt place: String) -> any Openable.Type {
  let ending = fileExtension(of: place)
  let types = standardTypes.compactMap { $0 as? any Openable.Type }
  return types.first { $0.openedEndings.contains(ending) && $0.isFile(at: place) } ?? ImageValue.self
}

/// What is known of a value that was saved and is opened again.
private func opened(_ value: Known, at path: String?) -> Known? {
  guard case .object(let name) = value.kind,
    let type = standardTypes.first(where: { $0.typeName == name }) as? any Savable.Type
  else { return nil }
  if let kind = type.fileForm.openedKind {
    // A mask's polygons are no image.
    return path.map { ImageFormat.endings.contains(fileExtension(of: $0)) } == true ? Known(kind) : nil
  }
  return type is any Openable.Type ? Known(value.kind, facts: value.facts) : nil
}

private func run(_ path: String, _ context: Context) throws -> Value {
  let place = try context.host.pathToRead(ShippedModels.isOne(path) ? ShippedModels.place(of: path) : path)
  return try type(ofFileAt: place).open(place, writtenAs: path, context)
}
