import Terminal
import Testing

/// Walks through earlier inputs.
@Suite("Earlier inputs")
struct HistoryRecallTests {
  private let inputs = ["print 1", "x = 5", "print 2", "print 2", "y"]

  @Test("Those that begin as the typed one does up to its cursor, each once in a row, and back to what was typed")
  func prefix() {
    let typed = Draft("prxyz", cursor: 2)
    var recall = HistoryRecall(of: typed)
    #expect(recall.step(.down, through: inputs) == nil)
    #expect(recall.step(.up, through: inputs)?.text == "print 2")
    #expect(recall.step(.up, through: inputs)?.text == "print 1")
    #expect(recall.step(.up, through: inputs) == nil)
    #expect(recall.step(.down, through: inputs)?.text == "print 2")
    #expect(recall.step(.down, through: inputs) == typed)
  }

  @Test("Nothing typed recalls all")
  func all() {
    var recall = HistoryRecall(of: Draft())
    #expect((0..<4).map { _ in recall.step(.up, through: inputs)?.text } == ["y", "print 2", "x = 5", "print 1"])
    var none = HistoryRecall(of: Draft())
    #expect(none.step(.up, through: []) == nil)
  }
}
