import Language

extension PromptCommand {
  /// What completes a line that begins with a colon: the prompt's commands, then a file where one takes it, then inputs;
  /// `nil` for other lines.
  ///
  /// - Parameter inputs: those that may be saved.
  static func completions(
    of line: String, offset: Int, folder: String, inputs: [(number: Int, text: String)]
  ) -> CompletionList? {
    guard let word = word(of: line) else { return nil }
    let typed = String(decoding: Array(line.utf8).prefix(offset), as: UTF8.self)
    let start = typed.utf8.count - typed.drop { $0 == " " || $0 == "\t" }.utf8.count
    guard let space = typed.utf8.dropFirst(start).firstIndex(of: UInt8(ascii: " ")) else {
      let items = all.filter { ":\($0.name)".hasPrefix(typed.dropFirst(start)) }.map { command in
        CompletionList.Item(
          text: ":\(command.name)", title: ":\(command.name)", help: command.summary,
          end: command.operand == .nothing ? "" : " ")
      }
      return CompletionList(start: start, items: items)
    }
    let operand = PromptCommand(word)?.operand
    if operand == .newFileAndInputs,
      let list = inputCompletions(of: typed, after: typed.utf8.index(after: space), inputs)
    {
      return list
    }
    switch operand {
    case .newFileAndInputs, .program:
      var path = typed[space...].drop { $0 == " " }
      let quote = path.first.map { $0 == "\"" || $0 == "'" ? String($0) : "" } ?? ""
      path = path.dropFirst(quote.count)
      let isClosed = line.utf8.dropFirst(offset).starts(with: quote.utf8)
      return CompletionList(
        start: typed.utf8.count - path.utf8.count,
        items: pathCompletions(of: String(path), in: folder, end: isClosed ? "" : quote))
    default: return CompletionList(start: offset, items: [])
    }
  }

  /// The inputs whose numbers may stand behind a file; `nil` where the file is still being typed.
  private static func inputCompletions(
    of typed: String, after start: String.Index, _ inputs: [(number: Int, text: String)]
  ) -> CompletionList? {
    let operand = typed[start...]
    guard let gap = operand.lastIndex(of: " "), !operand[..<gap].allSatisfy({ $0 == " " }),
      operand[gap...].allSatisfy({ $0.isWholeNumber || " ,-–.".contains($0) })
    else { return nil }
    let begun = operand[gap...].reversed().prefix { $0.isWholeNumber }.count
    let digits = String(operand.suffix(begun))
    let items = inputs.filter { String($0.number).hasPrefix(digits) }.map { input in
      let first = input.text.split(separator: "\n").first.map(String.init) ?? ""
      return CompletionList.Item(text: String(input.number), title: String(input.number), help: first)
    }
    return CompletionList(
      start: typed.utf8.count - digits.utf8.count, items: items, wanted: "inputs by their numbers: 3-9, or 2,5-7")
  }
}
