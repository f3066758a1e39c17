import Language

/// What stands in a program that decides how much can be known of it before it runs.
struct ProgramShape {
  /// Whether every part of it is evaluated: no condition, loop, function or `and` and `or` that leave something out.
  private(set) var isStraight = true
  /// Names that are called, as far as they are written.
  private(set) var called: Set<String> = []
  /// Whether something other than a name is called.
  private(set) var callsComputed = false
  /// Whether it takes elements or members, whose kinds are not always known.
  private(set) var takesParts = false
  /// Whether names stand after labels, where they may be choices.
  private(set) var hasWords = false

  init(_ program: Program) { read(program.statements) }

  private mutating func read(_ statements: [Statement]) {
    for statement in statements {
      switch statement.form {
      case .binding(let names, let value):
        if names.count > 1 { takesParts = true }
        read(value)
      case .definition(let definition):
        isStraight = false
        for parameter in definition.parameters { parameter.defaultValue.map { read($0) } }
        read(definition.body.statements)
      case .expression(let value): read(value)
      }
    }
  }

  private mutating func read(_ expression: Expression) {
    switch expression.form {
    case .none, .truth, .number, .text, .lastValue, .unreadable: break
    case .name(let name): called.insert(name)
    case .word(let name):
      hasWords = true
      called.insert(name)
    case .loneName(let name): called.insert(name)
    case .interpolation(let pieces): for case .value(let value) in pieces { read(value) }
    case .call(let call): read(call)
    case .list(let elements): for element in elements { read(element) }
    case .record(let fields): for field in fields { read(field.value) }
    case .range(let left, let right), .power(let left, let right):
      read(left)
      read(right)
    case .negation(let operand), .inversion(let operand): read(operand)
    case .chain(let first, let links):
      read(first)
      for link in links {
        if link.operator == .and || link.operator == .or { isStraight = false }
        read(link.right)
      }
    case .path(let base, let steps):
      takesParts = true
      read(base)
      for case .element(let index, _) in steps { read(index) }
    case .pipe(let head, let stages):
      read(head)
      for stage in stages { read(stage) }
    case .conditional(let branches, let otherwise):
      isStraight = false
      for branch in branches {
        read(branch.condition)
        read(branch.block.statements)
      }
      if let otherwise { read(otherwise.statements) }
    case .loop(_, let elements, let body):
      isStraight = false
      read(elements)
      read(body.statements)
    case .block(let block): read(block.statements)
    }
  }

  private mutating func read(_ call: Call) {
    if case .name(let name) = call.callee.form {
      called.insert(name)
    } else {
      callsComputed = true
      read(call.callee)
    }
    for argument in call.arguments { read(argument.value) }
  }
}
