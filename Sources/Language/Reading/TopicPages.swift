/// What a label, or an argument of that name, means in each command that has it, and which values have a member of that
/// name; `nil` where there is none.
public func parameterPage(for name: String, in registry: Registry) -> String? {
  var sections: [String] = []
  var commands: [(row: String, names: [String])] = []
  for command in registry.groups.flatMap(\.commands) {
    guard let parameter = command.parameters.first(where: { $0.name == name }) else { continue }
    let row = parameterHelp(parameter)
    if let place = commands.firstIndex(where: { $0.row == row }) {
      commands[place].names.append(command.name)
    } else {
      commands.append((row, [command.name]))
    }
  }
  for (row, names) in commands { sections.append("in \(names.joined(separator: ", "))\n  \(row)") }
  for type in registry.types.values.sorted(by: { $0.typeName < $1.typeName }) {
    guard let member = type.members.first(where: { $0.name == name }) else { continue }
    sections.append("of \(withArticle(type.typeName))\n  .\(name)  \(member.help) (\(describe(member.kind)))")
  }
  return sections.isEmpty ? nil : sections.joined(separator: "\n\n")
}

/// A kind of value: its members.
public func helpPage(for type: any ObjectValue.Type) -> String {
  let head = type.meaning.isEmpty ? "" : "\(type.typeName): \(type.meaning)\n\n"
  guard !type.members.isEmpty else { return "\(head)\(withArticle(type.typeName)) has no members" }
  let rows = type.members.map { (".\($0.name)", "\($0.help) (\(describe($0.kind)))") }
  return "\(head)\(withArticle(type.typeName)) has\n" + alignedRows(rows, indent: "  ")
}

/// How a function of the program is called.
public func synopsis(of function: Function) -> String {
  guard case .definition(let definition, _, let defaults) = function.target else { return function.name }
  let parameters = definition.parameters.map { parameter in
    let name = parameter.name.text
    return parameter.defaultValue == nil ? name : "\(name): \(inline(defaults[name] ?? .none))"
  }
  return "a function of yours: `\(([function.name] + parameters).joined(separator: " "))`"
}

/// Names with their texts beside each other.
public func alignedRows(_ rows: [(name: String, text: String)], indent: String = "") -> String {
  let width = rows.map { displayWidth($0.name) }.max() ?? 0
  return rows.map { row in
    indent + row.name + String(repeating: " ", count: width - displayWidth(row.name) + 2) + row.text
  }.joined(separator: "\n")
}
