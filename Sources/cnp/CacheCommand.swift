import ArgumentParser
import Base
import Books
import Language

/// `cnp cache`: what is kept of runs beside their books.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Say why a cell ran, and how much is kept of runs; or remove it.",
    discussion: """
      `cnp run` keeps what cells have computed in the .cnp/cache beside the book. A cell runs again when its code, the seed, \
      a value that it reads or a file that it has read has changed, and only then.
      """,
    subcommands: [Why.self, Size.self, Clear.self])

  /// A book, or the folder that books are in.
  struct Place: ParsableArguments {
    @ArgumentParser.Argument(
      help: "A book or script, or a folder of them; left out, the working folder.",
      completion: .file(extensions: ["cnpbook", "cnp"]))
    var path: String = "."

    /// The cache of its folder.
    func cache() throws -> CacheFolder {
      let whole = absolutePath(bookPath(path), from: workingFolder())
      switch pathKind(whole) {
      case .folder: return CacheFolder(in: whole)
      case .file: return CacheFolder(ofBookAt: path)
      default: throw ValidationError("there is no file or folder \(path)")
      }
    }
  }

  struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "why", abstract: "Say why the cells of a book ran the last time, or did not.")

    @ArgumentParser.Argument(help: "A book or a script.", completion: .file(extensions: ["cnpbook", "cnp"]))
    var book: String
    @ArgumentParser.Argument(help: "The labels of cells; left out, all.")
    var labels: [String] = []

    func run() throws {
      let whole = absolutePath(bookPath(book), from: workingFolder())
      guard pathKind(whole) == .file else { throw ValidationError("there is no file \(book)") }
      let reasons = CacheReasons(CacheFolder(ofBookAt: book), book: fileName(of: whole))
      if reasons.labels.isEmpty { return say("\(book) has not run with a cache") }
      for label in labels.isEmpty ? reasons.labels : labels {
        guard let sentence = reasons.sentence(of: label) else {
          let near = closest(to: label, in: reasons.labels)
          throw ValidationError(
            "no cell `\(label)` is known of \(book): "
              + (near.map { "did you mean \($0)?" } ?? "there are \(reasons.labels.joined(separator: ", "))"))
        }
        say("\(label): \(sentence)")
      }
    }
  }

  struct Size: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "size", abstract: "Say how much is kept.")
    @OptionGroup var place: Place

    func run() throws {
      let size = try place.cache().size
      say("\(ByteCount(bytes: size.bytes)) in \(size.entries) \(size.entries == 1 ? "entry" : "entries")")
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "clear", abstract: "Remove all that is kept.")
    @OptionGroup var place: Place

    func run() throws {
      do { try place.cache().clear() } catch let error as FileError {
        complain("error[\(error.code)]: \(error.message)")
        throw ExitCode(3)
      }
    }
  }
}
