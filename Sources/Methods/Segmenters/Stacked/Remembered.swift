import Kernels
import Synchronization

/// What a store holds for each key; what it doesn't is made, by one thread a key, and kept.
///
/// - Parameters:
///   - most: the store holds so many at most, those that came first.
///   - make: what belongs to the key of that place.
func remembered<Key: Hashable & Sendable, Made: Sendable>(
  _ keys: [Key], in store: borrowing Mutex<[Key: Made]>, most: Int = .max, _ make: @Sendable (_ place: Int) -> Made
) -> [Made] {
  var found = store.withLock { $0 }
  let missing = keys.indices.filter { found[keys[$0]] == nil }
  let made = computed(missing.count) { make(missing[$0]) }
  for (place, one) in zip(missing, made) { found[keys[place]] = one }
  store.withLock { kept in
    for place in missing where kept.count < most { kept[keys[place]] = found[keys[place]] }
  }
  return keys.compactMap { found[$0] }
}
