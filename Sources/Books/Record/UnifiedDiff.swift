/// The difference of two texts as `diff -u` writes it; empty where they are the same.
///
/// - Parameters: names of the texts, which stand at its head.
package func unifiedDiff(_ old: String, _ new: String, named oldName: String, _ newName: String) -> String {
  let (before, after) = (textLines(old), textLines(new))
  let changes = lineChanges(before, after)
  guard changes.contains(where: { $0.kind != .same }) else { return "" }
  var text = "--- \(oldName)\n+++ \(newName)\n"
  for hunk in hunks(of: changes) {
    let part = changes[hunk]
    let (oldCount, newCount) = (part.count { $0.kind != .added }, part.count { $0.kind != .removed })
    let (oldStart, newStart) = (part[part.startIndex].old, part[part.startIndex].new)
    text += "@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@\n"
    for change in part { text += "\(change.kind.rawValue)\(change.line)\n" }
  }
  return text
}

private struct LineChange {
  enum Kind: String { case same = " ", removed = "-", added = "+" }
  let kind: Kind
  let line: Substring
  /// The lines of both texts that it stands at, from 0.
  let old, new: Int
}

private func textLines(_ text: String) -> [Substring] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  if lines.last == "" { lines.removeLast() } else { lines[lines.count - 1] += "\n\\ No newline at end of file" }
  return lines
}

/// `12,3` as hunks are headed; an empty part stands behind the line before it.
private func place(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }

/// Of more lines that differ, all are told as others: comparing them takes memory by the square of their number.
private let mostCompared = 6000

private func lineChanges(_ old: [Substring], _ new: [Substring]) -> [LineChange] {
  let start = zip(old, new).prefix { $0 == $1 }.count
  let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
  let (oldPart, newPart) = (old[start..<old.count - end], new[start..<new.count - end])
  var removed = Set(oldPart.indices)
  var inserted = Set(newPart.indices)
  if oldPart.count + newPart.count <= mostCompared {
    (removed, inserted) = ([], [])
    for change in Array(newPart).difference(from: Array(oldPart)) {
      switch change {
      case .remove(let offset, _, _): removed.insert(start + offset)
      case .insert(let offset, _, _): inserted.insert(start + offset)
      }
    }
  }
  var changes: [LineChange] = []
  var (from, to) = (0, 0)
  while from < old.count || to < new.count {
    if from < old.count, removed.contains(from) {
      changes.append(LineChange(kind: .removed, line: old[from], old: from, new: to))
      from += 1
    } else if to < new.count, inserted.contains(to) {
      changes.append(LineChange(kind: .added, line: new[to], old: from, new: to))
      to += 1
    } else {
      changes.append(LineChange(kind: .same, line: old[from], old: from, new: to))
      from += 1
      to += 1
    }
  }
  return changes
}

/// Changes with three lines around them; those that touch are one hunk.
private func hunks(of changes: [LineChange]) -> [Range<Int>] {
  var hunks: [Range<Int>] = []
  for index in changes.indices where changes[index].kind != .same {
    let around = max(0, index - 3)..<min(changes.count, index + 4)
    if let last = hunks.last, last.upperBound >= around.lowerBound {
      hunks[hunks.count - 1] = last.lowerBound..<around.upperBound
    } else {
      hunks.append(around)
    }
  }
  return hunks
}
