/// Gives the identifiers of an SVG document from Cairo names of its own.
///
/// Cairo numbers them by a counter of the process: the same figure drawn twice would differ, and two documents inlined
/// in one page would refer to each other's glyphs. Here they become a digest of the document and a running number.
func renumbered(_ svg: [UInt8]) -> [UInt8] {
  let text = String(decoding: svg, as: UTF8.self)
  let openings = ["id=\"", "href=\"#", "url(#"]
  var pieces: [Substring.UTF8View] = []
  var names: [String] = []
  var numbers: [String: Int] = [:]
  var rest = text.utf8[...]
  var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  while let quote = nextReference(in: rest, openings: openings.map { Array($0.utf8) }) {
    let end = rest[quote...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ")") } ?? rest.endIndex
    pieces.append(rest[..<quote])
    let name = String(rest[quote..<end]) ?? ""
    if numbers[name] == nil { numbers[name] = numbers.count }
    names.append(name)
    rest = rest[end...]
  }
  pieces.append(rest)
  // FNV-1a over everything but the names.
  for piece in pieces { for byte in piece { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 } }
  let prefix = "f" + String(digest, radix: 16) + "-"
  var renamed: [UInt8] = []
  renamed.reserveCapacity(svg.count + names.count * 20)
  for (index, piece) in pieces.enumerated() {
    renamed.append(contentsOf: piece)
    if index < names.count { renamed.append(contentsOf: (prefix + String(numbers[names[index]] ?? 0)).utf8) }
  }
  return renamed
}

/// Where the name after the next opening starts.
private func nextReference(in text: Substring.UTF8View, openings: [[UInt8]]) -> Substring.UTF8View.Index? {
  var index = text.startIndex
  while index < text.endIndex {
    let byte = text[index]
    // Cheap test first: image data is long and none of it starts an opening.
    if byte == UInt8(ascii: "i") || byte == UInt8(ascii: "h") || byte == UInt8(ascii: "u") {
      for opening in openings where byte == opening[0] && text[index...].starts(with: opening) {
        return text.index(index, offsetBy: opening.count)
      }
    }
    index = text.index(after: index)
  }
  return nil
}
