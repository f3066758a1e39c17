import Methods
import Testing

@Suite struct WilsonIntervalTests {
  /// SciPy 1.17.1, `binomtest(count, all).proportion_ci(method="wilson")`.
  @Test(arguments: [
    (95, 100, 0.8882495308, 0.9784563208), (0, 20, 0.0, 0.1611251581), (19, 19, 0.8318207759, 1.0),
    (1, 3, 0.0614919447, 0.7923403992),
  ])
  func agreesWithSciPy(_ count: Int, _ all: Int, _ low: Double, _ high: Double) {
    let range = wilsonInterval(of: Double(count) / Double(all), seenOn: all)
    #expect(abs(range.lowerBound - low) < 1e-9 && abs(range.upperBound - high) < 1e-9, "\(range)")
  }
}
