/// Which page of a TIFF is its picture, found without the file around it: software often writes directories behind the
/// pixels.
///
/// Pages that are marked as reduced (NewSubfileType's first bit, SubfileType 2) or as transparency masks are passed
/// over, thumbnails among them; where nothing else is there, the pages below them (SubIFDs) are looked at. Of the rest
/// the first is the picture, if it says that it is of full resolution; where none says anything, the largest is, the
/// first of equals.
struct TIFFPages {
  /// The page that is read.
  let page: TIFFPage
  /// Which one that is, counted from 1.
  let number: Int
  /// How many there are, at most `mostPages`.
  let count: Int

  private static let mostPages = 4096
  /// Of all pages together: directories may overlap, so that a small file has many large ones.
  private static let mostEntries = 1 << 16

  /// - Throws: `truncated` where the first directory lies behind the end.
  /// - Returns: `nil` where the first directory makes no sense; libtiff then has the last word.
  init?(_ source: ByteSource) throws(ImageFault) {
    guard let structure = try TIFFStructure(in: source),
      let first = try TIFFPage(structure, at: structure.firstDirectory)
    else { return nil }
    var pages = [first]
    var seen: Set = [first.offset]
    var entryCount = first.entryCount
    // What is wrong behind the first page is no reason to refuse it.
    func another(at offset: Int) -> TIFFPage? {
      guard entryCount < Self.mostEntries, seen.count < Self.mostPages, seen.insert(offset).inserted,
        let page = try? TIFFPage(structure, at: offset)
      else { return nil }
      entryCount += page.entryCount
      return page
    }
    while let last = pages.last, last.next != 0, let next = another(at: last.next) { pages.append(next) }
    if !pages.contains(where: \.isWhole) { pages += pages.flatMap(\.pagesBelow).compactMap(another) }
    let whole = pages.indices.filter { pages[$0].isWhole }
    let candidates = whole.isEmpty ? Array(pages.indices) : whole
    var chosen = candidates[0]
    if pages[chosen].role != .saidToBeWhole {
      for candidate in candidates where pages[candidate].area > pages[chosen].area { chosen = candidate }
    }
    page = pages[chosen]
    number = chosen + 1
    count = pages.count
  }
}

/// What one directory says of its page, before any pixel is read.
struct TIFFPage {
  /// Of the directory in the file.
  let offset: Int
  /// As stored, before it is turned upright.
  let width, height: Int
  enum Role { case saidToBeWhole, unsaid, reduced, transparencyMask }
  let role: Role
  fileprivate let next: Int
  fileprivate let pagesBelow: [Int]
  private let structure: TIFFStructure
  private let directory: TIFFStructure.Directory

  private enum Tag {
    static let (newSubfileType, subfileType, width, height, bits, compression) = (254, 255, 256, 257, 258, 259)
    static let (photometric, orientation, channels, maxSampleValue) = (262, 274, 277, 281)
    static let (pagesBelow, sampleFormat, largestSampleValue) = (330, 339, 341)
  }

  fileprivate init?(_ structure: TIFFStructure, at offset: Int) throws(ImageFault) {
    guard let directory = try structure.directory(at: offset),
      let width = try structure.numbers(Tag.width, in: directory).first,
      let height = try structure.numbers(Tag.height, in: directory).first
    else { return nil }
    self.offset = offset
    (self.width, self.height, self.structure, self.directory) = (width, height, structure, directory)
    role =
      if let flags = try structure.numbers(Tag.newSubfileType, in: directory).first {
        flags & 4 != 0 ? .transparencyMask : flags & 1 != 0 ? .reduced : .saidToBeWhole
      } else if let kind = try structure.numbers(Tag.subfileType, in: directory).first {
        kind == 2 ? .reduced : kind == 1 ? .saidToBeWhole : .unsaid
      } else {
        .unsaid
      }
    next = directory.next
    pagesBelow = try structure.numbers(Tag.pagesBelow, in: directory, most: 64)
  }

  fileprivate var entryCount: Int { directory.entries.count }
  fileprivate var isWhole: Bool { role == .saidToBeWhole || role == .unsaid }
  fileprivate var area: Int { width.multipliedReportingOverflow(by: height).partialValue }

  /// How the page has to be turned; upright where the tag holds no orientation.
  package func orientation() throws(ImageFault) -> Orientation {
    try structure.numbers(Tag.orientation, in: directory).first.flatMap(Orientation.init) ?? .upright
  }

  /// White where MaxSampleValue or SMaxSampleValue says it: the value itself where it is the largest of so many bits,
  /// else, as some writers put down what the pixels reach, the largest of the bits that hold it.
  ///
  /// `nil` for the largest of 16 bits, which is what the tag means where it is missing.
  func statedWhite() throws(ImageFault) -> Int? {
    for tag in [Tag.maxSampleValue, Tag.largestSampleValue] {
      guard let value = try structure.numbers(tag, in: directory, most: 4).max(), (1...65535).contains(value) else {
        continue
      }
      let white = value & (value + 1) == 0 ? value : SampleRange.white(holding: value, fullScale: 65535)
      return white < 65535 ? white : nil
    }
    return nil
  }

  /// Whether it is of a kind that is certainly read here: grey, palette or colour of whole numbers, in a common
  /// compression.
  func isPlain() throws(ImageFault) -> Bool {
    func value(_ tag: Int, otherwise: Int) throws(ImageFault) -> Int {
      // A tag that holds something else than numbers is libtiff's to judge.
      try structure.numbers(tag, in: directory).first ?? (directory.entries[tag] == nil ? otherwise : -1)
    }
    let bits = try value(Tag.bits, otherwise: 1)
    let photometric = try value(Tag.photometric, otherwise: 1)
    let channels = try value(Tag.channels, otherwise: 1)
    guard [8, 16].contains(bits), try value(Tag.sampleFormat, otherwise: 1) == 1, (0...3).contains(photometric),
      photometric != 3 || bits == 8
    else { return false }
    let compression = try value(Tag.compression, otherwise: 1)
    return channels >= (photometric == 2 ? 3 : 1) && channels <= 4 && [1, 5, 8, 32773].contains(compression)
  }
}
