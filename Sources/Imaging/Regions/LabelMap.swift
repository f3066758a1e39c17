/// Regions of a picture: the number of a region in each pixel, 1 … `count`; 0 where there is none. `labels[y · width + x]`.
public struct LabelMap: Sendable, Hashable {
  public let width: Int
  public let height: Int
  public let labels: [Int32]
  /// How many regions there are.
  public let count: Int

  /// - Parameter labels: from 0 to `count`, any of which may have no pixel.
  public init(width: Int, height: Int, labels: [Int32], count: Int) {
    precondition(width > 0 && height > 0 && labels.count == width * height, "a label map holds width × height labels")
    precondition(labels.allSatisfy { 0 <= $0 && $0 <= count }, "labels are of the regions that there are")
    self.init(width: width, height: height, of: (labels, count))
  }

  /// Of labels that are known to be from 0 to the count.
  init(width: Int, height: Int, of found: (labels: [Int32], count: Int)) {
    self.width = width
    self.height = height
    labels = found.labels
    count = found.count
  }

  public subscript(x: Int, y: Int) -> Int { Int(labels[y * width + x]) }

  /// The pixels of one region.
  public func mask(of label: Int) -> Mask {
    Mask(width: width, height: height, pixels: labels.map { $0 == label && $0 > 0 })
  }

  /// The pixels of the regions that `isWanted`, asked once for each label from 1.
  public func mask(where isWanted: (Int) -> Bool) -> Mask {
    let wanted = [false] + (0..<count).map { isWanted($0 + 1) }
    return Mask(width: width, height: height, pixels: labels.map { wanted[Int($0)] })
  }

  /// Pixels of each region; that of label 1 first.
  public var areas: [Int] {
    var areas = [Int](repeating: 0, count: count + 1)
    for label in labels { areas[Int(label)] += 1 }
    return Array(areas.dropFirst())
  }

  /// Other labels for these: `numbers[label − 1]`, 0 for none, with gaps closed so that they are 1 … in their order.
  public func relabelled(_ numbers: [Int]) -> LabelMap {
    precondition(numbers.count == count, "a number a region")
    let used = Set(numbers).subtracting([0]).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(used, 1...))
    let table = [Int32(0)] + numbers.map { Int32(places[$0] ?? 0) }
    return LabelMap(width: width, height: height, labels: labels.map { table[Int($0)] }, count: used.count)
  }
}
