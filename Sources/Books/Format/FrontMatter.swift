import Vocabulary

/// What stands between the `---` lines at the head of a book.
public struct FrontMatter: Sendable {
  /// The version of the format; 1 is the only one.
  public var format = 1
  /// The engine versions that the book asks for.
  public var engine: EngineConstraint?
  public var title: String?
  public var authors: [String] = []
  /// Keys every random stream of the book.
  public var seed: UInt64 = 0
  /// In the order they are written.
  public var parameters: [BookParameter] = []

  /// Whether all of it could be read: else the names of its params are not known.
  public var isWhole = true

  package static let keys = FrontMatterKey.allCases.map(\.rawValue)

  public init() {}
}
