import Imaging
import Kernels

/// The vessels of two working frames, to be laid on each other.
struct MatchedVessels {
  private let frames: WorkingFrames
  private let baseline, followUp: Centrelines
  private let closestBaseline, closestFollowUp: ClosestPoints
  /// Working pixels to one of a frame 512 wide.
  private let unit: Double

  /// What was found; lengths in working pixels of the follow-up.
  struct Found {
    let fit: VesselFit
    let agreement: VesselAgreement
    /// The spread of the residuals of vessels that the fit hasn't seen.
    let heldOut: Double
    let error: Double
  }

  /// Alignments that closest points are tried from.
  private static let candidates = 6
  /// The farthest that closest points are looked for, in pixels of a frame 512 wide.
  private static let reach = 10.0
  /// A more flexible model must better the residuals of unseen vessels by so much.
  private static let gain = 0.97
  /// What a camera can make of lengths between two visits, from point to point.
  private static let scales = 0.7...1.45

  init(_ frames: WorkingFrames, names: (String, String), _ limits: RegistrationLimits) throws(RegistrationError) {
    self.frames = frames
    let unit = frames.side / WorkingFrames.longestSide
    self.unit = unit
    baseline = Centrelines(of: frames.baseline.image, within: frames.baseline.field, unit: unit)
    followUp = Centrelines(of: frames.followUp.image, within: frames.followUp.field, unit: unit)
    let least = Int((limits.points * unit).rounded())
    for (lines, name) in [(baseline, names.0), (followUp, names.1)] where lines.points.count < least {
      throw .tooFewVessels(name: name, points: lines.points.count, least: least)
    }
    func closest(_ lines: Centrelines) -> ClosestPoints {
      ClosestPoints(
        lines.points, width: lines.field.width, height: lines.field.height, reach: max(4, Self.reach * unit))
    }
    (closestBaseline, closestFollowUp) = (closest(baseline), closest(followUp))
  }

  func registered(_ model: RegistrationModel?, _ limits: RegistrationLimits) throws(RegistrationError) -> Found {
    guard let start = aligned() else { throw .noConsistentAlignment(agreement: 0, least: limits.agreement) }
    let models = model.map { [$0] } ?? RegistrationModel.allCases
    let fits = computed(models.count) { found(models[$0], from: start) }.compactMap(\.self)
    var best = fits.first
    for next in fits.dropFirst() where next.heldOut < Self.gain * (best?.heldOut ?? 0) { best = next }
    guard let best, best.agreement.meanCloseness >= limits.agreement else {
      let agreement = (best?.agreement ?? start.agreement).meanCloseness
      throw .noConsistentAlignment(agreement: min(agreement, limits.agreement), least: limits.agreement)
    }
    guard best.agreement.overlap >= limits.overlap else {
      throw .tooLittleOverlap(best.agreement.overlap, least: limits.overlap)
    }
    return best
  }

  /// The alignment on which most vessels agree, as a straight map.
  private func aligned() -> (fit: VesselFit, agreement: VesselAgreement)? {
    let starts = CoarseAlignment(baseline, followUp, in: frames).best(Self.candidates)
    let fits = computed(starts.count) { index -> (fit: VesselFit, agreement: VesselAgreement)? in
      var fit = VesselFit(starts[index].transform(in: frames))
      guard fit.improve(.similarity, baseline, closestFollowUp, radii: radii(from: 10, to: 5, 8)),
        fit.improve(.affine, baseline, closestFollowUp, radii: radii(from: 7, to: 4, 5)), isPlausible(fit.transform)
      else { return nil }
      return (fit, agreement(fit.transform))
    }
    return fits.compactMap(\.self).max { $0.agreement.rank < $1.agreement.rank }
  }

  /// A model fitted, from where the vessels lie on each other already; `nil` where they don't hold it.
  private func found(_ model: RegistrationModel, from start: (fit: VesselFit, agreement: VesselAgreement)) -> Found? {
    var fit = start.fit
    guard fit.improve(model, baseline, closestFollowUp, radii: radii(from: 6, to: 3, 8)), isPlausible(fit.transform)
    else { return nil }
    let field = MappingError.Field(fit.transform, baseline, followUp)
    let error = MappingError(fit, model, baseline, closestFollowUp, field, unit: unit)
    guard let error, let heldOut = heldOut(fit, model) else { return nil }
    return Found(fit: fit, agreement: agreement(fit.transform), heldOut: heldOut, error: error.overField)
  }

  /// The spread of residuals where the fit hasn't seen them: squares of the field are left out, every fourth at a time.
  private func heldOut(_ fit: VesselFit, _ model: RegistrationModel) -> Double? {
    let side = MappingError.square * unit
    func part(_ point: CentrelinePoint) -> Int { (Int(point.position.x / side) + 2 * Int(point.position.y / side)) % 4 }
    let radii = radii(from: 3, to: 3, 2)
    var residuals: [Double] = []
    for left in 0..<4 {
      var trial = fit
      guard trial.improve(model, baseline, closestFollowUp, radii: radii, leaving: { part($0) == left }) else {
        return nil
      }
      trial.match(baseline, closestFollowUp, within: radii[0]) { part($0) != left }
      residuals += trial.matches.map(\.residual)
    }
    return robustSpread(residuals)
  }

  private func agreement(_ transform: RetinalTransform) -> VesselAgreement {
    VesselAgreement(transform, baseline, followUp, closestBaseline, closestFollowUp, unit: unit)
  }

  /// Whether the map folds nowhere and changes lengths as cameras do, on a grid over the baseline's frame.
  private func isPlausible(_ transform: RetinalTransform) -> Bool {
    let (width, height) = (Double(baseline.field.width), Double(baseline.field.height))
    return (0...8).allSatisfy { row in
      (0...8).allSatisfy { column in
        let area = transform.areaRatio(at: SIMD2(width * Double(column) / 8, height * Double(row) / 8))
        return area > 0 && Self.scales.contains(area.squareRoot())
      }
    }
  }

  /// From one to the other in even steps, told in pixels of a frame 512 wide; at least 2 px.
  private func radii(from first: Double, to last: Double, _ count: Int) -> [Double] {
    (0..<count).map { max(2, unit * (first + (last - first) * Double($0) / Double(count - 1))) }
  }
}
