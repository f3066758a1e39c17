import Base

// The file that holds a texture ensemble: its parameters, and the stumps of its booster with their votes, exact to the bit.
extension FittedTextureEnsemble {
  /// The whole file.
  package var fileText: String {
    let stumps = booster.members.map { member in
      JSON.object([
        "feature": .text(CandidateRegions.featureNames[member.stump.feature]), "above": .number(member.stump.threshold),
        "says": .whole(member.stump.polarity), "vote": .number(member.vote),
      ])
    }
    let method = TextureEnsemble()
    return SegmenterFile.text(
      method: method.name, method.parameters, settings.values, others: ["stumps": .list(stumps)])
  }

  /// What such a file holds, which may be any bytes.
  ///
  /// - Parameter path: for messages.
  package init(decoding bytes: [UInt8], at path: String) throws(MethodError) {
    try self.init(try SegmenterFile(bytes, at: path))
  }

  init(_ file: SegmenterFile) throws(MethodError) {
    let method = TextureEnsemble()
    guard file.method == method.name else { throw .unknownMethod(path: file.path, file.method) }
    guard case .list(let entries)? = file.others["stumps"], file.others.count == 1 else {
      throw .noSegmenter(path: file.path, "it has no `stumps`, or a field too many")
    }
    var members: [CostBoosting.Member] = []
    for entry in entries {
      let fields = entry.fields
      guard fields.count == 4, case .text(let name)? = fields["feature"],
        let feature = CandidateRegions.featureNames.firstIndex(of: name), let threshold = fields["above"]?.double,
        let polarity = fields["says"]?.double, abs(polarity) == 1, let vote = fields["vote"]?.double, vote > 0,
        vote.isFinite, threshold.isFinite
      else { throw .noSegmenter(path: file.path, "stump \(members.count + 1) is none") }
      members.append(
        CostBoosting.Member(
          stump: DecisionStump(feature: feature, threshold: threshold, polarity: Int(polarity)), vote: vote))
    }
    guard !members.isEmpty, members.reduce(0, { $0 + $1.vote }).isFinite else {
      throw .noSegmenter(path: file.path, "its stumps have no votes to count")
    }
    self.init(
      MethodSettings(method.parameters, values: try file.values(of: method.parameters)), CostBoosting(members: members))
  }
}
