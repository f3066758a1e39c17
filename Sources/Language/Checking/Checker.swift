/// Checks programs one after the other without running them: the cells of a book.
///
/// What is known of the names that one program binds is carried to the next.
public struct Checker {
  public let registry: Registry

  /// - Parameter params: names with values that are in scope from the start.
  public init(registry: Registry, params: [String: Value] = [:]) {
    self.registry = registry
  }

  /// Every mistake that can be found without running, in the order of the source.
  ///
  /// - Parameter pathExists: whether a file or folder is at the path as the program writes it.
  public mutating func check(_ program: Program, pathExists: (String) -> Bool) -> [Diagnostic] { [] }
}
