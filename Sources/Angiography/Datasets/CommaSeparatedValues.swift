/// One line of a CSV file (RFC 4180): fields are quoted where they must be; ends with a line feed.
public func csvLine(_ fields: [String]) -> String {
  fields.map { field in
    let needsQuotes = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    return needsQuotes
      ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : field
  }.joined(separator: ",") + "\n"
}
