/// What changes between two texts, line by line, as `diff -u` writes it; empty where they are the same.
///
/// - Parameters:
///   - names: what the two are called.
///   - context: how many lines that stay are shown around each change.
public func unifiedDiff(from old: String, to new: String, names: (String, String), context: Int = 3) -> String {
  let changes = lineChanges(from: lines(of: old), to: lines(of: new))
  var text = ""
  var index = 0
  while let start = changes[index...].firstIndex(where: { $0.mark != " " }) {
    // A hunk goes on while no more lines stay between two changes than are shown after one and before the next.
    var end = start
    while let next = changes[(end + 1)...].firstIndex(where: { $0.mark != " " }), next - end <= 2 * context + 1 {
      end = next
    }
    let hunk = changes[max(index, start - context)..<min(changes.count, end + context + 1)]
    let counts = (hunk.count { $0.mark != "+" }, hunk.count { $0.mark != "-" })
    let places = (hunk.first.map { ($0.old, $0.new) }) ?? (0, 0)
    text += "@@ -\(place(places.0, counts.0)) +\(place(places.1, counts.1)) @@\n"
    for change in hunk {
      text += change.mark + change.line + (change.line.hasSuffix("\n") ? "" : "\n\\ No newline at end of file\n")
    }
    index = hunk.endIndex
  }
  return text.isEmpty ? "" : "--- \(names.0)\n+++ \(names.1)\n" + text
}

/// The first line of a hunk, from 1, and how many there are; an empty one stands behind the line before it.
private func place(_ first: Int, _ count: Int) -> String {
  count == 1 ? "\(first + 1)" : "\(count == 0 ? first : first + 1),\(count)"
}

/// Lines with their ends.
private func lines(of text: String) -> [Substring] {
  var result: [Substring] = []
  var start = text.startIndex
  while start < text.endIndex {
    let end = text[start...].firstIndex(of: "\n").map { text.index(after: $0) } ?? text.endIndex
    result.append(text[start..<end])
    start = end
  }
  return result
}

/// A line that stays (` `), goes (`-`) or comes (`+`), with how many lines of both texts stand before it.
private struct LineChange {
  let mark: String
  let line: Substring
  let old: Int
  let new: Int
}

private func lineChanges(from old: [Substring], to new: [Substring]) -> [LineChange] {
  let difference = new.difference(from: old)
  var (gone, come): (Set<Int>, Set<Int>) = ([], [])
  for change in difference {
    switch change {
    case .remove(let offset, _, _): gone.insert(offset)
    case .insert(let offset, _, _): come.insert(offset)
    }
  }
  var changes: [LineChange] = []
  var (left, right) = (0, 0)
  while left < old.count || right < new.count {
    if gone.contains(left) {
      changes.append(LineChange(mark: "-", line: old[left], old: left, new: right))
      left += 1
    } else if come.contains(right) {
      changes.append(LineChange(mark: "+", line: new[right], old: left, new: right))
      right += 1
    } else {
      changes.append(LineChange(mark: " ", line: old[left], old: left, new: right))
      (left, right) = (left + 1, right + 1)
    }
  }
  return changes
}
