import Base

/// Gives the identifiers of an SVG document from Cairo names of its own.
///
/// Cairo numbers them by a counter of the process: the same figure drawn twice would differ, and two documents inlined
/// in one page would refer to each other's glyphs. Here they become a running number after the prefix, which without one
/// is a digest of the document.
func renumbered(_ svg: [UInt8], prefix given: String? = nil) -> [UInt8] {
  let names = identifiers(in: svg)
  let prefix = given ?? digest(of: svg, without: names)
  var numbers: [ArraySlice<UInt8>: Int] = [:]
  var start = 0
  var renamed: [UInt8] = []
  renamed.reserveCapacity(svg.count + names.count * 20)
  for name in names {
    let number = numbers[svg[name], default: numbers.count]
    numbers[svg[name]] = number
    renamed += svg[start..<name.lowerBound]
    renamed += (prefix + String(number)).utf8
    start = name.upperBound
  }
  return renamed + svg[start...]
}

/// Over everything but the names.
private func digest(of svg: [UInt8], without names: [Range<Int>]) -> String {
  var digest = FNV1a()
  var start = 0
  for name in names + [svg.endIndex..<svg.endIndex] {
    for index in start..<name.lowerBound { digest.add(UInt64(svg[index])) }
    start = name.upperBound
  }
  return "f" + String(digest.value, radix: 16) + "-"
}

/// Where identifiers are declared or referred to, without the signs around them.
private func identifiers(in svg: [UInt8]) -> [Range<Int>] {
  let openings = ["id=\"", "href=\"#", "url(#"].map { Array($0.utf8) }
  let firstLetters = openings.map { $0[0] }
  var found: [Range<Int>] = []
  var index = 0
  while index < svg.count {
    // Cheap test first: image data is long and holds no opening.
    if firstLetters.contains(svg[index]), let opening = openings.first(where: { svg[index...].starts(with: $0) }) {
      let start = index + opening.count
      index = start
      while index < svg.count, svg[index] != UInt8(ascii: "\""), svg[index] != UInt8(ascii: ")") { index += 1 }
      found.append(start..<index)
    } else {
      index += 1
    }
  }
  return found
}
