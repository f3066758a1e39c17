/// The EXIF block of an orientation, as a PNG's eXIf chunk holds it.
public func exifBlock(orientation: Int, isLittle: Bool = false) -> [UInt8] {
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    isLittle ? bigEndian(value, count).reversed() : bigEndian(value, count)
  }
  return Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(1, 2)
    + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2) + number(0, 4)
}

/// The index of a multi-picture file, as far as it counts the pictures.
public func multiPictureIndex(count: Int) -> [UInt8] {
  Array("MPF\0MM".utf8) + bigEndian(42, 2) + bigEndian(8, 4) + bigEndian(1, 2) + bigEndian(0xB001, 2)
    + bigEndian(4, 2) + bigEndian(1, 4) + bigEndian(count, 4) + bigEndian(0, 4)
}

/// One segment of a JPEG with its marker.
public func jpegSegment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
  [0xFF, marker] + bigEndian(content.count + 2, 2) + content
}

/// Where segments begin in a JPEG: the first behind its start, the last with the pixels.
public func segmentStarts(of jpeg: [UInt8]) -> [Int] {
  var starts = [2]
  while let at = starts.last, at + 4 <= jpeg.count, jpeg[at] == 0xFF, jpeg[at + 1] != 0xDA {
    starts.append(at + 2 + Int(jpeg[at + 2]) << 8 + Int(jpeg[at + 3]))
  }
  return starts
}

/// A JPEG with its orientation in an EXIF segment.
public func jpeg(_ jpeg: [UInt8], withExif block: [UInt8]) -> [UInt8] {
  jpeg[..<2] + jpegSegment(0xE1, Array("Exif\0\0".utf8) + block) + jpeg[2...]
}
