import Angiography
import Figures
import Imaging
import Language

/// What became of non-perfusion between two visits.
public struct ChangeValue: ObjectValue, Describable {
  let change: Change
  private let baseline: Sample
  let followUp: Sample
  private let registration: Registration
  let noise: GradingNoise?
  /// Those that the change's ranges are by; `nil` where they are by the band.
  let intervals: IntervalsValue?
  /// What marked both visits; `nil` where people did, or two methods.
  private let method: String?
  private let border: Double

  /// - Parameters:
  ///   - baseline, followUp: with what was compared as their masks.
  ///   - border: how far a drawn one is usually off, in pixels.
  package init(
    _ change: Change, baseline: Sample, followUp: Sample, registration: Registration, noise: GradingNoise?,
    intervals: IntervalsValue? = nil, method: String? = nil, border: Double = Change.borderUncertainty
  ) {
    (self.change, self.baseline, self.followUp) = (change, baseline, followUp)
    (self.registration, self.noise, self.intervals) = (registration, noise, intervals)
    (self.method, self.border) = (method, border)
  }

  public static let typeName = "change"
  public static let meaning = "non-perfusion gained, lost and stable between two visits, with how sure that is"
  public static let members = [
    MemberDeclaration("gained", .number, "pixels marked in the follow-up alone"),
    MemberDeclaration("lost", .number, "pixels marked in the baseline alone"),
    MemberDeclaration("stable", .number, "pixels marked in both"),
    MemberDeclaration("net", .number, "gained less lost, in pixels"),
    MemberDeclaration("uncertain", .number, "pixels marked in one alone that borders explain"),
    MemberDeclaration("band", .number, "how far borders may be off, in pixels"),
    MemberDeclaration("gained-mask", .object(MaskValue.typeName), "in the baseline's frame"),
    MemberDeclaration("lost-mask", .object(MaskValue.typeName), "in the baseline's frame"),
    MemberDeclaration("stable-mask", .object(MaskValue.typeName), "in the baseline's frame"),
    MemberDeclaration("uncertain-mask", .object(MaskValue.typeName), "in the baseline's frame"),
    MemberDeclaration("common-mask", .object(MaskValue.typeName), "what both show and is gradable in both"),
    MemberDeclaration("gained-interval", .list(of: .number), "from and to, in pixels"),
    MemberDeclaration("lost-interval", .list(of: .number), "from and to, in pixels"),
    MemberDeclaration("net-interval", .list(of: .number), "from and to, in pixels"),
    MemberDeclaration("table", .object(TableValue.typeName), "areas with their intervals"),
    MemberDeclaration("sentence", .text, "what changed, in plain words"),
    MemberDeclaration("figure", .object(FigureValue.typeName), "gained, lost and stable on the baseline"),
    MemberDeclaration(
      "flicker", .object(FigureValue.typeName), "both visits in one frame taking turns, with what is marked in each"),
  ]

  public var summary: String { "change since “\(baseline.name)”: \(change.sentence(noise))" }

  public func member(_ name: String) throws -> Value {
    let areas = change.areas
    func pixels(_ count: Int) -> Value { .number(Double(count), .pixels) }
    func mask(_ mask: Mask) -> Value { .object(MaskValue(mask)) }
    func ends(_ range: ClosedRange<Double>) -> Value {
      .list([.number(range.lowerBound, .pixels), .number(range.upperBound, .pixels)])
    }
    return switch name {
    case "gained": pixels(areas.gained)
    case "lost": pixels(areas.lost)
    case "stable": pixels(areas.stable)
    case "net": pixels(areas.net)
    case "uncertain": pixels(areas.uncertain)
    case "band": .number(change.band, .pixels)
    case "gained-mask": mask(change.gained)
    case "lost-mask": mask(change.lost)
    case "stable-mask": mask(change.stable)
    case "uncertain-mask": mask(change.uncertain)
    case "common-mask": mask(change.common)
    case "gained-interval": ends(areas.gainedRange)
    case "lost-interval": ends(areas.lostRange)
    case "net-interval": ends(areas.netRange)
    case "table": .object(table)
    case "sentence": .text(change.sentence(noise))
    case "flicker": .object(FigureValue(try flicker))
    default: .object(FigureValue(try figure))
    }
  }

  public func description() throws -> Value { .object(table) }

  /// A row an area: as counted, the interval, and before borders were allowed for.
  private var table: TableValue {
    let areas = change.areas
    typealias Row = (name: String, area: Double, range: ClosedRange<Double>?, raw: Double?)
    var rows: [Row] = [
      ("gained", Double(areas.gained), areas.gainedRange, Double(areas.rawGained)),
      ("lost", Double(areas.lost), areas.lostRange, Double(areas.rawLost)),
      ("net", Double(areas.net), areas.netRange, Double(areas.rawGained - areas.rawLost)),
      ("stable", Double(areas.stable), nil, nil), ("uncertain borders", Double(areas.uncertain), nil, nil),
      ("border × band", areas.band, nil, nil),
      ("gradable in both", Double(areas.common), nil, nil),
    ]
    if let noise {
      rows.append(("smallest change beyond grading noise", noise.smallestChange(of: areas.common), nil, nil))
    }
    func cell(_ value: Double?, _ decimals: Int) -> TableValue.Cell {
      value.map { .number($0, decimals: decimals) } ?? .empty
    }
    let hasScale = change.millimetresPerPixel != nil
    return TableValue(
      title: "since “\(baseline.name)”: borders may be off by \(formatted(change.band, decimals: 2)) px, of which "
        + "\(formatted(registration.error, decimals: 2)) px by registration; \(rangeWords)",
      columns: ["area", "px", "from", "to", "without band", "% of the retina"]
        + (hasScale ? ["mm²", "disc areas"] : []),
      rows: rows.map { row in
        [
          .text(row.name), cell(row.area, 0), cell(row.range?.lowerBound, 0), cell(row.range?.upperBound, 0),
          cell(row.raw, 0), cell(100 * row.area / Double(areas.common), 2),
        ] + (hasScale ? [cell(change.squareMillimetres(row.area), 3), cell(change.discAreas(row.area), 2)] : [])
      })
  }

  /// What intervals of it are of.
  func quantity(ofRepeats: Bool) -> IntervalsValue.Quantity {
    .changes(method: method, border: border, ofRepeats: ofRepeats)
  }

  /// - Throws: `contradiction` where another angiogram than this is the later visit.
  func requireFollowUp(_ sample: Sample) throws(Failure) {
    let isSame =
      sample.image == followUp.image && sample.facts.caseName == followUp.facts.caseName
      && sample.facts.eye == followUp.facts.eye
    guard !isSame else { return }
    throw Failure(
      "contradiction",
      "the page is of “\(sample.name)”, and the change is from “\(baseline.name)” to “\(followUp.name)”",
      hint: "give the change whose later visit this is")
  }

  /// The earlier visit, as a page names it.
  var since: String { baseline.facts.visit ?? "“\(baseline.name)”" }

  /// What its ranges are, in a sentence of a page.
  var trust: String {
    let error =
      "The registration's error is \(formatted(registration.error, decimals: 2)) px"
      + (change.millimetresPerPixel.map { " (\(formatted(1000 * registration.error * $0, decimals: 0)) µm)" } ?? "")
    guard let learnt = intervals?.intervals else {
      return "\(error); the ranges move every border by \(formatted(change.band, decimals: 2)) px to one side."
    }
    let share = "\(formatted(100 * learnt.level, decimals: 0)) %"
    if case .changes(_, _, ofRepeats: true)? = intervals?.quantity {
      return
        "\(error); the intervals are what \(share) of eyes like these \(learnt.eyes) differ by that were photographed twice."
    }
    return
      "\(error); the intervals of change hold the truth of \(share) of pairs of visits like the \(learnt.eyes) that they were "
      + "learnt from."
  }

  /// For a page: what was gained, lost and stable.
  var pageRows: [[String]] {
    let areas = change.areas
    let (unit, factor, decimals) =
      change.millimetresPerPixel.map { ("mm²", $0 * $0, 2) } ?? ("px", 1, 0)
    func row(_ name: String, _ area: Int, _ range: ClosedRange<Double>?) -> [String] {
      let number = { (pixels: Double) in formatted(pixels * factor, decimals: decimals) }
      return [
        name, number(Double(area)), range.map { "\(number($0.lowerBound)) to \(number($0.upperBound))" } ?? "–",
        formatted(100 * Double(area) / Double(areas.common), decimals: 2),
      ]
    }
    return [
      ["", unit, intervals == nil ? "bounds" : "interval", "% of the retina of both"],
      row("gained", areas.gained, areas.gainedRange), row("lost", areas.lost, areas.lostRange),
      row("net", areas.net, areas.netRange), row("stable", areas.stable, nil),
    ]
  }

  /// What its ranges are.
  var rangeWords: String {
    intervals?.summary ?? "from … to: with every border off by so much to one side"
  }

  private var flicker: Figure {
    get throws { try .flicker(baseline: baseline, followUp: followUp, by: registration, caption: summary) }
  }

  var figure: Figure {
    get throws { try Figure.change(change, on: baseline.image, caption: summary) }
  }
}

extension ChangeValue: ShownByFigure {}
