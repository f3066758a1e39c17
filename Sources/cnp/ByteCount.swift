import ArgumentParser

/// A number of bytes as people write it: `500M`, `8G`, `1.5T`, in powers of 1024.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let units: [(String, Int)] = [("K", 10), ("M", 20), ("G", 30), ("T", 40)]
    let text = argument.uppercased().replacing(#/(I?B)$/#, with: "")
    let unit = units.first { text.hasSuffix($0.0) }
    guard let number = Double(text.dropLast(unit == nil ? 0 : 1)), number >= 0,
      number * Double(1 << (unit?.1 ?? 0)) < 1e18
    else { return nil }
    bytes = Int(number * Double(1 << (unit?.1 ?? 0)))
  }

  var description: String {
    let units = [("T", 40), ("G", 30), ("M", 20), ("K", 10)]
    guard let unit = units.first(where: { bytes >= 1 << $0.1 }) else { return "\(bytes)" }
    let tenths = Int((Double(bytes) / Double(1 << unit.1) * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)\(unit.0)" : "\(tenths / 10).\(tenths % 10)\(unit.0)"
  }

  var defaultValueDescription: String { description }
}
