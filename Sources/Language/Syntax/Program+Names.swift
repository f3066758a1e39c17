extension Program {
  /// The names it binds outside of functions, in the order of their first binding.
  public var boundNames: [String] { [] }
  /// The names it may read from what came before, in the order of their first reading: commands are among
  /// them, since a bound name hides a command.
  public var readNames: [String] { [] }
}
