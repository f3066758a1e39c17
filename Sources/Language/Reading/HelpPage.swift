/// The help of one command: synopsis, parameters with units, ranges and defaults, details and examples.
public func helpPage(for command: Command) -> String {
  var sections = ["\(command.name): \(command.summary)", "usage\n  " + synopsis(of: command)]
  if !command.parameters.isEmpty {
    sections.append("arguments\n" + alignedRows(command.parameters.map(row), indent: "  "))
  }
  if command.result != .any, command.result != .none { sections.append("gives\n  \(describe(command.result))") }
  if !command.help.details.isEmpty { sections.append(command.help.details) }
  if !command.help.examples.isEmpty {
    let examples = command.help.examples.map { "  " + $0.split(separator: "\n").joined(separator: "\n  ") }
    sections.append("examples\n" + examples.joined(separator: "\n"))
  }
  return sections.joined(separator: "\n\n")
}

/// All commands under their headings: those of a folded group by their names alone, the others with their summaries.
public func helpIndex(_ registry: Registry) -> String {
  let shown = registry.groups.filter { !$0.isFolded }.flatMap(\.commands)
  let width = shown.map { displayWidth($0.name) }.max() ?? 0
  return registry.groups.map { group in
    let lines =
      group.isFolded ? folded(group.commands.map(\.name), indent: "  ") : summaries(of: group.commands, width: width)
    return ((group.title.isEmpty ? [] : [group.title]) + lines).joined(separator: "\n")
  }.joined(separator: "\n")
}

/// The commands of one heading with their summaries.
public func helpPage(for group: CommandGroup) -> String {
  "\(group.title)\n" + alignedRows(group.commands.map { ($0.name, $0.summary) }, indent: "  ")
}

private func summaries(of commands: [Command], width: Int) -> [String] {
  commands.map { command in
    let gap = String(repeating: " ", count: width - displayWidth(command.name) + 2)
    return "  \(command.name)\(gap)\(command.summary)"
  }
}

/// Words on as few lines of 78 columns as they take.
public func folded(_ words: [String], indent: String) -> [String] {
  var lines: [String] = []
  for word in words {
    if let last = lines.last, displayWidth(last) + 2 + displayWidth(word) <= 78 {
      lines[lines.count - 1] += "  \(word)"
    } else {
      lines.append(indent + word)
    }
  }
  return lines
}

/// How a command is written: `train-net DATASET [epochs: N] [loss: dice|bce]`. More options than can be taken in at a
/// glance stand as `[label: value …]`.
public func synopsis(of command: Command) -> String {
  let options = command.parameters.filter { $0.position == .labelled && $0.defaultValue != nil }
  let others = command.parameters.filter { $0.position != .labelled || $0.defaultValue == nil }
  func line(_ optional: [String]) -> String {
    ([command.name] + others.map(written) + optional).joined(separator: " ")
  }
  let whole = line(options.map(written))
  return displayWidth(whole) <= 120 ? whole : line(["[label: value …]"])
}

private func written(_ parameter: Parameter) -> String {
  let text =
    switch parameter.position {
    case .positional: parameter.name.uppercased()
    case .rest: "\(parameter.name.uppercased()) …"
    case .labelled: "\(parameter.name): \(slot(parameter.accepts))"
    }
  return parameter.position == .rest || parameter.defaultValue != nil ? "[\(text)]" : text
}

/// What stands for a value in a synopsis.
private func slot(_ accepts: Accepts) -> String {
  switch accepts {
  case .any: "VALUE"
  case .truth: "true|false"
  case .number(.one, _): "X"
  case .number(let unit, _): "X\(unit.rawValue)"
  case .integer: "N"
  case .text: "TEXT"
  case .path: "PATH"
  case .topic: "WORD"
  case .choice(let words): words.joined(separator: "|")
  case .list(let element): "[\(slot(element)), …]"
  case .record: "[name: VALUE, …]"
  case .range: "A..B"
  case .function: "FUNCTION"
  case .object(let name): name.uppercased()
  case .either(let alternatives): alternatives.map(slot).joined(separator: "|")
  case .optional(let inner): "\(slot(inner))|none"
  }
}

/// One parameter on one line, as `help` and the prompt show it.
public func parameterHelp(_ parameter: Parameter) -> String {
  let (name, text) = row(parameter)
  return "\(name)\(parameter.position == .labelled ? "" : ":") \(text)"
}

private func row(_ parameter: Parameter) -> (name: String, text: String) {
  let name = parameter.position == .labelled ? "\(parameter.name):" : parameter.name
  var text = "\(parameter.help) (\(describe(parameter.accepts))"
  if let value = defaultText(of: parameter) { text += "; default \(value)" }
  return (name, text + ")")
}

/// A default as a user would write it, choices as bare words; `nil` where there is none to write.
public func defaultText(of parameter: Parameter) -> String? {
  guard let value = parameter.defaultValue, parameter.position != .rest else { return nil }
  if case .text(let word) = value, parameter.accepts.choices.contains(word) { return word }
  return inline(value)
}
