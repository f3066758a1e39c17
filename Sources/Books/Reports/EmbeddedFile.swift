import Base

/// Bytes as an address that carries them, so that a page needs no other file.
func dataAddress(_ bytes: [UInt8], type: String) -> String { "data:\(type);base64,\(base64(bytes))" }

/// RFC 4648, with padding.
package func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    let word = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < count ? UInt32(bytes[start + $1]) : 0) }
    for position in 0..<4 {
      result.append(position <= count ? digits[Int(word >> UInt32(18 - 6 * position) & 63)] : UInt8(ascii: "="))
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// The kind of an image by its first bytes; only kinds that carry no script.
private func imageType(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
  if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
  if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
  if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) { return "image/webp" }
  return nil
}

/// Prose with its images put in; an image from the network or one that isn't there leaves its description.
func withEmbeddedImages(_ prose: Prose, bookFolder: String) -> String {
  var html = ""
  var rest = prose.html[...]
  let start = "<img src=\"\(MarkdownBlock.imageScheme)"
  while let range = rest.firstRange(of: start) {
    html += rest[..<range.lowerBound]
    let tail = rest[range.upperBound...]
    guard let quote = tail.firstIndex(of: "\""), let end = tail[quote...].firstRange(of: "/>") else { break }
    let address = Int(tail[..<quote]).flatMap { prose.images[$0] } ?? ""
    if let image = embeddableImage(address, bookFolder: bookFolder) {
      html += "<img src=\"\(dataAddress(image.bytes, type: image.type))" + tail[quote..<end.upperBound]
    } else {
      html += "<span class=\"missing\">image not included: \(escapedHTML(address))</span>"
    }
    rest = tail[end.upperBound...]
  }
  return html + rest
}

/// An image below the book's folder, at most 16 MiB, of a kind that carries no script.
func embeddableImage(_ address: String, bookFolder: String) -> (bytes: [UInt8], type: String)? {
  guard !address.contains(":"), !address.hasPrefix("/"), !address.isEmpty else { return nil }
  let path = absolutePath(address.replacing("%20", with: " "), from: bookFolder)
  guard let resolved = resolvedPath(path), let root = resolvedPath(bookFolder), isPath(resolved, within: root) else {
    return nil
  }
  guard let bytes = try? fileBytes(resolved, limit: 16 << 20), let type = imageType(of: bytes) else { return nil }
  return (bytes, type)
}
