import Fuzzing
import Language
import Testing

/// Properties of whole expressions, over random ones.
@Suite struct ArithmeticTests {
  private func value(_ text: String) throws -> Value {
    var session = Session(registry: fakeRegistry)
    try session.run(program("x = " + text), cell: "c", host: Recorder())
    return session.bindings["x"] ?? .none
  }

  /// A random expression as text, and what it comes to by Swift's own precedence.
  private func expression(_ depth: Int, _ generator: inout SeededGenerator) -> (text: String, value: Double) {
    guard depth > 0 else {
      let number = Int.random(in: 1...9, using: &generator)
      return ("\(number)", Double(number))
    }
    let left = expression(depth - 1, &generator)
    let right = expression(depth - 1, &generator)
    let isTight = Bool.random(using: &generator)
    func write(_ symbol: String) -> String {
      isTight ? "(\(left.text)\(symbol)\(right.text))" : "(\(left.text) \(symbol) \(right.text))"
    }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return (write("+"), left.value + right.value)
    case 1: return (write("-"), left.value - right.value)
    case 2: return (write("*"), left.value * right.value)
    default: return ("-\(write("+"))", -(left.value + right.value))
    }
  }

  @Test func nestedArithmeticAgreesWithSwift() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      let (text, expected) = expression(4, &generator)
      guard case .number(let found, .one) = try value(text) else {
        Issue.record("no number: \(text)")
        return
      }
      #expect(found == expected, "\(text)")
    }
  }

  @Test func chainsRunFromLeftToRight() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let numbers = (0..<6).map { _ in Double(Int.random(in: 1...9, using: &generator)) }
      let signs = (0..<5).map { _ in Bool.random(using: &generator) }
      var text = display(number: numbers[0])
      var expected = numbers[0]
      for (sign, number) in zip(signs, numbers.dropFirst()) {
        text += (sign ? " + " : " - ") + display(number: number)
        expected = sign ? expected + number : expected - number
      }
      #expect(inline(try value(text)) == display(number: expected))
    }
  }

  /// The checker computes constants by the evaluator's own rules: what it refuses fails at run time with the same code.
  @Test func checkerAndEvaluatorAgree() {
    let operands = ["1", "2deg", "3px", "true", "'a'", "[1]", "none", "1..2", "(row [1])", "[a: 1]", "0", "mean"]
    for symbol in ["+", "-", "*", "/", "^", "<", "==", "and", "xor"] {
      for left in operands {
        for right in operands {
          let tree = program("x = (same \(left)) \(symbol) (same \(right))")
          let constant = program("x = [\(left)][0] \(symbol) [\(right)][0]")
          var checker = Checker(registry: fakeRegistry)
          let finding = checker.check(constant) { _ in .unknown }.first
          var session = Session(registry: fakeRegistry)
          var failure: Diagnostic?
          do throws(Diagnostic) { try session.run(tree, cell: "c", host: Recorder()) } catch { failure = error }
          // Plugged-in values and functions are computed at run time alone.
          if finding != nil || !(left + right).contains(where: { "rm".contains($0) }) {
            #expect(finding?.code == failure?.code, "\(left) \(symbol) \(right)")
          }
        }
      }
    }
  }
}
