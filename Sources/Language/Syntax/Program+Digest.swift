extension Program {
  /// A digest of the syntax tree in 32 hexadecimal digits (FNV-1a of 128 bits): comments and spacing do not count.
  public var digest: String {
    var digest = TreeDigest()
    digest.add(statements)
    return digest.hexadecimal
  }
}

extension Definition {
  /// A digest of the function as it was written, without the values it has captured.
  public var digest: String {
    var digest = TreeDigest()
    digest.add(self)
    return digest.hexadecimal
  }
}

extension Expression {
  /// A digest of the expression as it was written; spacing does not count.
  var digest: String {
    var digest = TreeDigest()
    digest.add(self)
    return digest.hexadecimal
  }
}

/// FNV-1a over a tree, each node led by a tag and each list by its length, so that no two trees read alike.
private struct TreeDigest {
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  var hexadecimal: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }
  private mutating func add(tag: Character) { add(tag.asciiValue ?? 0) }
  private mutating func add(_ bits: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
  }
  private mutating func add(count: Int) { add(UInt64(count)) }
  private mutating func add(_ text: String) {
    add(count: text.utf8.count)
    for byte in text.utf8 { add(byte) }
  }

  mutating func add(_ statements: [Statement]) {
    add(count: statements.count)
    for statement in statements {
      switch statement.form {
      case .binding(let names, let value):
        add(tag: "=")
        add(count: names.count)
        for name in names { add(name.text) }
        add(value)
      case .definition(let definition): add(definition)
      case .expression(let value):
        add(tag: "e")
        add(value)
      }
    }
  }

  mutating func add(_ definition: Definition) {
    add(tag: "d")
    add(definition.name.text)
    add(count: definition.parameters.count)
    for parameter in definition.parameters {
      add(parameter.name.text)
      add(tag: parameter.defaultValue == nil ? "0" : "1")
      parameter.defaultValue.map { add($0) }
    }
    add(definition.body.statements)
  }

  private mutating func add(_ tag: Character, _ parts: [Expression]) {
    add(tag: tag)
    add(count: parts.count)
    for part in parts { add(part) }
  }

  private mutating func add(_ tag: Character, _ text: String) {
    add(tag: tag)
    add(text)
  }

  mutating func add(_ expression: Expression) {
    switch expression.form {
    case .none: add(tag: "0")
    case .truth(let value): add(tag: value ? "T" : "F")
    case .number(let value, let unit):
      add("n", unit.rawValue)
      add(value.bitPattern)
    case .text(let text): add("t", text)
    case .name(let name): add("v", name)
    case .loneName(let name): add("l", name)
    case .word(let word): add("w", word)
    case .lastValue: add(tag: "_")
    case .unreadable: add(tag: "u")
    case .list(let elements): add("[", elements)
    case .range(let lower, let upper): add(":", [lower, upper])
    case .negation(let operand): add("-", [operand])
    case .inversion(let operand): add("!", [operand])
    case .power(let base, let exponent): add("^", [base, exponent])
    case .call(let call): add(call)
    case .block(let block): add(block, tag: "{")
    default: addComposite(expression)
    }
  }

  private mutating func addComposite(_ expression: Expression) {
    switch expression.form {
    case .interpolation(let pieces):
      add(tag: "\"")
      add(count: pieces.count)
      for piece in pieces {
        switch piece {
        case .literal(let text): add("t", text)
        case .value(let value): add("x", [value])
        }
      }
    case .record(let fields):
      add(tag: "r")
      add(count: fields.count)
      for field in fields {
        add(field.name.text)
        add(field.value)
      }
    case .chain(let first, let links):
      add("c", [first])
      add(count: links.count)
      for link in links {
        add(link.operator.rawValue)
        add(link.right)
      }
    case .path(let base, let steps):
      add("p", [base])
      add(count: steps.count)
      for step in steps {
        switch step {
        case .member(let name): add(".", name.text)
        case .element(let index, _): add("i", [index])
        }
      }
    case .pipe(let head, let stages):
      add("|", [head])
      add(count: stages.count)
      for stage in stages { add(stage) }
    case .conditional(let branches, let otherwise):
      add(tag: "?")
      add(count: branches.count)
      for branch in branches {
        add(branch.condition)
        add(branch.block, tag: "{")
      }
      if let otherwise { add(otherwise, tag: "}") }
    case .loop(let name, let elements, let body):
      add("f", name.text)
      add(elements)
      add(body, tag: "{")
    default: break
    }
  }

  private mutating func add(_ block: Block, tag: Character) {
    add(tag: tag)
    add(block.statements)
  }

  private mutating func add(_ call: Call) {
    add("a", [call.callee])
    add(count: call.arguments.count)
    for argument in call.arguments {
      add(argument.label?.text ?? "")
      add(argument.value)
    }
  }
}
