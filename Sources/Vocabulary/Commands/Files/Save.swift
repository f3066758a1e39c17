import Base
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
        "form", default: SaveForm.own,
        "of a folder: own, for `load` with all that is known; labelme, images with polygons to correct; nnunet, to train "
          + "there"),
      .option(
        "replace", .truth, default: .truth(false),
        "at the prompt, whether a file may be replaced that is not as a session has left it"),
    ],
    result: .text,
    help: Help(
      "Images and masks: .png or .pgm; masks also .json, as polygons of labelme. Figures: .png, .pgm, .svg or .pdf. Networks, and segmenters of them: .safetensors. Other segmenters: .json. Tables and metrics: "
        + ".csv; metrics also .json. Predictions fill a folder with one mask and one probability PNG an image, under "
        + "its own name and at its own size, and a CSV. Datasets fill a folder with images, masks and a manifest that "
        + "`load` reads. `form: labelme` fills a folder with images and their polygons, which hold the very pixels of masks or "
        + "predictions; `form: nnunet` writes imagesTr, labelsTr and dataset.json, and images without masks to imagesTs: "
        + "nnU-Net wants the folder to be called Dataset001_NAME. In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front. Files are "
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
  let form: SaveForm
  let isReplacing: Bool
}

private func plan(_ call: inout CheckedCall) -> Planned<Plan> {
  let value = call["x"]
  call.willWrite(value, toPath: "path")
  guard let path = call.text("path") else { return Planned(nil, result: Known(.text)) }
  if path.isEmpty {
    call.report(Failure("empty-path", "save needs a file name"), on: "path")
  } else if let form = call.text("form").flatMap(SaveForm.init),
    let error = mistake(writing: value.kind, to: path, for: form) ?? (value.facts as? SegmenterFacts)?.mistake(at: path)
  {
    call.report(error, on: error.code == "cannot-save" ? form == .own ? "x" : "form" : "path")
  }
  let result = Known(.text(path))
  guard let arguments = call.completeArguments else { return Planned(nil, result: result) }
  return Planned(
    Plan(
      value: arguments["x"], path: path, depth: Int(arguments.text("depth")).flatMap(SampleDepth.init),
      form: arguments.choice("form"), isReplacing: arguments.truth("replace")), result: result)
}

/// Why a value of a kind can't be written at a path, by its ending; `nil` where it can, or where that isn't known.
private func mistake(writing kind: Kind, to path: String, for form: SaveForm) -> Failure? {
  switch kind {
  case .any, .oneOf: nil
  case .text: form == .own ? nil : Failure("cannot-save", "a text has no form but its own", hint: "leave `form:` out")
  case .object(let name):
    if let type = standardTypes.first(where: { $0.typeName == name }) as? any Savable.Type {
      type.fileForm.mistake(at: path, for: form)
    } else {
      Failure(
        "cannot-save", "\(describe(kind)) has no file format", hint: savableMembers(of: name) ?? savable)
    }
  case .record:
    Failure(
      "cannot-save", "a record has no file format",
      hint: "save one of its fields, as `eyes[0].image` is one; \(savable)")
  default: Failure("cannot-save", "\(describe(kind)) has no file format", hint: savable)
  }
}

/// The members of a type that can be saved, as a sentence; `nil` where there is none.
private func savableMembers(of typeName: String) -> String? {
  let members = standardTypes.first { $0.typeName == typeName }?.members ?? []
  let names = members.filter { member in
    if case .object(let name) = member.kind {
      standardTypes.contains { $0.typeName == name && $0 is any Savable.Type }
    } else {
      false
    }
  }.map { "`.\($0.name)`" }
  return names.isEmpty ? nil : "what can be saved of it is \(names.prefix(6).joined(separator: ", "))"
}

/// What can be saved, as a sentence.
private let savable: String = {
  let plurals = ["texts"] + standardTypes.compactMap { ($0 as? any Savable.Type)?.fileForm.plural }
  return plurals.dropLast().joined(separator: ", ") + " and \(plurals[plurals.count - 1]) can be saved"
}()

private func run(_ plan: Plan, _ context: Context) throws -> Value {
  let host = context.host
  let target = FileTarget(
    path: plan.path, depth: plan.depth, form: plan.form,
    put: { bytes, path in
      if plan.isReplacing { try host.replace(bytes, at: path) } else { try host.write(bytes, to: path) }
    }, note: host.note)
  switch plan.value {
  case .text(let text): try target.write(text)
  case .object(let object as any Savable): try object.write(to: target)
  default: preconditionFailure("a value without a format is refused before")
  }
  return .text(plan.path)
}
