extension Program {
  /// The names it binds outside of functions, in the order of their first binding: blocks bind into the scope
  /// around them.
  public var boundNames: [String] {
    var reader = NameReader()
    reader.read(statements)
    return reader.bound
  }

  /// The names that its statements bind up to a place, in bytes.
  public func boundNames(upTo end: Int) -> [String] {
    Program(source: source, statements: statements.filter { $0.span.end <= end }).boundNames
  }

  /// Where it goes on from the last value: the byte of the bar it begins with.
  public var bar: Int? {
    guard case .expression(let expression)? = statements.first?.form, case .pipe(let head, _) = expression.form,
      case .lastValue = head.form
    else { return nil }
    return head.span.start
  }

  /// The names that its statements up to a place, in bytes, may read from what came before.
  public func readNames(upTo end: Int) -> [String] {
    Program(source: source, statements: statements.filter { $0.span.end <= end }).readNames
  }

  /// The names it may read from what came before, in the order of their first reading.
  ///
  /// Commands are among them, since a bound name hides a command; so are names that it binds only in a block that may
  /// not run, and bare words after a label.
  public var readNames: [String] {
    var reader = NameReader()
    reader.read(statements)
    return reader.free
  }
}

extension Definition {
  /// The names its body and defaults read from outside.
  var freeNames: [String] {
    var reader = NameReader()
    reader.read(self)
    return reader.free
  }
}

extension Statement {
  /// The names it may bind, those in its blocks included.
  var boundNames: [String] {
    var reader = NameReader()
    reader.read([self])
    return reader.bound
  }
}

extension Block {
  /// The names it binds, its own blocks included.
  var boundNames: [String] {
    var reader = NameReader()
    reader.read(statements)
    return reader.bound
  }
}

/// Walks a tree in the order of evaluation and notes which names are bound and which are read before that.
private struct NameReader {
  private(set) var bound: [String] = []
  private(set) var free: [String] = []
  /// Names that are certainly bound at the current place.
  private var certain: Set<String> = []
  private var knownBound: Set<String> = []
  private var knownFree: Set<String> = []

  mutating func read(_ statements: [Statement]) {
    for statement in statements {
      switch statement.form {
      case .binding(let names, let value):
        read(value)
        for name in names { bind(name.text) }
      case .definition(let definition):
        read(definition)
        bind(definition.name.text)
      case .expression(let value): read(value)
      }
    }
  }

  mutating func read(_ definition: Definition) {
    for parameter in definition.parameters { parameter.defaultValue.map { read($0) } }
    var body = NameReader()
    body.certain = Set(definition.parameters.map(\.name.text) + [definition.name.text])
    body.read(definition.body.statements)
    for name in body.free { note(name) }
  }

  private mutating func bind(_ name: String) {
    certain.insert(name)
    if knownBound.insert(name).inserted { bound.append(name) }
  }

  private mutating func note(_ name: String) {
    if !certain.contains(name), knownFree.insert(name).inserted { free.append(name) }
  }

  /// Reads a block that may not run: what it binds is not certain behind it.
  private mutating func readUncertain(_ block: Block, binding name: String? = nil) {
    let before = certain
    if let name { certain.insert(name) }
    read(block.statements)
    certain = before
  }

  private mutating func read(_ expression: Expression) {
    switch expression.form {
    case .none, .truth, .number, .text, .lastValue, .unreadable: break
    case .name(let name), .loneName(let name): note(name)
    case .word(let word): if !reservedWords.contains(word) { note(word) }
    case .interpolation(let pieces):
      for case .value(let value) in pieces { read(value) }
    case .call(let call): read(call)
    case .list(let elements): for element in elements { read(element) }
    case .record(let fields): for field in fields { read(field.value) }
    case .range(let left, let right), .power(let left, let right):
      read(left)
      read(right)
    case .negation(let operand), .inversion(let operand): read(operand)
    case .chain(let first, let links):
      read(first)
      for link in links { read(link.right) }
    case .path(let base, let steps):
      read(base)
      for case .element(let index, _) in steps { read(index) }
    case .pipe(let head, let stages):
      read(head)
      for stage in stages { read(stage) }
    case .conditional(let branches, let otherwise):
      for branch in branches {
        read(branch.condition)
        readUncertain(branch.block)
      }
      if let otherwise { readUncertain(otherwise) }
    case .loop(let name, let elements, let body):
      read(elements)
      readUncertain(body, binding: name.text)
    case .block(let block): read(block.statements)
    }
  }

  private mutating func read(_ call: Call) {
    read(call.callee)
    for argument in call.arguments { read(argument.value) }
  }
}
