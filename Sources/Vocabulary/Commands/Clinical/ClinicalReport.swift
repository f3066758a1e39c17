import Angiography
import Base
import Figures
import Imaging
import Language
import Methods

extension Command {
  static let clinicalReport = Command(
    "clinical-report", "a page about one eye, to be filed: pictures, areas, place, and how it was made",
    [
      MarkedAngiograms.parameter, ClinicalOptions.foveal, ClinicalOptions.discArea, ClinicalOptions.intervals,
      .option(
        "accuracy", .optional(.object(MetricsValue.typeName)), default: Value.none,
        "what `metrics` gave for the same method on angiograms with masks: the page says it"),
      .option(
        "change", .optional(.object(ChangeValue.typeName)), default: Value.none,
        "since an earlier visit, with this one as the follow-up: its picture, areas and sentence stand on the page"),
      .option(
        "trained-on", .optional(.object(DatasetValue.typeName)), default: Value.none,
        "what the method has learnt from: the page says it, and whether this eye is among it"),
      .option("made", .optional(.text), default: Value.none, "how the marks were made, in words of your own"),
    ],
    result: .object(ClinicalReportValue.typeName),
    help: Help(
      "Of one eye: `clinical-report found[0]`, or predictions or an `uncertainty` of one. The angiogram with outlines, the ETDRS grid where "
        + "fovea and scale are known, areas with their intervals, the method and how good it was. `save` writes .pdf and .html.",
      examples: [
        "eyes = phantom 2 size: 128", "r = clinical-report eyes[0] made: \"by hand, two graders\"", "show r",
        "file = save r \"eye.html\"",
      ]),
    codes: [
      CodeEntry(
        "one-eye", "a page about several eyes, or about none", .program("clinical-report (phantom 2 size: 64)"))
    ],
    rules: [ClinicalOptions.intervalRule]
  ) { arguments, context in
    let marked = try MarkedAngiograms(arguments)
    guard let sample = marked.samples.first, marked.samples.count == 1 else {
      throw Failure(
        "one-eye", "a page is about one eye, and these are \(marked.samples.count)", hint: "choose one: `found[0]`")
    }
    if let change = arguments.object("change", as: ChangeValue.self) { try change.requireFollowUp(sample) }
    marked.warn(ofLeaks: arguments, context.host)
    warn(ofPhases: [sample], context.host)
    let page = try ClinicalPage(of: sample, marked, arguments)
    for leak in page.leaks { context.host.warn("the method has learnt from this eye: \(leak)") }
    return .object(ClinicalReportValue(try page.page))
  }
}

/// What stands on the page.
private struct ClinicalPage {
  private let sample: Sample
  private let mask: Mask
  private let row: IndexRow
  private let arguments: Arguments
  private let method: String?
  private let intervals: IntervalsValue?
  private let change: ChangeValue?
  private let trainingSet: Dataset?
  /// What of this eye the method has learnt from.
  let leaks: [String]

  init(of sample: Sample, _ marked: MarkedAngiograms, _ arguments: Arguments) throws(Failure) {
    let zone: FovealZone = arguments.choice("foveal-zone")
    self.sample = try ClinicalOptions.prepared([sample], zone)[0]
    self.arguments = arguments
    mask = marked.masks[0]
    row = try IndexRow.rows(of: marked, arguments)[0]
    method = marked.method
    intervals = arguments.object("intervals")
    change = arguments.object("change")
    trainingSet = arguments.object("trained-on", as: DatasetValue.self)?.dataset
    leaks = trainingSet.map { Angiography.leaks(between: $0, and: Dataset(name: "this page", samples: [sample])) } ?? []
  }

  var page: Figure.Page {
    get throws {
      let facts = sample.facts
      let eye = facts.eye.map { $0 == .right ? "right eye (OD)" : "left eye (OS)" } ?? "eye not stated"
      return Figure.Page(
        title: "Capillary non-perfusion",
        lines: [
          [
            facts.caseName.map { "Case \($0)" } ?? "Case not stated", eye, facts.visit ?? "date not stated",
            facts.phase.map { "\($0.rawValue) phase" } ?? "phase not stated", "image \(sample.name)",
          ].joined(separator: " · ")
        ],
        pictures: try pictures, tables: tables, paragraphs: paragraphs,
        warning:
          "Not a medical device. These numbers are of research software; a physician has to judge the angiogram itself, and no "
          + "treatment may rest on this page.")
    }
  }

  private var grid: GriddedArea? {
    guard let fovea = sample.facts.landmarks.fovea, let scale = sample.scale else { return nil }
    return GriddedArea(of: mask, in: sample, grid: RetinalGrid(.etdrs), centre: fovea, scale: scale)
  }

  private var pictures: [Figure] {
    get throws {
      let outline = Outline.truth(mask.intersection(sample.gradable), name: "non-perfused")
      let ungraded = sample.fieldOfView.intersection(sample.gradable.complement)
      let outlines =
        [outline]
        + (ungraded.area > 0 ? [Outline(ungraded, name: "not gradable", colour: Palette.fieldOfView)] : [])
      let first = try Figure.outlined(image: sample.image, outlines)
      return try [first] + (grid.map { [try Figure.gridMap($0, on: sample, outlines: [outline])] } ?? [])
        + (change.map { [try $0.figure] } ?? [])
    }
  }

  private var tables: [Figure.Page.Table] {
    func range(_ unit: Double?, _ decimals: Int) -> String {
      row.intervalText(per: unit, decimals: decimals, between: " to ") ?? "–"
    }
    let lesions = LesionList(of: mask, in: sample).lesions
    let scale = sample.scale?.millimetresPerPixel
    var rows = [["", "value", "interval"]]
    rows.append([
      "Ischemic index, % of gradable retina", row.index.map { formatted(100 * $0, decimals: 1) } ?? "not gradable",
      range(row.pixelsAPercent, 1),
    ])
    rows.append([
      "Non-perfused area, px", row.pixels.map { formatted($0, decimals: 0) } ?? "not gradable", range(1, 0),
    ])
    if let area = row.squareMillimetres, let discs = row.discAreas {
      rows.append(["Non-perfused area, mm²", formatted(area, decimals: 2), range(row.pixelsASquareMillimetre, 2)])
      rows.append([
        "The same in disc areas of \(arguments.text("disc-area")) mm²", formatted(discs, decimals: 2),
        range(row.pixelArea.map { ClinicalOptions.discArea(arguments) / $0 }, 2),
      ])
    }
    rows.append([
      "Gradable share of the field of view, %", row.gradableShare.map { formatted(100 * $0, decimals: 1) } ?? "–", "–",
    ])
    if row.pixels != nil { rows.append(["Separate areas", "\(lesions.count)", "–"]) }
    if let nearest = lesions.compactMap(\.foveaDistance).min() {
      rows.append([
        scale == nil ? "Nearest to the fovea, px" : "Nearest to the fovea, mm",
        formatted(nearest * (scale ?? 1), decimals: scale == nil ? 0 : 2), "–",
      ])
    }
    let cells = grid.map { grid in
      [
        Figure.Page.Table(
          "ETDRS grid",
          rows: [["field", "non-perfused, %", "non-perfused, mm²"]]
            + grid.cells.map { cell in
              [
                cell.name, cell.share.map { formatted(100 * $0, decimals: 1) } ?? "not gradable",
                formatted(cell.squareMillimetres, decimals: 2),
              ]
            })
      ]
    }
    // Without intervals there is no column of them.
    let shown = row.interval == nil ? rows.map { Array($0.dropLast()) } : rows
    return [Figure.Page.Table("Areas", rows: shown)] + (cells ?? [])
      + (change.map { [Figure.Page.Table("Since \($0.since)", rows: $0.pageRows)] } ?? [])
  }

  private var paragraphs: [String] {
    var texts: [String] = []
    let zone: FovealZone = arguments.choice("foveal-zone")
    texts.append("Foveal avascular zone: \(zone.words).")
    if let scale = sample.scale {
      let from =
        switch scale.source {
        case .given: "as given"
        case .fieldAngle: "by the camera's field angle, 17 mm a radian"
        case .discDiameter: "by the marked optic disc, taken to be 1.8 mm"
        }
      texts.append("Scale: \(formatted(scale.millimetresPerPixel, decimals: 4)) mm a pixel, \(from).")
    } else {
      texts.append("Scale: nobody knows it, so there are no areas in mm².")
    }
    if sample.facts.landmarks.fovea == nil || sample.scale == nil {
      texts.append("There is no grid: nobody knows \(sample.scale == nil ? "the scale" : "where the fovea is").")
    }
    texts += sample.doubts.map { "In doubt: \($0)." }
    if let confidence = sample.facts.landmarks.fovea?.confidence {
      texts.append("The fovea was found, not marked, with a confidence of \(formatted(confidence, decimals: 2)).")
    }
    if let phase = sample.facts.phase, phase != .transit {
      texts.append("Non-perfusion is read in the transit phase; this frame is of the \(phase.rawValue) one.")
    }
    if let change { texts.append("Since \(change.since): \(change.change.sentence(change.noise)). \(change.trust)") }
    texts.append("How it was marked: \(arguments.isNone("made") ? method ?? "not stated" : arguments.text("made")).")
    if let trainingSet {
      let cases = Set(trainingSet.samples.compactMap(\.facts.caseName)).count
      let known = cases > 0 ? ", \(counted(cases, "case"))" : ""
      texts.append(
        "It has learnt from “\(trainingSet.name)”: \(counted(trainingSet.samples.count, "angiogram"))\(known). "
          + (leaks.isEmpty
            ? "This eye is not among them, as far as names and pictures tell."
            : "THIS EYE IS AMONG THEM, so the numbers flatter: \(leaks.joined(separator: "; "))."))
    }
    if row.interval != nil {
      texts.append(
        intervals.map {
          "The intervals of areas hold the truth of \(formatted(100 * $0.intervals.level, decimals: 0)) % of eyes like the "
            + "\($0.intervals.eyes) that they were learnt from."
        } ?? "Intervals are 1.96 spreads of several maps; how often they hold the truth is not known.")
    }
    if let metrics = arguments.object("accuracy", as: MetricsValue.self) {
      texts.append("On angiograms with masks: \(metrics.summary).")
    }
    return texts + ["Computed by cnp \(engineVersion)."]
  }
}
