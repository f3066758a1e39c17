import Imaging

/// Something that a method makes of an image on its way to a map of probabilities.
package struct MethodStage: Sendable {
  package enum Content: Sendable {
    /// Of any range, which is shown from its least to its largest value inside the field.
    case plane(Plane)
    case mask(Mask)
    case regions(LabelMap)
    /// In [0, 1].
    case probabilities(Plane)
    /// A number for each round of an iteration.
    case series([Double])

    package var form: Form {
      switch self {
      case .plane: .plane
      case .mask: .mask
      case .regions: .regions
      case .probabilities: .probabilities
      case .series: .series
      }
    }
  }
  package enum Form: Sendable { case plane, mask, regions, probabilities, series }

  /// As a member of the value that holds it: `vessels`.
  package let name: String
  /// Above its picture.
  package let title: String
  package let content: Content

  package init(_ name: String, _ title: String, _ content: Content) {
    (self.name, self.title, self.content) = (name, title, content)
  }
}
