import Language

/// Writes random programs by the grammar, of expressions whose kinds fit.
///
/// Where `faultRate` is above 0 some places get what does not belong there: another kind, an unknown name, a label too
/// many. Without faults a program is right in all that can be known before running.
struct ProgramGenerator {
  var random: SeededGenerator
  var layout = Layout()
  /// Names in scope with what they are bound to, innermost last.
  var scope: [(name: String, sort: Sort)] = []
  /// Functions in scope: how many arguments without a label, and the labels.
  var functions: [(name: String, arguments: Int, labels: [String], gives: Sort)] = []
  /// Faults for every thousand places.
  let faultRate: Int
  private(set) var faultCount = 0
  /// Expressions that may still be begun.
  var budget: Int
  /// All names that were bound anywhere so far.
  private var everBound: Set<String> = []
  /// Blocks open around the place; names bound inside are not certain behind.
  var blockDepth = 0

  static let names = [
    "a", "b", "c", "data", "train-b", "max-dsc", "x", "y", "été", "画", "a_1", "mean-dsc", "net", "row-b", "i", "j",
  ]
  static let commandNames = [
    "print", "show", "row", "mean", "train-net", "draw", "apply", "fail", "five", "same", "pair",
  ]

  init(random: SeededGenerator, faultRate: Int) {
    self.random = random
    self.faultRate = faultRate
    budget = 10 + self.random.below(50)
  }

  /// Whether a fault is due here.
  mutating func isFaulty() -> Bool {
    guard faultRate > 0, random.below(1000) < faultRate else { return false }
    faultCount += 1
    return true
  }

  mutating func program() {
    let count = 1 + random.below(6)
    for index in 0..<count {
      if index > 0 { layout.breakLine() }
      statement()
    }
  }

  // MARK: Statements

  mutating func statement() {
    switch random.below(blockDepth > 2 ? 7 : 10) {
    case 0...3: binding()
    case 4: output("print")
    case 5: output("show")
    case 6: _ = expression(.any(&random))
    case 7: definition()
    case 8: conditionalStatement()
    default: loop(giving: nil)
    }
  }

  private mutating func newName() -> String {
    if isFaulty() { return random.pick(["if", "for", "print", "in", "1x", "x.y", "x[0]"]) }
    return random.pick(freeNames)
  }

  /// Inside a block only names that mean nothing yet: the next turn of a loop would find what this one binds.
  private var freeNames: [String] {
    guard blockDepth > 0 else { return Self.names }
    let free = Self.names.filter { !everBound.contains($0) }
    return free.isEmpty ? ["z"] : free
  }

  /// A name means the latest that was bound to it.
  mutating func bind(_ name: String, _ sort: Sort) {
    scope.removeAll { $0.name == name }
    functions.removeAll { $0.name == name }
    everBound.insert(name)
    scope.append((name, sort))
  }

  private mutating func binding() {
    guard random.once(in: 6) else {
      let sort = Sort.any(&random)
      let name = newName()
      layout.put(name)
      layout.put("=")
      let known = expression(sort)
      return bind(name, known)
    }
    let count = 2 + random.below(2)
    let names = Array((freeNames + ["z", "z-a", "z-b"]).dropFirst(random.below(3)).prefix(count))
    for (index, name) in names.enumerated() {
      if index > 0 { layout.put(",", .none) }
      layout.put(name)
    }
    layout.put("=")
    let sort = Sort.any(&random)
    elements(sort, count: isFaulty() ? count + 1 : count)
    for name in names { bind(name, sort) }
  }

  private mutating func output(_ command: String) {
    layout.put(command)
    for index in 0..<random.below(4) {
      if index > 0 { layout.put(",", .none) }
      _ = expression(.any(&random))
    }
    if command == "show", random.once(in: 4) {
      layout.put(isFaulty() ? "colums:" : "columns:")
      layout.put(isFaulty() ? "'two'" : "\(1 + random.below(5))")
    }
  }

  private mutating func definition() {
    let name = random.pick(freeNames)
    let parameters = Array(Self.names.dropFirst(random.below(10)).prefix(random.below(3)))
    let labels = random.once(in: 2) ? ["base"] : []
    layout.put("def")
    layout.put(name)
    for parameter in parameters { layout.put(parameter) }
    for label in labels {
      layout.put("\(label):")
      item(.number(.one))
    }
    let outer = (scope, functions)
    // What an argument is, the body can't know: it uses them where anything may stand.
    scope.removeAll { (parameters + labels + [name]).contains($0.name) }
    functions.removeAll { (parameters + labels + [name]).contains($0.name) }
    let sort = Sort.any(&random)
    block(giving: sort, using: parameters + labels)
    (scope, functions) = outer
    scope.removeAll { $0.name == name }
    functions.removeAll { $0.name == name }
    everBound.insert(name)
    functions.append((name, parameters.count, labels, sort))
  }

  /// `{ … }` whose last statement gives a value; what it binds is forgotten behind it.
  mutating func block(giving sort: Sort, using arguments: [String] = []) {
    let outer = (scope, functions)
    blockDepth += 1
    layout.put("{")
    let isLong = random.once(in: 3)
    if isLong { layout.breakLine() }
    for argument in arguments where random.once(in: 2) {
      layout.put("same")
      layout.put(argument)
      layout.breakLine()
    }
    if random.once(in: 4), budget > 0 {
      statement()
      layout.breakLine()
    }
    _ = expression(sort)
    if isLong { layout.breakLine() }
    layout.put("}")
    blockDepth -= 1
    (scope, functions) = outer
    forgetRebound()
  }

  /// Blocks bind into the scope around them, so that a name may be another thing behind one: those that were bound more
  /// than once are not used again.
  private mutating func forgetRebound() {
    var bindings: [String: Int] = [:]
    for (first, second) in zip(layout.pieces, layout.pieces.dropFirst()) {
      if ["=", ",", "in"].contains(second.text) { bindings[first.text, default: 0] += 1 }
      if first.text == "def" { bindings[second.text, default: 0] += 1 }
    }
    let rebound = Set(bindings.filter { $0.value > 1 }.keys)
    scope.removeAll { rebound.contains($0.name) }
    functions.removeAll { rebound.contains($0.name) }
  }

  private mutating func conditionalStatement() {
    layout.put("if")
    condition()
    block(giving: .any(&random))
    while random.once(in: 4) {
      layout.put("else")
      layout.put("if")
      condition()
      block(giving: .any(&random))
    }
    if random.once(in: 2) {
      layout.put("else")
      block(giving: .any(&random))
    }
  }

  mutating func condition() { _ = expression(isFaulty() ? .any(&random) : .truth) }

  /// `for x in … { … }`, which is a list of what its block gives.
  mutating func loop(giving sort: Sort?) {
    layout.put("for")
    let name = random.pick(freeNames)
    let element: Sort = random.pick([.number(.one), .text, .row])
    layout.put(name)
    layout.put("in")
    if element == .number(.one), random.once(in: 2) { range() } else { parenthesised(.list(element)) }
    let outer = (scope, functions)
    bind(name, element)
    block(giving: sort ?? .any(&random))
    (scope, functions) = outer
    forgetRebound()
  }
}
