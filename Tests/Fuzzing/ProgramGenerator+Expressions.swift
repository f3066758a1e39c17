import Language

extension ProgramGenerator {
  /// A whole expression: an item, a call, operators, a block.
  ///
  /// - Returns: what it is in truth, where a fault made it something else.
  @discardableResult
  mutating func expression(_ wanted: Sort) -> Sort {
    let sort = isFaulty() ? Sort.any(&random) : wanted
    budget -= 1
    guard budget > 0, !random.once(in: 3) else {
      atom(sort)
      return sort
    }
    if blockDepth < 3, random.once(in: 12) {
      compound(sort)
      return sort
    }
    switch sort {
    case .number(let unit): number(unit)
    case .truth: truth()
    case .text: text()
    case .list(let element): list(element)
    case .record: random.once(in: 2) ? training() : record()
    case .range: range()
    case .row, .function: row()
    }
    return sort
  }

  /// An argument: an atom, or anything in parentheses.
  mutating func item(_ wanted: Sort) {
    if random.once(in: 3), budget > 0 { parenthesised(wanted) } else { atom(isFaulty() ? .any(&random) : wanted) }
  }

  mutating func parenthesised(_ sort: Sort) {
    layout.put("(")
    layout.touch()
    expression(sort)
    layout.put(")", .none)
  }

  /// An operand between operators with spaces: tighter than every operator whatever it is.
  private mutating func operand(_ sort: Sort) { item(sort) }

  // MARK: Atoms

  /// A literal or a name.
  mutating func atom(_ sort: Sort) {
    if isFaulty() {
      return layout.put(random.pick(["nothing-such", "pi", "meen", "@", ")", "1e999", "2 3", "\"{", "=", "x y"]))
    }
    let known = scope.filter { $0.sort == sort }
    if !known.isEmpty, random.below(3) > 0 { return layout.put(random.pick(known).name) }
    switch sort {
    case .number(let unit):
      let literal = random.pick([
        "0", "1", "2", "3", "7", "0.5", "10", "1e-3", "2.25", "-1", "-0.5", "1e15", "123456789",
      ])
      layout.put(unit == .one && random.once(in: 8) ? "\(random.below(100))%" : literal + unit.rawValue)
    case .truth: layout.put(random.pick(["true", "false"]))
    case .text:
      layout.put(
        random.pick(["'a'", "''", "'per\\fusion'", "\"tab\\t\"", "\"{{}}\"", "'été 画'", "\"two is {1 + 1}\""]))
    case .list(let element): elements(element, count: random.below(4))
    case .record: layout.put("[:]")
    case .range: layout.put("\(random.below(3))..\(3 + random.below(5))")
    case .row:
      layout.put("(")
      layout.touch()
      makeRow()
      layout.put(")", .none)
    case .function: layout.put("mean")
    }
  }

  private func isBound(_ name: String) -> Bool {
    scope.contains { $0.name == name } || functions.contains { $0.name == name }
  }

  /// `[a, b, …]`
  mutating func elements(_ element: Sort, count: Int) {
    layout.put("[")
    layout.touch()
    for index in 0..<count {
      if index > 0 { layout.put(",", .none) }
      expression(element)
    }
    layout.put("]", .none)
  }

  mutating func range() {
    if random.once(in: 4) {
      layout.put("(")
      layout.touch()
      expression(.number(.one))
      layout.put(")", .none)
      layout.put("..", .none)
      layout.put("\(50 + random.below(50))", .none)
    } else {
      layout.put("\(random.below(3))..\(3 + random.below(5))")
    }
  }

  /// `if`, or a block, that gives a value.
  private mutating func compound(_ sort: Sort) {
    switch (random.below(3), sort) {
    case (0, _):
      layout.put("if")
      condition()
      block(giving: sort)
      layout.put("else")
      block(giving: sort)
    case (1, .list(let element)): loop(giving: element)
    default: block(giving: sort)
    }
  }

  // MARK: By sort

  private mutating func infix(_ symbol: String, _ left: Sort, _ right: Sort) {
    operand(left)
    layout.put(isFaulty() ? random.pick(["&&", "**", "+", "<", "and", "!="]) : symbol)
    operand(right)
  }

  private mutating func number(_ unit: Unit) {
    switch random.below(unit == .one ? 13 : 4) {
    case 0: infix(random.pick(["+", "-"]), .number(unit), .number(unit))
    case 1: infix("*", .number(unit), .number(.one))
    case 2: infix("/", .number(unit), .number(.one))
    case 3:
      // A sign touches its operand.
      layout.put("-")
      layout.touch()
      parenthesised(.number(unit))
    case 4:
      // `-2^2` can be read in two ways, so the base stands in parentheses.
      parenthesised(.number(.one))
      layout.put("^")
      operand(.number(.one))
    case 5 where !isBound("five"):
      // In parentheses, since as an element it would be the command itself.
      layout.put("(five)")
    case 6 where !isBound("mean"):
      if random.once(in: 2) {
        layout.put("mean")
        item(.row)
      } else {
        pipe {
          $0.parenthesised(.row)
        } into: {
          $0.layout.put("mean")
        }
      }
    case 7:
      let other = random.pick(Unit.allCases)
      infix("/", .number(other), .number(other))
    case 8:
      parenthesised(.list(.number(.one)))
      layout.put("[", .none)
      layout.touch()
      layout.put("\(random.below(3))")
      layout.put("]", .none)
    case 9:
      parenthesised(random.pick([.text, .range, .list(.text), .row]))
      layout.put(isFaulty() ? ".cuont" : ".count", .none)
    case 10:
      parenthesised(.row)
      layout.put(".mean", .none)
    case 11 where !isBound("apply"):
      layout.put("apply")
      atom(.function)
      item(.row)
    default: call(.number(unit)) ? () : atom(.number(unit))
    }
  }

  private mutating func truth() {
    switch random.below(5) {
    case 0: infix(random.pick(["and", "or", "xor"]), .truth, .truth)
    case 1:
      layout.put("not")
      operand(.truth)
    case 2:
      let unit = random.pick(Unit.allCases)
      infix(random.pick(["<", "<=", ">", ">=", "==", "!="]), .number(unit), .number(unit))
    case 3: infix(random.pick(["<", "=="]), .text, .text)
    default: infix(random.pick(["==", "!="]), .list(.number(.one)), .list(.number(.one)))
    }
  }

  private mutating func text() {
    switch random.below(3) {
    case 0: infix("+", .text, .text)
    case 1: interpolation()
    default: call(.text) ? () : atom(.text)
    }
  }

  /// A text with expressions in it; it is one piece, since a text keeps its spaces.
  private mutating func interpolation() {
    let outer = layout
    layout = Layout()
    expression(.any(&random))
    let inside = layout.plain
    layout = outer
    // An interpolation ends on its line, and two braces are one that is meant.
    layout.put(inside.contains("\n") ? "'x'" : "\"x {\(inside.hasPrefix("{") ? " " : "")\(inside)}\"")
  }

  private mutating func list(_ element: Sort) {
    switch random.below(3) {
    case 0 where element == .number(.one) && !isBound("pair"):
      layout.put("(pair")
      item(.number(.one))
      item(.number(.one))
      if random.once(in: 3) {
        layout.put(isFaulty() ? "att:" : "at:")
        item(.number(.pixels))
      }
      // Its third number is in pixels.
      layout.put(")[0..1]", .none)
    case 1: call(.list(element)) ? () : elements(element, count: random.below(4))
    default: elements(element, count: random.below(4))
    }
  }

  private mutating func record() {
    layout.put("[")
    layout.touch()
    let names = ["a", "b", "'two words'", "if", "count"].prefix(1 + random.below(4))
    for (index, name) in names.enumerated() {
      if index > 0 { layout.put(",", .none) }
      layout.put(name)
      layout.put(":", .none)
      expression(.any(&random))
    }
    if isFaulty() { layout.put(", a: 1", .none) }
    layout.put("]", .none)
  }

  /// `train-net` with labels.
  private mutating func training() {
    guard !isBound("train-net") else { return record() }
    layout.put("train-net")
    if !isFaulty() { item(.row) }
    if random.once(in: 2) {
      layout.put("epochs:")
      layout.put(isFaulty() ? random.pick(["0", "501", "2.5", "3deg", "'x'"]) : "\(1 + random.below(10))")
    }
    if random.once(in: 3) {
      layout.put(isFaulty() ? "rat:" : "rate:")
      layout.put(isFaulty() ? "0" : "1e-3")
    }
    if random.once(in: 3) {
      layout.put("loss:")
      layout.put(
        isFaulty() ? random.pick(["dise", "(dice)", "net", "1"]) : random.pick(["dice", "bce", "xor", "'bce'"]))
    }
    if random.once(in: 3) {
      layout.put("rotate:")
      layout.put(isFaulty() ? "15px" : random.pick(["15deg", "0", "180deg"]))
    }
    if random.once(in: 5) {
      layout.put("log:")
      layout.put(random.pick(["none", "'here'"]))
    }
  }

  private mutating func row() {
    switch random.below(4) {
    case 0: infix(random.pick(["+", "-", "*"]), .row, .number(.one))
    case 1:
      layout.put("-")
      layout.touch()
      parenthesised(.row)
    case 2: call(.row) ? () : makeRow()
    default: makeRow()
    }
  }

  private mutating func makeRow() {
    guard !isBound("row") else { return layout.put("1..3") }
    layout.put("row")
    if random.once(in: 4) { layout.put("0..3") } else { elements(.number(.one), count: 1 + random.below(3)) }
  }

  private mutating func pipe(_ head: (inout Self) -> Void, into stage: (inout Self) -> Void) {
    layout.put("(")
    layout.touch()
    head(&self)
    layout.put("|")
    stage(&self)
    layout.put(")", .none)
  }

  /// A call of a function in scope that gives this.
  ///
  /// - Returns: whether there is one.
  private mutating func call(_ sort: Sort) -> Bool {
    let fitting = functions.filter { $0.gives == sort }
    guard !fitting.isEmpty else { return false }
    let function = random.pick(fitting)
    layout.put("(")
    layout.touch()
    layout.put(function.name)
    let count = isFaulty() ? random.below(4) : function.arguments
    for _ in 0..<count { item(.any(&random)) }
    for label in function.labels where random.once(in: 2) {
      layout.put(isFaulty() ? "bass:" : "\(label):")
      item(.number(.one))
    }
    layout.put(")", .none)
    return true
  }
}
