import Angiography
import Language

/// Warns of visits of several phases, or of another than the transit phase: non-perfusion is read in that.
func warn(ofPhases visits: [Sample], _ host: any Host) {
  let phases = visits.compactMap(\.facts.phase)
  guard let first = phases.first else { return }
  if let other = phases.first(where: { $0 != first }) {
    host.warn(
      "these visits are of several phases (\(first.rawValue) and \(other.rawValue)): what differs may be the phase")
  } else if first != .transit {
    host.warn("non-perfusion is read in the transit phase; these visits are of the \(first.rawValue) one")
  }
}
