import Glibc
import Language
import Vocabulary

/// Every code that `cnp` gives a mistake or a warning.
public enum CodeCatalogue {
  public static let chapters: [CodeChapter] =
    [.language(standardRegistry())]
    + (standardRegistry().codeChapters + [("Books", bookCodes), ("The prompt", promptCodes)]).map { title, entries in
      CodeChapter(title, entries) { _, program in diagnose(program) }
    }

  /// As Markdown, for those who meet a code and look it up. Runs the examples, which takes seconds.
  public static func page() -> String { codePage(of: chapters) }

  /// What becomes of a book, or of a program that doesn't look like one, in a folder of its own; `nil` where it runs.
  static func diagnose(_ text: String) -> (stage: Stage, found: [Diagnostic])? {
    var template = Array("/tmp/cnp-codes-XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else { return nil }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { try? removeTree(folder) }
    let isBook = text.hasPrefix("---\n")
    let path = folder + "/example" + (isBook ? ".cnpbook" : ".cnp")
    guard (try? putFile(Array(text.utf8), at: path)) != nil else { return nil }
    var warnings: [Diagnostic] = []
    let outcome = BookRunner(path: path).run { warnings = $0 }
    let stage: Stage = outcome.status == .refused ? (isBook ? .reading : .checking) : .running
    let found = outcome.mistakes.isEmpty ? warnings : outcome.mistakes
    if found.isEmpty { return nil }
    return (outcome.mistakes.isEmpty ? .checking : stage, found.map { $0.withoutFolder })
  }
}

extension Diagnostic {
  /// The same with paths as a program in that folder writes them.
  fileprivate var withoutFolder: Diagnostic {
    func plain(_ text: String) -> String {
      // What a run writes stands in a folder whose name is made up for it.
      text.replacing(#/\/tmp\/cnp-codes-\w+\/(?:\.example\.out[^\/]*\/|example\.out[^\/]*\/)?/#, with: "")
    }
    return Diagnostic(
      code, plain(message), hint: hint.map(plain), severity: severity,
      in: Source(source.text, name: plain(source.name), firstLine: source.firstLine), at: span)
  }
}
