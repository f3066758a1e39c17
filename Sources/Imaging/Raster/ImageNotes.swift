/// The remarks on images in words, one line for each kind of remark however many images there are.
public struct ImageNotes: Sendable {
  /// The files by what is said of them, under what heads the line.
  private var found: [(heading: String, details: [(words: String, files: [String])])] = []

  public init() {}

  /// Adds what is to be said of a file, under its name.
  public mutating func add(_ remarks: [ImageRemark], of file: String) {
    for remark in remarks { add(file, under: remark.heading, remark.detail) }
  }

  /// Adds a file, or what else it is said of, to a line.
  package mutating func add(_ file: String, under heading: String, _ words: String) {
    let line = found.firstIndex { $0.heading == heading } ?? found.count
    if line == found.count { found.append((heading, [])) }
    if let detail = found[line].details.firstIndex(where: { $0.words == words }) {
      found[line].details[detail].files.append(file)
    } else {
      found[line].details.append((words, [file]))
    }
  }

  /// Details that a line gives; the rest are counted.
  private static let mostDetails = 4
  /// Names that a detail gives.
  private static let mostNames = 3

  public var lines: [String] {
    found.map { heading, details in
      var parts = details.prefix(Self.mostDetails).map { words, files in
        let more = files.count - Self.mostNames
        return
          "\(words) (\(files.prefix(Self.mostNames).joined(separator: ", "))\(more > 0 ? " and \(more) more" : ""))"
      }
      let rest = details.dropFirst(Self.mostDetails).reduce(0) { $0 + $1.files.count }
      if rest > 0 { parts.append("\(rest) more files otherwise") }
      return "\(heading): \(parts.joined(separator: "; "))"
    }
  }
}

extension ImageRemark {
  /// What all remarks of this kind have in common.
  fileprivate var heading: String {
    switch self {
    case .turned: "set upright as the files' orientation says"
    case .oneOfSeveral: "several pictures in one file"
    case .channelsLeftOut: "channels that are neither colour nor alpha are left out"
    case .transparencyIgnored: "transparency that would hide everything is ignored"
    case .hidden: "transparent pixels are read as black"
    case .rounded: "real numbers"
    case .inColour: "in colour, where fluorescein angiograms are grey"
    case .fewBits: "images that use few of their bits"
    }
  }

  fileprivate var detail: String {
    switch self {
    case .turned(let orientation): return orientation.words
    case .oneOfSeveral(let part, let count, let read):
      return "\(count) \(part.rawValue), \(read == 1 ? "the first" : "number \(read)") is read"
    case .channelsLeftOut(let count): return "\(count) \(count == 1 ? "channel" : "channels")"
    case .transparencyIgnored: return "wholly transparent"
    case .hidden(let share):
      let percent = Int((100 * share).rounded())
      return percent == 0 ? "less than 1 % of the picture" : "\(percent) % of the picture"
    case .rounded: return "0 to 1 is read in 65535 steps"
    case .inColour: return "the luminance is read"
    case .fewBits(let white, let largest, let fullScale):
      let bits = Int.bitWidth - white.leadingZeroBitCount
      let read = white == (1 << bits) - 1 ? "\(bits) bits" : "\(white) as white"
      guard let largest else { return "\(read), as the file itself shows" }
      return "values reach \(largest) of \(fullScale), read as \(read)"
    }
  }
}

extension Orientation {
  /// What was done to set the picture upright.
  fileprivate var words: String {
    switch self {
    case .upright: "as it is"
    case .mirrored: "mirrored left to right"
    case .upsideDown: "turned by 180°"
    case .flipped: "mirrored top to bottom"
    case .transposed: "mirrored along the falling diagonal"
    case .turnedLeft: "turned by 90° clockwise"
    case .transverse: "mirrored along the rising diagonal"
    case .turnedRight: "turned by 90° counter-clockwise"
    }
  }
}
