/// Arithmetic on two numbers, lane by lane.
public enum ArithmeticOperation: Sendable {
  case add, subtract, multiply, divide, minimum, maximum

  @inline(__always)
  func callAsFunction(_ a: Lanes, _ b: Lanes) -> Lanes {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .minimum: a.smaller(b)
    case .maximum: a.larger(b)
    }
  }
}

/// A function of one number, lane by lane.
public enum ElementaryFunction: Sendable {
  case exp, log, squareRoot, absolute, negate

  @inline(__always)
  func callAsFunction(_ x: Lanes) -> Lanes {
    switch self {
    case .exp: exponential(x)
    case .log: logarithm(x)
    case .squareRoot: x.squareRoot()
    case .absolute: Lanes.choose(x .< Lanes(repeating: 0), -x, x) + Lanes(repeating: 0)
    case .negate: -x
    }
  }
}

public enum Elementwise {
  /// out = a ∘ b.
  public static func combine(_ a: Region, _ operation: ArithmeticOperation, _ b: Region, into out: Region) {
    precondition(a.count == b.count && a.count == out.count, "elementwise operands have one size")
    let (a, b, out, count) = (a.base, b.base, out.base, out.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(operation(load(a + $0), load(b + $0)), out + $0, first: $1) }
    }
  }

  /// out = a ∘ b for a number b.
  public static func combine(_ a: Region, _ operation: ArithmeticOperation, _ b: Float, into out: Region) {
    precondition(a.count == out.count, "elementwise operands have one size")
    let (a, b, out, count) = (a.base, Lanes(repeating: b), out.base, out.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(operation(load(a + $0), b), out + $0, first: $1) }
    }
  }

  /// out = a ∘ b for a number a.
  public static func combine(_ a: Float, _ operation: ArithmeticOperation, _ b: Region, into out: Region) {
    precondition(b.count == out.count, "elementwise operands have one size")
    let (a, b, out, count) = (Lanes(repeating: a), b.base, out.base, out.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(operation(a, load(b + $0)), out + $0, first: $1) }
    }
  }

  /// out = f(x).
  public static func apply(_ function: ElementaryFunction, _ x: Region, into out: Region) {
    precondition(x.count == out.count, "elementwise operands have one size")
    let (x, out, count) = (x.base, out.base, out.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(function(load(x + $0)), out + $0, first: $1) }
    }
  }

  /// out += factor · x.
  public static func accumulate(_ x: Region, times factor: Float = 1, into out: Region) {
    precondition(x.count == out.count, "elementwise operands have one size")
    let (x, factor, out, count) = (x.base, Lanes(repeating: factor), out.base, out.count)
    forEachBlock(of: count) { block in
      forEachOctet(in: block) { store(load(x + $0).timesPlus(factor, load(out + $0)), out + $0, first: $1) }
    }
  }
}
