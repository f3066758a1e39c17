extension DiagnosticCode {
  /// What the mistake is, in one line without a full stop.
  public var meaning: String { description.meaning }

  /// A program that has this mistake and no other; `nil` where no program can have it.
  public var example: String? { description.example }

  private var description: (meaning: String, example: String?) {
    switch self {
    case .unexpectedCharacter: ("a character that means nothing where it stands", "x = 1 ? 2")
    case .nulByte: ("a NUL byte in the source, which would cut a path short", "x = \"a\0b\"")
    case .invalidEncoding:
      ("bytes that are not UTF-8, or the character that stands for such bytes", "x = \"\u{FFFD}\"")
    case .foreignOperator: ("an operator of another language", "x = true && false")
    case .bareFraction: ("a fraction without the digit before its point", "x = .5")
    case .numberTooLarge: ("a number larger than any that can be held", "x = 1e999")
    case .unknownUnit: ("letters behind a number that are no unit", "x = 15dgr")
    case .unclosedText: ("a text without its closing quote", "x = \"angiogram")
    case .unknownEscape: ("a backslash before a character that it gives no meaning", "x = \"a\\q\"")
    case .unclosedInterpolation: ("a brace in a text that is not closed on its line", "x = 1\nprint \"{x\"")
    case .emptyInterpolation: ("braces in a text with nothing between them", "print \"{}\"")
    case .unclosedBracket: ("a bracket that is never closed", "x = [1, 2")
    case .unmatchedBracket: ("a closing bracket without its opening one", "x = 1)")
    case .nestedTooDeep:
      (
        "more levels of nesting than can be read or held",
        String(repeating: "(", count: 200) + "1" + String(repeating: ")", count: 200)
      )
    case .unevenSpacing: ("an operator with a space on one side only", "x = 1\ny = x* 2")
    case .ambiguousSign: ("a sign that may be an operator or belong to an argument", "x = 1\ny = x -1")
    case .tightOperator: ("an operator without spaces behind an argument", "def f a b: 1 { a }\nx = 1\nf x-1")
    case .ambiguousPower: ("a power of a number with a sign", "x = -2^2")
    case .comparisonChain: ("a comparison of a comparison", "x = 1 < 2 < 3")
    case .unexpectedToken: ("a word or a mark that can't stand where it stands", "for 1 in 0..9 { 1 }")
    case .literalCalled: ("a number or a text that is followed by something like an argument", "x = 2 3")
    case .argumentsInParentheses:
      ("arguments in parentheses with commas, as other languages write them", "def f a b { a }\nf(1, 2)")
    case .stageIsNoCall: ("something other than a command after a pipe", "1 | 2")
    case .operatorAfterStage: ("an operator behind the stage of a pipe", "def f a { a }\n1 | f + 1")
    case .assignmentInExpression: ("an equals sign inside an expression", "if (x = 1) { print 1 }")
    case .assignmentToPart: ("an assignment to a part of a value", "x = [a: 1]\nx.a = 2")
    case .reservedName: ("a word of the language where a name is bound", "for = 1")
    case .detachedLabel: ("a label with a space before its colon", "split (phantom 4) seed : 7")
    case .repeatedName: ("a label, field or parameter that stands twice", "x = [a: 1, a: 2]")
    case .nothingBeforePipe: ("a pipe with nothing before it", "if true {\n  | print\n}")
    case .unknownName: ("a name that nothing is bound to", "radius = 2\nprint raduis")
    case .unknownCommand: ("a call of something that is no command", "phantm 4")
    case .notCallable: ("a value that is given arguments", "x = 1\nx 2")
    case .unknownLabel: ("a label that the command or function doesn't have", "def f a b: 1 { a }\nf 1 c: 2")
    case .missingArgument: ("a call that lacks an argument", "def f a b { a }\nf 1")
    case .tooManyArguments: ("a call with more arguments than are taken without a label", "def f a { a }\nf 1 2")
    case .wrongKind: ("an argument of another kind than the parameter takes", "phantom \"four\"")
    case .wrongUnit: ("a number in another unit than the parameter takes", "augment (phantom 4) rotate: 15px")
    case .outOfRange: ("a number outside of the parameter's range", "augment (phantom 4) flip: 1.5")
    case .notWhole: ("a number with a fraction where a whole one is needed", "phantom 2.5")
    case .unknownChoice: ("a word that is not among the parameter's choices", "split (phantom 4) by: image-name")
    case .missingPath: ("a path to read at which nothing is", "load \"no-such-folder\"")
    case .callsTooDeep: ("functions that call each other without an end", "def f x { f x }\nf 1")
    case .operatorKinds: ("an operator between kinds of values that it can't take", "x = \"a\" * 2")
    case .unitMismatch: ("a sum or a comparison of numbers in different units", "x = 15deg + 2px")
    case .unitProduct: ("a product, quotient or power without a unit of the language", "x = 2px * 3mm")
    case .divisionByZero: ("a division of a number by zero", "x = 1 / 0")
    case .notFinite: ("a result too large to be held, or none at all", "x = 10^1000")
    case .conditionKind: ("a condition that is neither true nor false", "if 1 { print \"yes\" }")
    case .notIterable: ("a loop over something without elements", "for x in 3 { print x }")
    case .unknownMember: ("a member that the value doesn't have", "x = [1, 2]\nx.cuont")
    case .notIndexable: ("an element of a value that has none", "x = 1\nx[0]")
    case .indexKind: ("an index that is no whole number, range or field name", "x = [1, 2]\nx[\"first\"]")
    case .indexOutOfRange: ("an index before the first or behind the last element", "x = [1, 2]\nx[2]")
    case .unknownField: ("a field that the record doesn't have", "x = [width: 1]\nx[\"widht\"]")
    case .rangeEnd: ("an end of a range that is no whole number", "x = 1..2.5")
    case .rangeReversed: ("a range whose first end lies above its last", "x = 9..1")
    case .unpackMismatch: ("more or fewer names than values", "a, b = [1, 2, 3]")
    case .nothingToContinue: ("a line that continues from a value where there is none", "| print")
    case .valueTooLarge:
      ("a list or a text that grows beyond what can be held or shown", "x = [1]\nfor i in 1..40 { x = [x, x] }")
    case .unreachableCode: ("code that never runs, whatever the names stand for", "if 1 > 2 { print \"never\" }")
    case .indentedStatement:
      ("a line that is indented as if it went on with the line above", "a = 1\n  [2, 3]\nprint a")
    case .interrupted: ("the program was stopped by Ctrl-C", "for i in 1..9 { print i }")
    case .unreadable: ("a program was run in spite of the mistakes in its form", nil)
    case .internalError:
      ("a failure inside a command that has no code of its own: a mistake of cnp, not of the program", nil)
    }
  }
}
