import Networks

/// What the measurements say of sizes that were not measured: of time and of memory, each by what has proved to predict it
/// best.
public struct CostModel: Sendable {
  /// How a time is computed.
  public enum Form: Sendable, CaseIterable {
    /// c · side^p · width^q · images^r
    case powerLaw
    /// a · runs + b · operations + c · numbers + d · weights, all counted from the graphs
    case countedWork
  }

  /// How well each form predicts each measurement from all others; `nil` where there are too few.
  public let errors: [Form: PredictionError]
  /// The one with the smaller median.
  public let form: Form
  /// Of a unit of each kind of work; of the form `countedWork`.
  package let rates: WorkRates?
  private let law: PowerLaw?
  private let memory: AddedCosts?

  /// - Parameter points: of one kind.
  public init(_ points: [ScalingStudy.Measurement]) {
    var errors: [Form: PredictionError] = [:]
    for form in Form.allCases {
      errors[form] = PredictionError(of: points, measured: \.seconds) { others, point in
        switch form {
        case .powerLaw: Self.law(others)?.value(at: point.row.sizes)
        case .countedWork: Self.costs(others).map { $0.value(for: point.work.amounts) }
        }
      }
    }
    self.errors = errors
    form =
      errors[.powerLaw].map { law in errors[.countedWork].map { law.median < $0.median } ?? true } ?? false
      ? .powerLaw : .countedWork
    law = Self.law(points)
    rates = Self.costs(points).map { WorkRates(amounts: $0.costs) }
    memory = AddedCosts(points.map { ($0.memoryAmounts, $0.peakMebibytes) })
  }

  /// What a unit of each kind of work costs, in the units that people compare machines by; `nil` where too little was
  /// measured.
  public var units: [(cost: Double, unit: String)]? {
    rates.map {
      [
        ($0.perRun * 1e6, "µs a run of a layer"), ($0.perOperation * 1e12, "ps an operation"),
        ($0.perNumber * 1e9, "ns a number of a map"), ($0.perMoved * 1e9, "ns a weight"),
      ]
    }
  }

  private static func law(_ points: [ScalingStudy.Measurement]) -> PowerLaw? {
    PowerLaw(points.map { ($0.row.sizes, $0.seconds) })
  }

  private static func costs(_ points: [ScalingStudy.Measurement]) -> AddedCosts? {
    AddedCosts(points.map { ($0.work.amounts, $0.seconds) })
  }

  /// The seconds of a row, as long as another or longer; `nil` where too little was measured.
  public func seconds(of row: ScalingRow) -> Double? {
    switch form {
    case .powerLaw: law?.value(at: row.sizes)
    case .countedWork: (try? row.work()).flatMap { work in rates?.seconds(for: work) }
    }
  }

  /// The peak of the process that computes a row, in MiB.
  public func peakMebibytes(of row: ScalingRow) -> Double? {
    guard let work = try? row.work() else { return nil }
    return memory?.value(for: ScalingStudy.Measurement.memoryAmounts(of: row, work))
  }
}

extension Work {
  /// All kinds, in the order of `WorkRates`.
  var amounts: [Double] { [runs, operations, numbers, moved] }
}

extension WorkRates {
  init(amounts: [Double]) {
    self.init(perRun: amounts[0], perOperation: amounts[1], perNumber: amounts[2], perMoved: amounts[3])
  }
}

extension ScalingStudy.Measurement {
  var memoryAmounts: [Double] { Self.memoryAmounts(of: row, work) }

  /// What memory grows with: the program itself, the maps that lie there at one time, the weights. A prediction's maps are those
  /// of one image; weights grow with the square of the width.
  static func memoryAmounts(of row: ScalingRow, _ work: Work) -> [Double] {
    let images = row.kind == .prediction ? Double(row.count) : 1
    return [1, work.numbers / images, Double(row.width * row.width)]
  }
}
