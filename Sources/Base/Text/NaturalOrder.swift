/// Whether a name stands before another as people count: runs of digits compare by value, so 9-1 is before 10-1.
///
/// A total order that depends on the bytes alone, never on a locale: equal numbers written with more zeros come later.
public func isNaturallyBefore(_ left: String, _ right: String) -> Bool {
  let (a, b) = (Array(left.utf8), Array(right.utf8))
  var (i, j) = (0, 0)
  while i < a.count && j < b.count {
    if isDigit(a[i]) && isDigit(b[j]) {
      let (first, second) = (digits(a, from: &i), digits(b, from: &j))
      if first.count != second.count { return first.count < second.count }
      if first != second { return first.lexicographicallyPrecedes(second) }
    } else {
      if a[i] != b[j] { return a[i] < b[j] }
      i += 1
      j += 1
    }
  }
  if (i < a.count) != (j < b.count) { return j < b.count }
  return a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

/// The run of digits that starts at `position`, leading zeros dropped.
private func digits(_ bytes: [UInt8], from position: inout Int) -> ArraySlice<UInt8> {
  let start = position
  while position < bytes.count && isDigit(bytes[position]) { position += 1 }
  return bytes[start..<position].drop { $0 == 48 }
}
