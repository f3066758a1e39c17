import Language

/// What a cell did, by the blobs that hold it.
struct CellEntry: Sendable, Codable {
  struct Binding: Sendable, Codable {
    let name: String
    let blob: String
    /// Of the contents of the value: what the keys of later cells have of it.
    let digest: String
  }
  /// In the cell's own text.
  struct Mistake: Sendable, Codable {
    let code, message: String
    let hint: String?
    let start, end: Int

    /// `nil` for one that points elsewhere.
    init?(_ diagnostic: Diagnostic, in cell: Cell) {
      guard diagnostic.source == cell.source else { return nil }
      (code, message, hint) = (diagnostic.code, diagnostic.message, diagnostic.hint)
      (start, end) = (diagnostic.span.start, diagnostic.span.end)
    }

    func diagnostic(in cell: Cell) -> Diagnostic {
      Diagnostic(code, message, hint: hint, in: cell.source, at: Span(start, end))
    }
  }
  struct File: Sendable, Codable {
    /// Below the output folder.
    let path: String
    let blob: String
  }

  /// By their blobs.
  let outputs: [String]
  /// The mistake that it is there to show.
  let mistake: Mistake?
  let bindings: [Binding]
  let written: [File]
  /// What it kept beside the book to go on from, while it had not ended.
  let kept: [String]
  let files: CellFiles
  /// How long it took.
  let seconds: Double

  /// All that it needs to be of use.
  var blobs: [String] { outputs + bindings.map(\.blob) + written.map(\.blob) }
}
