/// Filters in the transformed domain that stay from one forward pass to the next, as long as a network is at work with the
/// same weights: for small maps their transform is an eighth of the time.
public final class KeptFilters {
  /// What the filters were made of and how they lie. To hold the weights' storage is what makes it safe to ask whether
  /// they are still the same: nobody writes to storage that somebody else refers to.
  private struct Form: Equatable {
    let weights: Region
    let depth: Int
    let width: Int
    let vectorWidth: Int

    static func == (a: Form, b: Form) -> Bool {
      a.weights.storage === b.weights.storage && a.weights.offset == b.weights.offset && a.depth == b.depth
        && a.width == b.width && a.vectorWidth == b.vectorWidth
    }
  }

  /// Nil filters where a layer was seen once: those of a single pass are not worth the memory.
  private var kept: [Int: (form: Form, filters: Storage?)] = [:]
  /// Floats that may still be kept: 48 MiB at first.
  private var room = 12 << 20

  public init() {}

  /// The filters of the layer `key`: those kept, or `count` floats for `make` to fill; nil in the first pass and where there
  /// is no room for them.
  func filters(
    of key: Int, weights: Region, depth: Int, width: Int, vectorWidth: Int, count: Int,
    make: (UnsafeMutablePointer<Float>) -> Void
  ) -> UnsafeMutablePointer<Float>? {
    let form = Form(weights: weights, depth: depth, width: width, vectorWidth: vectorWidth)
    guard let (old, filters) = kept[key], old == form else {
      room += kept[key]?.filters?.count ?? 0
      kept[key] = (form, nil)
      return nil
    }
    if let filters { return filters.base }
    guard count <= room else { return nil }
    let made = Storage(count: count)
    make(made.base)
    room -= count
    kept[key] = (form, made)
    return made.base
  }
}

/// One layer's place among kept filters.
public struct FilterPlace {
  let filters: KeptFilters
  let key: Int

  public init(_ filters: KeptFilters, key: Int) {
    self.filters = filters
    self.key = key
  }
}
