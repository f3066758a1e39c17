import CReadline
import Glibc
import Synchronization

/// What readline's callbacks, which are plain C functions, need to find. There is one terminal, so there is one of it.
struct EditorState: Sendable {
  var guide: InputGuide?
  var display = EditorDisplay()
  /// Lines below the input until the next key: candidates, or what is asked for at the cursor.
  var below: [String] = []
  /// What the last attempted completion found, for the list of candidates.
  var candidates: [CompletionList.Item] = []
  /// The inputs so far, oldest first.
  var inputs: [String] = []
  /// The walk through the inputs that the last key of ↑ and ↓ went on with, if it did not move inside of the input.
  var recall: HistoryRecall?
  var wantsEditing = false
  /// A key that ended a search and is still to be handled.
  var heldKey: Int32?
  /// A key was there when readline was told to read one.
  var isKeyThere = false
  var completed: LineEvent?
  var descriptor = STDOUT_FILENO
  var bell: Int32?
  var hasColours = false
  var drawsItself = false
  /// The input has changed since it was drawn, by keys behind which others waited.
  var owesDrawing = false
}
let editor = Mutex(EditorState())

/// The input as readline has it.
func typedBytes() -> [UInt8] {
  guard let buffer = readline_buffer() else { return [] }
  return Array(UnsafeRawBufferPointer(start: buffer, count: Int(readline_end())))
}
