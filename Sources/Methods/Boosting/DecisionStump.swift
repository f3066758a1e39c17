/// The simplest classifier: +1 or −1 by whether one feature is above a threshold.
package struct DecisionStump: Sendable, Hashable, Codable {
  /// Which feature, from 0.
  package let feature: Int
  package let threshold: Double
  /// What it says above the threshold: +1 or −1; at or below it the opposite.
  package let polarity: Int

  package init(feature: Int, threshold: Double, polarity: Int) {
    precondition(feature >= 0 && (polarity == 1 || polarity == -1), "a stump has a side for each class")
    self.feature = feature
    self.threshold = threshold
    self.polarity = polarity
  }

  /// +1 or −1.
  package func callAsFunction(_ features: [Double]) -> Int { features[feature] > threshold ? polarity : -polarity }
}
