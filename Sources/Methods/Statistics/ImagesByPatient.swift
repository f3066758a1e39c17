/// The places of each patient's images, patients in the order in which they are met; an image without a case is a patient of
/// its own.
///
/// - Parameter counts: whether the image at a place counts.
func imagesByPatient(_ cases: [String?], where counts: (Int) -> Bool) -> [[Int]] {
  var groups: [[Int]] = []
  var places: [String: Int] = [:]
  for (index, name) in cases.enumerated() where counts(index) {
    if let name, let place = places[name] {
      groups[place].append(index)
    } else {
      if let name { places[name] = groups.count }
      groups.append([index])
    }
  }
  return groups
}
