extension Figure {
  /// An SVG element to stand in a page: its ground is clear, and what is drawn on that takes its colours from the page's
  /// variables (`PageColour`), with those of a white page where it has none.
  ///
  /// - Parameters:
  ///   - prefix: of every identifier in it, its own in the page.
  ///   - attributes: of the element, after its `viewBox`.
  public func svgElement(identifiersFrom prefix: String, attributes: String) throws(FigureError) -> String {
    let drawn = renumbered(try drawn(on: .pageSVG).finishedFile(), prefix: prefix)
    guard let start = drawn.indices.first(where: { drawn[$0...].starts(with: "<svg".utf8) }),
      let end = drawn[start...].firstIndex(of: UInt8(ascii: ">"))
    else { throw .notDrawn(reason: "Cairo has written no SVG") }
    let opening =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      + "viewBox=\"0 0 \(number(size.width)) \(number(size.height))\" \(attributes)>"
    return opening + String(decoding: withVariables(drawn[(end + 1)...]), as: UTF8.self)
  }

  private func number(_ length: Double) -> String { String(Float(length)) }
}

/// With the variables of a page in the place of their stand-ins.
private func withVariables(_ svg: ArraySlice<UInt8>) -> [UInt8] {
  let opening = Array("rgb(".utf8)
  var result: [UInt8] = []
  result.reserveCapacity(svg.count)
  var index = svg.startIndex
  while index < svg.endIndex {
    if svg[index] == opening[0], svg[index...].starts(with: opening),
      let end = svg[index...].firstIndex(of: UInt8(ascii: ")")),
      let colour = colour(ofPercentages: svg[(index + 4)..<end]),
      let variable = PageColour.behind(colour)
    {
      result += "var(--\(variable.name),\(variable.light.hexadecimal))".utf8
      index = end + 1
    } else {
      result.append(svg[index])
      index += 1
    }
  }
  return result
}

/// `12.156863%,0%,100%`, as Cairo writes a colour.
private func colour(ofPercentages text: ArraySlice<UInt8>) -> Colour? {
  let parts = String(decoding: text, as: UTF8.self).split(separator: ",").compactMap { part -> UInt8? in
    let number = part.drop { $0 == " " }.prefix { $0 != "%" }
    return Double(number).flatMap { UInt8(exactly: ($0 * 2.55).rounded()) }
  }
  return parts.count == 3 ? Colour(red: parts[0], green: parts[1], blue: parts[2]) : nil
}
