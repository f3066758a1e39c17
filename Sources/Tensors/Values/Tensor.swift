import Kernels

/// An array of 32-bit floats with a shape, last axis fastest. Images and feature maps are
/// `[batch, height, width, channels]`, convolution weights `[kernel, kernel, in channels, out channels]`.
///
/// A value: a copy costs nothing until one of the two is changed.
public struct Tensor: Sendable {
  public private(set) var shape: [Int]
  private var storage: Storage

  /// A tensor of equal numbers.
  public init(_ shape: [Int], filledWith value: Float = 0) {
    self.init(uninitialised: shape)
    if value != 0 { region.fill(value) }
  }

  /// A tensor of `values`, in the order of the last axis fastest; there are as many as the shape asks for.
  public init(_ shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "the shape holds as many numbers as there are values")
    self.init(uninitialised: shape)
    region.copy(values)
  }

  /// A copy of a region, which has as many floats as the shape asks for.
  init(_ shape: [Int], copying source: Region) {
    self.init(uninitialised: shape)
    region.copy(source)
  }

  /// A tensor of zeros, to be written before anyone reads it.
  init(uninitialised shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a tensor has no negative extent")
    self.shape = shape
    storage = Storage(count: shape.reduce(1, *))
  }

  public var count: Int { storage.count }

  /// The numbers, last axis fastest. Reading copies them.
  public var values: [Float] {
    get { region.values }
    set {
      precondition(newValue.count == count, "the shape holds as many numbers as there are values")
      mutableRegion.copy(newValue)
    }
  }

  /// The same numbers under another shape of the same count.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "a reshaped tensor keeps its count")
    var copy = self
    copy.shape = shape
    return copy
  }

  /// Some of the entries along the first axis.
  public func rows(_ rows: Range<Int>) -> Tensor {
    guard rows != 0..<shape[0] else { return self }
    let size = count / shape[0]
    return Tensor([rows.count] + shape.dropFirst(), copying: region.part(rows.lowerBound * size, rows.count * size))
  }

  /// The number at a position in `values`.
  public subscript(flat index: Int) -> Float {
    get { region[index] }
    set { mutableRegion[index] = newValue }
  }

  /// The numbers for a kernel to read.
  var region: Region { Region(storage) }

  /// The numbers for a kernel to write: its own copy where another tensor shares them.
  var mutableRegion: Region {
    mutating get {
      if !isKnownUniquelyReferenced(&storage) {
        let copy = Storage(count: storage.count)
        Region(copy).copy(Region(storage))
        storage = copy
      }
      return Region(storage)
    }
  }
}

extension Tensor: Equatable {
  /// Same shape and equal numbers.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape && (left.storage === right.storage || left.values == right.values)
  }
}

extension Tensor {
  /// The tensors of equal `[1…]` items in `self` along the first axis: item `index` as a batch of one.
  public func item(_ index: Int) -> Tensor {
    precondition(!shape.isEmpty && index >= 0 && index < shape[0], "the item exists")
    let size = count / shape[0]
    return Tensor([1] + shape.dropFirst(), copying: region.part(index * size, size))
  }

  /// Tensors of one shape but for their first axis, one after the other along it.
  public static func stacked(_ items: [Tensor]) -> Tensor {
    precondition(!items.isEmpty, "there is something to stack")
    let rest = items[0].shape.dropFirst()
    precondition(items.allSatisfy { $0.shape.dropFirst() == rest }, "stacked tensors agree but for the first axis")
    let result = Tensor(uninitialised: [items.reduce(0) { $0 + $1.shape[0] }] + rest)
    var offset = 0
    for item in items {
      result.region.part(offset, item.count).copy(item.region)
      offset += item.count
    }
    return result
  }

  /// Tensors `[batch, height, width, channels]` side by side along the channels.
  public static func channelsJoined(_ parts: [Tensor]) -> Tensor {
    precondition(!parts.isEmpty, "there is something to join")
    let pixels = Array(parts[0].shape.dropLast())
    precondition(parts.allSatisfy { Array($0.shape.dropLast()) == pixels }, "joined tensors agree but for the channels")
    let channels = parts.reduce(0) { $0 + $1.shape.last! }
    let result = Tensor(uninitialised: pixels + [channels])
    var first = 0
    for part in parts {
      let count = part.shape.last!
      Channels.copy(
        part.region, channels: count, from: 0, count: count, into: result.region, channels: channels, at: first)
      first += count
    }
    return result
  }
}
