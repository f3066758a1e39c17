/// A fence of a book that is more than prose: a cell, or the recorded output of one.
struct Fence {
  enum Kind { case cell, record, misspelt }

  let kind: Kind
  let isClosed: Bool
  /// The last line inside; `firstLine` itself when the fence is empty.
  let lastContentLine: Int
  /// The closing line, or the last line of the book.
  let lastLine: Int
}

extension MarkdownBlock {
  /// The first word of a top-level fence's info string, empty where it has none; `nil` for what is no fence.
  func languageOfFence(in text: BookText) -> String? {
    if let info = fenceInfo { return info.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "" }
    let opening = text.line(min(firstLine, text.lineCount))
    let indent = opening.prefix { $0 == " " }.count
    let isFence = ["```", "~~~"].contains { opening.dropFirst(indent).hasPrefix($0) }
    return isCode && indent <= 3 && isFence ? "" : nil
  }

  /// What a top-level fence is by its info string; `nil` for prose and for fences in other languages.
  func fence(in text: BookText) -> Fence? {
    guard let info = fenceInfo else { return nil }
    let words = info.split(separator: " ")
    let kind: Fence.Kind
    switch words.first {
    case "cnp": kind = words.count == 1 ? .cell : .misspelt
    case "out": kind = .record
    case .some(let word) where ["cnp", "{cnp}"].contains(word.lowercased()) || word.hasPrefix("cnp{"): kind = .misspelt
    default: return nil
    }
    let opening = text.line(firstLine).drop { $0 == " " }
    guard let mark = opening.first else { return nil }
    let length = opening.prefix { $0 == mark }.count
    var number = firstLine + 1
    while number <= text.lineCount {
      let line = text.line(number)
      let indent = line.prefix { $0 == " " }.count
      let run = line.dropFirst(indent).prefix { $0 == mark }.count
      if indent <= 3 && run >= length && line.dropFirst(indent + run).allSatisfy({ $0 == " " || $0 == "\t" }) {
        return Fence(kind: kind, isClosed: true, lastContentLine: number - 1, lastLine: number)
      }
      number += 1
    }
    return Fence(kind: kind, isClosed: false, lastContentLine: text.lineCount, lastLine: text.lineCount)
  }
}
