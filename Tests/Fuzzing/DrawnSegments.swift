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

/// A JPEG of one grey, its components sampled so often across and down: each block is a difference of 0 and an end.
public func flatJPEG(width: Int, height: Int, sampling: [(across: Int, down: Int)]) -> [UInt8] {
  let most = (across: sampling.map(\.across).max() ?? 1, down: sampling.map(\.down).max() ?? 1)
  func parts(_ side: Int, _ size: Int) -> Int { (side + size - 1) / size }
  let units = parts(width, 8 * most.across) * parts(height, 8 * most.down)
  let bits = 2 * units * sampling.reduce(0) { $0 + $1.across * $1.down }
  func table(_ identifier: UInt8) -> [UInt8] { jpegSegment(0xC4, [identifier, 1] + [UInt8](repeating: 0, count: 16)) }
  let count = UInt8(sampling.count)
  var frame: [UInt8] = [8] + bigEndian(height, 2) + bigEndian(width, 2) + [count]
  var scan: [UInt8] = [count]
  for (index, factors) in sampling.enumerated() {
    let name = UInt8(index + 1)
    frame += [name, UInt8(factors.across << 4 | factors.down), 0] as [UInt8]
    scan += [name, 0] as [UInt8]
  }
  scan += [0, 63, 0] as [UInt8]
  var file: [UInt8] = [0xFF, 0xD8]
  file += jpegSegment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
  file += jpegSegment(0xC0, frame)
  file += table(0) + table(0x10)
  file += jpegSegment(0xDA, scan)
  file += [UInt8](repeating: 0, count: bits / 8)
  if bits % 8 > 0 { file.append(0xFF >> UInt8(bits % 8)) }
  return file + [0xFF, 0xD9]
}
