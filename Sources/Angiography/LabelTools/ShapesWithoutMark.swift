import Base
import Imaging

/// Notes of shapes that have no inside, lines and points, under the name of a class whose areas are marked.
///
/// - Parameters:
///   - chosen: the class that is non-perfusion; `nil` where there is no area of it.
///   - asked: what somebody has asked for. Where nobody has, the name that non-perfusion has here is looked at too.
func notesOfLines(in files: [LabelmeFile], of chosen: String?, asking asked: String?) -> [String] {
  let usual = ClassNames.folded(asked ?? AreaNames.nonPerfusion)
  var counts: [Line: [(file: String, count: Int)]] = [:]
  for file in files {
    let lines = file.shapes.filter { !$0.isArea && !Landmarks.isName($0.label) }
      .map { Line(kind: $0.kind, name: $0.label.trimmingSpaces) }
      .filter { [chosen, usual].contains(ClassNames.folded($0.name)) }
    for (line, same) in Dictionary(grouping: lines, by: \.self) {
      counts[line, default: []].append((file.path, same.count))
    }
  }
  return counts.sorted { ($0.key.name, $0.key.kind) < ($1.key.name, $1.key.kind) }.map { line, found in
    let total = found.reduce(0) { $0 + $1.count }
    let shapes = "\(total) \(line.kind)\(total == 1 || line.kind.hasSuffix("s") ? "" : "s")"
    return "\(clippedList(found.map(\.file))): \(shapes) of \(line.name) mark\(total == 1 ? "s" : "") no area"
  }
}

/// A kind of shape without an inside, and what it is called.
private struct Line: Hashable {
  let kind: String
  let name: String
}

/// Notes of areas that mark no pixel of the images that they were drawn on.
func notesOfMarklessAreas(_ drawn: [(drawing: Drawing, size: PixelSize)]) -> [String] {
  let found = drawn.map { drawing, size in
    (drawing, drawing.marked.compactMap { $0.reasonForNoMark(width: size.width, height: size.height) })
  }
  func note(_ reason: DrawnArea.Markless, one: String, many: String) -> String? {
    let those = found.map { drawing, reasons in (drawing: drawing, count: reasons.count { $0 == reason }) }
      .filter { $0.count > 0 }
    guard let name = those.first?.drawing.className else { return nil }
    var files: [String] = []
    for (drawing, _) in those where files.last != drawing.file { files.append(drawing.file) }
    let total = those.reduce(0) { $0 + $1.count }
    return "\(clippedList(files)): \(counted(total, "area")) of \(name) \(total == 1 ? one : many)"
  }
  return [
    note(.outside, one: "lies outside the image and marks nothing", many: "lie outside the image and mark nothing"),
    note(.thin, one: "holds no pixel's middle and marks nothing", many: "hold no pixel's middle and mark nothing"),
  ].compactMap { $0 }
}
