import Base
import Imaging
import Language

/// A type of value that files can hold, and how.
protocol Savable: ObjectValue {
  static var fileForm: FileForm { get }
  /// Writes the value to a path whose ending its form allows.
  func write(to target: FileTarget) throws
}

/// A type of value that a file can be opened as.
protocol Openable: Savable {
  /// The endings of such files; none where it is what no other type's ending says: an image.
  static var openedEndings: [String] { get }
  /// Whether a file with such an ending is of this type: where several types share it, the first that says so opens it.
  static func isFile(at place: String) -> Bool
  /// What is known of the value that a file holds, before the program runs; what is wrong with the file is reported on `path`.
  static func known(ofFileAt place: String, _ call: inout CheckedCall) -> Known?
  /// - Parameters:
  ///   - place: from the root.
  ///   - path: as the program writes it.
  static func open(_ place: String, writtenAs path: String, _ context: Context) throws -> Value
}

extension Openable {
  static func isFile(at place: String) -> Bool { true }

  /// Whether a text may name a file of this type, as far as the text itself says.
  static func canBe(at path: String) -> Bool {
    if ShippedModels.isOne(path) { return self is SegmenterValue.Type }
    let endings = openedEndings.isEmpty ? ImageFormat.endings : openedEndings
    return endings.contains(fileExtension(of: path))
  }
}

/// Which program a folder is written for.
enum SaveForm: String, CaseIterable {
  /// This one: with all that is known.
  case own
  case labelme, nnunet
}

/// How files hold values of a type.
struct FileForm {
  /// In lists of what can be saved: `images`.
  let plural: String
  /// What a value is written as, by its ending.
  let endings: Endings
  /// A sentence of what is written: `figures are written as .png, .pgm, .svg or .pdf`.
  let sentence: String
  /// Of the values that are opened from these files, where they are of another type.
  let openedKind: Kind?
  /// What a folder can be written for.
  let forms: [SaveForm]

  enum Endings {
    case oneOf([String])
    case any
    /// A folder of files, whose name has none of the endings of a single file.
    case folder
  }

  init(
    _ plural: String, _ endings: Endings, _ sentence: String, opensAs openedKind: Kind? = nil,
    forms: [SaveForm] = [.own]
  ) {
    (self.plural, self.endings, self.sentence, self.openedKind) = (plural, endings, sentence, openedKind)
    self.forms = forms
  }

  /// Why nothing of this form is written at a path; `nil` where it is.
  func mistake(at path: String, for form: SaveForm) -> Failure? {
    guard forms.contains(form) else {
      let ways = forms.map { "`form: \($0.rawValue)`" }.joined(separator: " and ")
      return Failure(
        "cannot-save", "\(plural) are not written in the form \(form.rawValue)",
        hint: forms.count > 1 ? "they have \(ways)" : "datasets are; predictions in the form labelme too")
    }
    let ending = fileExtension(of: path)
    let fits =
      switch endings {
      case .oneOf(let endings): endings.contains(ending)
      case .any: true
      case .folder: !Self.endingsOfFiles.contains(ending)
      }
    if fits { return nil }
    return Failure(
      "unknown-ending", "the ending of '\(fileName(of: path))' names no format that this value has", hint: sentence)
  }

  /// Endings of single files, which no folder should have: those of all types, and of files that are only read.
  static let endingsOfFiles = Set(
    ImageFormat.endings + ["json", "xlsx"]
      + standardTypes.flatMap { type -> [String] in
        if case .oneOf(let endings)? = (type as? any Savable.Type)?.fileForm.endings { endings } else { [] }
      })
}

/// Where a value is written, and how.
struct FileTarget {
  /// As the program gives it.
  let path: String
  /// Of images and probabilities; `nil` keeps that of an image's own file.
  let depth: SampleDepth?
  /// One of those that its value has.
  let form: SaveForm
  /// Writes bytes at a path below the output folder, by the rules of the host.
  let put: (_ bytes: [UInt8], _ path: String) throws -> Void
  /// Says what a careful reader should know.
  let note: (String) -> Void

  var ending: String { fileExtension(of: path) }

  func write(_ bytes: [UInt8]) throws { try put(bytes, path) }
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// An image of its own in the folder that the path is.
  func write(_ plane: Plane, named name: String, depth: SampleDepth) throws {
    let path = "\(path)/\(name)"
    try put(plane.encoded(for: path, depth: depth), path)
  }
  /// Lines of a CSV file in the folder that the path is.
  func write(_ lines: [[String]], named name: String) throws {
    try put(Array(lines.map(csvLine).joined().utf8), "\(path)/\(name)")
  }
}
