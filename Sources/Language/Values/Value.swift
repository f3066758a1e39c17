/// The unit a number carries through arithmetic. `%` is not a unit: `10%` is read as 0.1.
public enum Unit: String, Sendable, Hashable, CaseIterable {
  case one = ""
  case degrees = "deg"
  case pixels = "px"
  case millimetres = "mm"
  case micrometres = "um"
  case squareMillimetres = "mm2"
  case discAreas = "DA"

  /// What has it.
  public var meaning: String {
    switch self {
    case .one: "counts, shares and whatever has no unit"
    case .degrees: "angles"
    case .pixels: "lengths in an image"
    case .millimetres: "lengths in the eye"
    case .micrometres: "small ones, a thousandth of a mm; also written µm"
    case .squareMillimetres: "areas in the eye; also written mm²"
    case .discAreas: "areas in the eye as multiples of an optic disc's"
    }
  }

  /// The unit as a program may write it.
  init?(written word: String) {
    switch word {
    case "µm", "μm": self = .micrometres
    case "mm²": self = .squareMillimetres
    default: self.init(rawValue: word)
    }
  }

  /// What a number in this unit is multiplied by to be one in another; `nil` where it can't be.
  func factor(to other: Unit) -> Double? {
    switch (self, other) {
    case _ where self == other: 1
    case (.micrometres, .millimetres): 0.001
    case (.millimetres, .micrometres): 1000
    default: nil
    }
  }
}

/// A value of the language. Values never change; a statement binds a name to a new one.
public enum Value: Sendable {
  case none
  case truth(Bool)
  case number(Double, Unit)
  case text(String)
  case list([Value])
  case record(Record)
  /// Both ends included.
  case range(ClosedRange<Int>)
  case function(Function)
  /// A value of a type that the registry plugs in: an image, a network, a table.
  case object(any ObjectValue)

  /// A number without a unit.
  public static func number(_ value: Double) -> Value { .number(value, .one) }
}

/// Names with values, in the order they were written.
public struct Record: Sendable {
  public private(set) var names: [String] = []
  private var values: [String: Value] = [:]

  public init(_ fields: KeyValuePairs<String, Value> = [:]) {
    for (name, value) in fields { self[name] = value }
  }

  /// The field of that name; setting a new name appends it, setting `nil` removes it.
  public subscript(name: String) -> Value? {
    get { values[name] }
    set {
      if newValue == nil {
        names.removeAll { $0 == name }
      } else if values[name] == nil {
        names.append(name)
      }
      values[name] = newValue
    }
  }
}

/// A type that a module above plugs into the language.
///
/// The language knows such a value only by what it declares here: its name, its members, its
/// elements, its arithmetic, how it is displayed, and its stored form: exact to the bit.
public protocol ObjectValue: Sendable, Codable {
  /// The name used in signatures, `describe` and messages: `image`, `dataset`.
  static var typeName: String { get }
  /// What it is, in a line without a full stop; empty where its name says all.
  static var meaning: String { get }
  /// What may stand after the dot, with a line of help each: `net.history`.
  static var members: [MemberDeclaration] { get }

  /// One line, for lists and interpolation: `image 512×512`.
  var summary: String { get }
  /// What `print` and the prompt show; may have several lines.
  var display: String { get }

  /// The value of a declared member.
  func member(_ name: String) throws -> Value
  /// How many elements `x[i]` and `for` may ask for; `nil` when the type has none.
  var count: Int? { get }
  /// The element at an index in `0..<count`.
  func element(at index: Int) throws -> Value
  /// The result of `left operator right`, where at least one side is of this type; `nil` when the
  /// type has no such operator. `not x` asks with `x` on the left and nothing on the right.
  static func apply(_ operator: Operator, _ left: Value, _ right: Value) throws -> Value?
  /// Whether `display` is set in columns, which breaking its lines would spoil.
  static var isSetInColumns: Bool { get }
  /// What checks may know of the value; `nil` where its kind says all.
  var facts: (any Facts)? { get }
}

extension ObjectValue {
  public static var meaning: String { "" }
  public static var members: [MemberDeclaration] { [] }
  public var display: String { summary }
  public func member(_ name: String) throws -> Value { .none }
  public var count: Int? { nil }
  public func element(at index: Int) throws -> Value { .none }
  public static func apply(_ operator: Operator, _ left: Value, _ right: Value) throws -> Value? { nil }
  public static var isSetInColumns: Bool { false }
  public var facts: (any Facts)? { nil }
}

/// What may stand after the dot of a value.
public struct MemberDeclaration: Sendable {
  public let name: String
  public let kind: Kind
  public let help: String

  public init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }
}

/// The operators of the grammar, loosest first.
public enum Operator: String, Sendable, CaseIterable {
  case or, xor, and, not
  case equal = "==", notEqual = "!="
  case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  case add = "+", subtract = "-"
  case multiply = "*", divide = "/"
  case power = "^"
}
