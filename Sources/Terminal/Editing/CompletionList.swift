import Base
import Language

/// What may stand at the cursor.
package struct CompletionList: Sendable {
  package struct Item: Sendable, Hashable {
    /// Replaces the bytes from `start` to the cursor.
    package let text: String
    /// What a list of candidates shows: a path without its folders.
    package let title: String
    /// A line about it, or nothing.
    package let help: String
    /// What follows when nothing else could have been meant: a space after a command, the quote after a file.
    package let end: String

    package init(text: String, title: String, help: String = "", end: String = "") {
      self.text = text
      self.title = title
      self.help = help
      self.end = end
    }

    fileprivate func replacing(_ text: String) -> Item { Item(text: text, title: title, help: help, end: end) }
  }

  /// The byte offset in the line from which items replace.
  package let start: Int
  package let items: [Item]
  /// What is asked for at the cursor: `epochs: passes over the images (a whole number …)`.
  package let wanted: String?

  package init(start: Int, items: [Item], wanted: String? = nil) {
    self.start = start
    self.items = items
    self.wanted = wanted
  }

  /// The same list for an editor that replaces from another offset: what lies between the two is cut off the items, or
  /// put before them from the line itself. Items that don't fit the typed bytes are left out.
  package func replacing(from other: Int, in line: String) -> [Item] {
    let bytes = Array(line.utf8)
    guard start <= bytes.count, other <= bytes.count else { return [] }
    if other < start {
      let before = String(decoding: bytes[other..<start], as: UTF8.self)
      return items.map { $0.replacing(before + $0.text) }
    }
    let typed = bytes[start..<other]
    return items.compactMap { item in
      guard item.text.utf8.starts(with: typed) else { return nil }
      return item.replacing(String(decoding: item.text.utf8.dropFirst(typed.count), as: UTF8.self))
    }
  }
}

/// What completes a line at the prompt: the language's own candidates, the files of the working folder where a path
/// stands, and what the prompt itself understands. `before` is what was typed on earlier lines of the same input, with
/// its newlines; `inputs` may be saved.
package func promptCompletions(
  line: String, offset: Int, before: String, session: Session, folder: String,
  inputs: [(number: Int, text: String)] = []
) -> CompletionList {
  if before.isEmpty,
    let list = PromptCommand.completions(of: line, offset: offset, folder: folder, inputs: inputs)
  {
    return list
  }
  let answer = completions(in: before + line, at: before.utf8.count + offset, session: session)
  let startInLine = answer.start - before.utf8.count
  guard startInLine >= 0, startInLine <= offset else { return CompletionList(start: offset, items: []) }
  let bytes = Array(line.utf8)
  let opening = bytes[..<startInLine].suffix(1)
  let quote = String(decoding: opening, as: UTF8.self)
  let end = bytes[offset...].starts(with: opening) ? "" : quote
  var list = answer.items.map { item in
    CompletionList.Item(
      text: item.text, title: item.text.withoutTrailingSpace, help: item.help,
      end: answer.isInText ? end : item.kind == .command || item.kind == .keyword ? " " : "")
  }
  if answer.wantsPath {
    let typed = String(decoding: bytes[startInLine..<offset], as: UTF8.self)
    list += pathCompletions(of: typed, in: folder, as: .text(quote: quote), end: end)
  }
  return CompletionList(start: startInLine, items: list, wanted: answer.wanted)
}

/// The files and folders that a half-typed path may become; folders end in `/`. Hidden ones only where their dot was
/// typed.
///
/// - Parameters:
///   - typed: the path as it is written so far.
///   - end: what follows a file.
package func pathCompletions(
  of typed: String, in folder: String, as notation: PathNotation = .bare, end: String = ""
) -> [CompletionList.Item] {
  guard let path = notation.meaning(of: typed) else { return [] }
  let (parent, stem) = cut(path)
  let searched = joinPath(folder, expandingHome(parent))
  return ((try? namesInFolder(searched)) ?? [])
    .filter { $0.hasPrefix(stem) && (!$0.hasPrefix(".") || stem.hasPrefix(".")) }
    .sorted()
    .compactMap { name in
      guard let kind = pathKind(joinPath(searched, name)) else { return nil }
      let title = kind == .folder ? name + "/" : name
      guard let written = notation.written(title) else { return nil }
      return CompletionList.Item(
        text: cut(typed).parent + written, title: title, end: kind == .folder ? "" : end)
    }
}

/// A path's folder, with its slash, and what is typed of a name in it.
private func cut(_ path: String) -> (parent: String, stem: String) {
  let place = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
  return (String(path[..<place]), String(path[place...]))
}

extension String {
  /// Without the white space at its end.
  package var withoutTrailingSpace: String {
    var part = self[...]
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
