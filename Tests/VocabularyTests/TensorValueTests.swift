import Language
import Tensors
import Testing
import Vocabulary

/// Tensors as values: parts, words, pictures.
@Suite("Tensors as values")
struct TensorValueTests {
  private let batch = TensorValue(Tensor([2, 3, 4, 1], values: (0..<24).map { Float($0) / 24 }))

  @Test("A part at a place of the first axis, down to a number")
  func parts() throws {
    #expect(batch.count == 2)
    guard case .object(let second as TensorValue) = try batch.element(at: 1),
      case .object(let row as TensorValue) = try second.element(at: 2),
      case .object(let pixel as TensorValue) = try row.element(at: 3)
    else {
      Issue.record("a part of a tensor is a tensor")
      return
    }
    #expect(second.tensor.shape == [3, 4, 1] && row.tensor.shape == [4, 1] && pixel.tensor.shape == [1])
    #expect(inline(try pixel.element(at: 0)) == inline(.number(Double(Float(23) / 24))))
  }

  @Test("Maps are shown as pictures, verdicts and weights as text")
  func shown() throws {
    for shape in [[2, 3, 4, 1], [3, 4, 2], [6, 4]] {
      let value = TensorValue(Tensor(shape, values: [Float](repeating: 0.5, count: 24)))
      guard case .figure(let figure)? = presentations(of: .object(value)).first else {
        Issue.record("\(shape) is not shown as a picture")
        continue
      }
      #expect(figure.caption?.contains("mean 0.500, SD 0.000, from 0.500 to 0.500") == true)
    }
    guard
      case .text(let text)? = presentations(of: .object(TensorValue(Tensor([2, 1, 1, 1], values: [0.25, 1])))).first
    else {
      Issue.record("verdicts are not shown as text")
      return
    }
    #expect(text == "tensor 2×1×1×1: 0.2500, 1.0000")
  }

  @Test("What leaves 0 to 1 is scaled, and that is said; numbers that are none do not hurt")
  func scaled() throws {
    var values = (0..<24).map { Float($0) - 5 }
    values[3] = .nan
    let wide = TensorValue(Tensor([1, 4, 6, 1], values: values))
    guard case .figure(let figure)? = presentations(of: .object(wide)).first else {
      Issue.record("no picture")
      return
    }
    #expect(figure.caption?.contains("from -5.000 to 18.000; 1 element is no number; the least is black") == true)
    _ = try figure.png()
  }
}

/// Tables on narrow screens.
@Suite("Tables on narrow screens")
struct NarrowTableTests {
  @Test("Columns that have no room go on below, each part with the first column")
  func parts() {
    let table = alignedTable(
      title: "t", columns: ["name", "first", "second"], rows: [["a", "1", "2"]], isNumeric: [false, true, true],
      width: 12)
    #expect(
      table == """
        t
        name  first
        ────  ─────
        a         1

        name  second
        ────  ──────
        a          2
        """)
    #expect(!alignedTable(title: "", columns: ["a", "b"], rows: [], isNumeric: [false, false]).contains("\n\n"))
  }
}
