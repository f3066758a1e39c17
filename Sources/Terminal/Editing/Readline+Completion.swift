import CReadline
import Glibc
import Language
import Synchronization

/// Readline asks for what may replace the bytes `start..<end` of its line: a C array of C strings whose first is what
/// all have in common.
func attemptCompletion(
  _ text: UnsafePointer<CChar>?, _ start: Int32, _ end: Int32
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  readline_keep_matches_as_they_are()
  guard let guide = editor.withLock({ $0.guide }), let line = String(validating: typedBytes(), as: UTF8.self) else {
    return nil
  }
  let (list, columns) = (guide.completions(line, Int(end)), editorColumns())
  let items = list.replacing(from: Int(start), in: line)
  editor.withLock {
    $0.candidates = items
    $0.below = list.wanted.map { wrapped($0, columns: columns - 1) } ?? []
  }
  guard let common = longestCommonPrefix(of: items.map(\.text)) else { return nil }
  let texts = items.count == 1 ? [common + items[0].end] : [common] + items.map(\.text)
  // Readline frees the array and its strings.
  guard let memory = calloc(texts.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride) else { return nil }
  let matches = memory.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { matches[index] = strdup(text) }
  return matches
}

/// Readline wants the candidates listed below its line.
func displayCandidates(
  _ matches: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32, _ longest: Int32
) {
  let rows = listing(of: editor.withLock { $0.candidates }, columns: editorColumns())
  if editor.withLock({ $0.drawsItself }) {
    editor.withLock { $0.below += rows }
    return drawInput()
  }
  writeAll(("\n" + rows.map { $0 + "\n" }.joined()).utf8, to: editor.withLock { $0.descriptor })
  rl_on_new_line()
  rl_redisplay()
}
