extension Program {
  /// The functions that it writes, those inside of others and of blocks included.
  var definitions: [Definition] {
    var found: [Definition] = []
    collectDefinitions(of: statements, into: &found)
    return found
  }
}

private func collectDefinitions(of statements: [Statement], into found: inout [Definition]) {
  for statement in statements {
    switch statement.form {
    case .binding(_, let value), .expression(let value): collectDefinitions(of: value, into: &found)
    case .definition(let definition):
      found.append(definition)
      collectDefinitions(of: definition.body.statements, into: &found)
    }
  }
}

private func collectDefinitions(of expression: Expression, into found: inout [Definition]) {
  for part in expression.parts { collectDefinitions(of: part, into: &found) }
  for block in expression.blocks { collectDefinitions(of: block.statements, into: &found) }
}
