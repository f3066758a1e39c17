extension Figure {
  /// The inside of an SVG element that stands in a page, with its closing tag: its ground is clear, and what is drawn on that
  /// takes its colours from the page's variables (`PageColour`), with those of a white page where it has none.
  ///
  /// - Parameter prefix: of every identifier in it, its own in the page; `nil` makes one of the content, so that only the same
  ///   drawing has the same.
  public func pageDrawing(identifiersFrom prefix: String? = nil) throws(FigureError) -> [UInt8] {
    let drawn = renumbered(try drawn(on: .pageSVG).finishedFile(), prefix: prefix)
    guard let start = drawn.indices.first(where: { drawn[$0...].starts(with: "<svg".utf8) }),
      let end = drawn[start...].firstIndex(of: UInt8(ascii: ">"))
    else { throw .notDrawn(reason: "Cairo has written no SVG") }
    return withVariables(drawn[(end + 1)...])
  }

  /// The opening tag of that element.
  ///
  /// - Parameter attributes: what it has besides its `viewBox`.
  public func pageDrawingOpening(attributes: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      + "viewBox=\"0 0 \(number(size.width)) \(number(size.height))\" \(attributes)>"
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
