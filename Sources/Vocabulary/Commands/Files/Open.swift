import Angiography
import Base
import Imaging
import Language
import Networks

extension Command {
  static let open = Command(
    "open", "read a saved network or an image",
    [.argument("path", .path, "a .safetensors file, or an image")],
    help: Help(
      "Networks come back bit for bit, with their history but for its times, and a damaged file is refused. An image is "
        + "read as `load` reads it; of 16 bits it may use fewer, its own brightest pixel decides how many.",
      examples: ["net = open (save (unet width: 4) \"start.safetensors\")"]),
    plan: plan, run: run)
}

/// The ending of files that hold a network.
let networkEnding = "safetensors"

private func plan(_ call: inout CheckedCall) -> Planned<String> {
  let path = call.text("path")
  if let written = call.written(atPath: "path") { return Planned(path, result: opened(written)) }
  guard let place = call.place(ofPath: "path") else { return Planned(path) }
  if fileExtension(of: place) == networkEnding { return Planned(path, result: savedNetwork(at: place, &call)) }
  do throws(ImageError) { _ = try call.header(ofImageAt: place) } catch { call.report(error, on: "path") }
  return Planned(path, result: Known(.object(ImageValue.typeName)))
}

private func savedNetwork(at place: String, _ call: inout CheckedCall) -> Known? {
  let outline = call.remembered("network \(place)") { _ in
    Result { () throws(SavingError) in try SavedNetworkOutline(probing: place) }
  }
  switch outline {
  case .success(let outline):
    do throws(FeatureError) { return .network(try NetworkFacts(outline)) } catch {
      call.report(error, on: "path")
    }
  case .failure(let error): call.report(error, on: "path")
  }
  return .network(NetworkFacts())
}

/// What is known of a value that was saved and is opened again.
private func opened(_ value: Known) -> Known? {
  switch value.kind {
  case .object(NetworkValue.typeName): value.facts.map { Known(value.kind, facts: $0) }
  case .object(ImageValue.typeName), .object(MaskValue.typeName): Known(.object(ImageValue.typeName))
  default: nil
  }
}

private func run(_ path: String, _ context: Context) throws -> Value {
  let place = try context.host.pathToRead(path)
  if fileExtension(of: place) == networkEnding {
    let saved = try SavedNetwork(opening: place)
    if !saved.isSealed {
      context.host.note(
        "\(path) is of an earlier cnp and has no checksum, so damage would go unseen; `save` gives it one")
    }
    return .object(try NetworkValue(saved))
  }
  let image = try readImage(place)
  let range = SampleRange(of: [image])
  var notes = ImageNotes()
  notes.add(image.remarks(in: range), of: fileName(of: place))
  notes.lines.forEach(context.host.note)
  return .object(ImageValue(image.grey(in: range), name: baseName(of: place), depth: image.depth(in: range)))
}
