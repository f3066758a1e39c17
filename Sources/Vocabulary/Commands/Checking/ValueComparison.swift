import Language

/// How two values compare, number by number.
struct ValueComparison {
  /// Two numbers that are too far apart, with their place in the values.
  private struct Difference {
    let size: Double
    let left: Double
    let right: Double
    let place: String
  }

  private let tolerance: Double
  private var largest: Difference?
  /// How many numbers were compared, and how many of them are too far apart.
  private var (count, farCount) = (0, 0)
  /// What is another kind of thing, or another text; numbers say nothing then.
  private var mismatch: String?

  /// - Parameter tolerance: how far two numbers may be apart.
  init(of left: Value, with right: Value, tolerance: Double) {
    self.tolerance = tolerance
    compare(left, right, at: "")
  }

  /// What keeps the values from being the same; `nil` where they are.
  var objection: String? {
    if let mismatch { return mismatch }
    guard let largest else { return nil }
    let place = largest.place.isEmpty ? "" : " at \(largest.place)"
    let far = count > 1 ? "; \(farCount) of \(count) numbers are too far apart" : ""
    let bound = tolerance > 0 ? "within \(display(number: tolerance)) of" : ""
    return
      "\(display(number: largest.left)) is not \(bound.isEmpty ? "" : bound + " ")\(display(number: largest.right))\(place), "
      + "the largest difference: \(display(number: largest.size))\(far)"
  }

  private mutating func object(_ text: String, at place: String) {
    if mismatch == nil { mismatch = text + (place.isEmpty ? "" : ", at \(place)") }
  }

  private mutating func compare(_ left: Value, _ right: Value, at place: String) {
    guard mismatch == nil else { return }
    switch (left, right) {
    case (.number(let first, let unit), .number(let second, let other)):
      guard unit == other else { return unlike(left, right, at: place) }
      compare(first, second, at: place)
    case (.list(let first), .list(let second)): compare(first, second, at: place)
    case (.range(let first), .range(let second)): if first != second { unlike(left, right, at: place) }
    case (.range(let first), .list(let second)): compare(first.map { .number(Double($0)) }, second, at: place)
    case (.list(let first), .range(let second)): compare(first, second.map { .number(Double($0)) }, at: place)
    case (.record(let first), .record(let second)):
      guard first.names.sorted() == second.names.sorted() else {
        return object(
          "the fields are \(first.names.joined(separator: ", ")), not \(second.names.joined(separator: ", "))",
          at: place)
      }
      for name in first.names { compare(first[name] ?? .none, second[name] ?? .none, at: "\(place).\(name)") }
    case (.object(let first), .object(let second)): compare(first, second, at: place)
    case (.text(let first), .text(let second)): if first != second { unlike(left, right, at: place) }
    case (.truth(let first), .truth(let second)): if first != second { unlike(left, right, at: place) }
    case (.none, .none): break
    default: unlike(left, right, at: place)
    }
  }

  private mutating func unlike(_ left: Value, _ right: Value, at place: String) {
    object("\(inline(left)) is not \(inline(right))", at: place)
  }

  private mutating func compare(_ left: [Value], _ right: [Value], at place: String) {
    guard left.count == right.count else {
      return object("there are \(left.count) elements, not \(right.count)", at: place)
    }
    for (index, pair) in zip(left, right).enumerated() { compare(pair.0, pair.1, at: "\(place)[\(index)]") }
  }

  private mutating func compare(_ left: any ObjectValue, _ right: any ObjectValue, at place: String) {
    guard type(of: left).typeName == type(of: right).typeName else {
      return object("\(left.summary) is not \(right.summary)", at: place)
    }
    if let first = left as? any Elementwise, let second = right as? any Elementwise {
      guard first.shape == second.shape else {
        return object("the size is \(first.shapeText), not \(second.shapeText)", at: place)
      }
      let isImage = !(left is TensorValue)
      for (index, pair) in zip(first.elements, second.elements).enumerated() {
        compare(Double(pair.0), Double(pair.1), at: place + Self.place(of: index, in: first.shape, isImage: isImage))
      }
    } else if let first = left as? TableValue, let second = right as? TableValue {
      guard first.columns == second.columns else {
        return object(
          "the columns are \(first.columns.joined(separator: ", ")), not \(second.columns.joined(separator: ", "))",
          at: place)
      }
      compare(Self.rows(of: first), Self.rows(of: second), at: place)
    } else {
      object("\(type(of: left).typeName) can't be compared: compare what they hold", at: place)
    }
  }

  private static func rows(of table: TableValue) -> [Value] {
    table.rows.map { row in
      var record = Record()
      for (column, cell) in zip(table.columns, row) { record[column] = cell.value }
      return .record(record)
    }
  }

  private mutating func compare(_ left: Double, _ right: Double, at place: @autoclosure () -> String) {
    count += 1
    // What is no number is the same as that alone, and infinite ones are as far apart as can be.
    if left == right || (left.isNaN && right.isNaN) { return }
    let size = left.isNaN || right.isNaN ? Double.infinity : abs(left - right)
    guard size > tolerance else { return }
    farCount += 1
    if size > largest?.size ?? -1 { largest = Difference(size: size, left: left, right: right, place: place()) }
  }

  /// `[3][5]` of a tensor, `row 3, column 5` of an image.
  private static func place(of index: Int, in shape: [Int], isImage: Bool) -> String {
    var (rest, places) = (index, [Int]())
    for size in shape.reversed() {
      places.insert(rest % max(1, size), at: 0)
      rest /= max(1, size)
    }
    return isImage && places.count == 2
      ? "row \(places[0]), column \(places[1])" : places.map { "[\($0)]" }.joined()
  }
}
