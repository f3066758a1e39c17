/// What holds the true share with probability 0.95 where this share was seen on so many (Wilson 1927).
package func wilsonInterval(of share: Double, seenOn count: Int) -> ClosedRange<Double> {
  precondition(count > 0 && (0...1).contains(share), "a share is of something")
  let z = NormalDistribution.quantile(0.975)
  let n = Double(count)
  let shrinkage = 1 / (1 + z * z / n)
  let middle = shrinkage * (share + z * z / (2 * n))
  let variance = share * (1 - share) / n + z * z / (4 * n * n)
  let reach = shrinkage * z * variance.squareRoot()
  return max(0, middle - reach)...min(1, middle + reach)
}
