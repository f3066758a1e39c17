/// The encoding of a text that is not UTF-8, where its first bytes tell: a mark at the start, or, as some editors leave the
/// mark out, a NUL beside every letter.
///
/// - Returns: `UTF-16` or `UTF-32`, `nil` for everything else.
public func foreignEncoding(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
  let head = bytes.prefix(64)
  guard head.count >= 8 else { return nil }
  let (even, odd) = (head.indices.filter { $0 % 2 == 0 }, head.indices.filter { $0 % 2 == 1 })
  for (high, low) in [(odd, even), (even, odd)]
  where high.allSatisfy({ head[$0] == 0 }) && low.allSatisfy({ head[$0] != 0 }) {
    return "UTF-16"
  }
  return nil
}
