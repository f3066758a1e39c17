import Angiography
import Language

/// What checking finds in calls of `load phantom split augment features join`, and what it knows of their datasets.
enum DataChecks {
  static let load: Command.Check = { call in
    call.trial(["masks", "empty-masks"], on: "empty-masks") { try Data.refuseContradiction($0) }
    call.trial(["label", "ignore"], on: "ignore") { try Data.refuseIgnoredLabel($0) }
    let options = call.argumentsOrDefaults()
    guard options.unknown.isDisjoint(with: ["masks", "label", "ignore", "case", "size", "empty-masks"]),
      let images = call.place(ofPath: "images")
    else { return .dataset(sized(call.integer("size"))) }
    var masks = MaskSource.none
    if call.isNone("masks") == false {
      guard let folder = call.place(ofPath: "masks") else { return .dataset(sized(call.integer("size"))) }
      masks = .folder(folder)
    } else if call.truth("empty-masks") == true {
      masks = .empty
    }
    let load = Data.loadOptions(options.arguments)
    do throws(DatasetError) {
      return .dataset(DatasetFacts(try call.outline(of: images, masks: masks, load), workingSize: load.size))
    } catch {
      call.report(error, on: "images")
      return .dataset(nil)
    }
  }

  /// A dataset of which no more is known than the size that networks see.
  private static func sized(_ side: Int?) -> DatasetFacts {
    DatasetFacts(frames: side.map { [ImageSize(width: $0, height: $0)] }, features: [.grey])
  }

  static let phantom: Command.Check = { call in
    call.trial(["least", "most"], on: "least") { _ = try Data.nonPerfusion($0) }
    let side = call.integer("size")
    let count = call.integer("count")
    return .dataset(
      DatasetFacts(
        count: count, masks: .all, frames: side.map { [ImageSize(width: $0, height: $0)] }, features: [.grey],
        hasCases: true, caseCount: count))
  }

  static let split: Command.Check = { call in
    call.trial(["test"], on: "test") { _ = try Data.share($0) }
    let data: DatasetFacts = call.facts("data") ?? DatasetFacts()
    guard let share = try? Data.share(call.argumentsOrDefaults().arguments), call.number("test") != nil,
      let unit = data.unit(call.text("by")), let available = data.unitCount(unit)
    else { return Known(elements: [.dataset(data.part()), .dataset(data.part())]) }
    if unit == .byCase, data.hasCases == false {
      call.report(DatasetError([.withoutCase(names: [])]), on: "data")
      return nil
    }
    do throws(DatasetError) {
      let wanted = try share.count(of: available, by: unit)
      return Known(elements: [
        .dataset(data.part(unit, available - wanted)), .dataset(data.part(unit, wanted)),
      ])
    } catch {
      call.report(error, on: call.isGiven("test") ? "test" : "data")
      return nil
    }
  }

  /// Gives what it was given.
  static let augment: Command.Check = { call in .dataset(call.facts("data")) }

  static let features: Command.Check = { call in
    var facts: DatasetFacts = call.facts("data") ?? DatasetFacts()
    facts.features = nil
    guard call["names"].constant != nil else { return .dataset(facts) }
    do throws(FeatureError) {
      facts.features = try Data.features(call.argumentsOrDefaults().arguments)
    } catch {
      call.report(error, on: "names")
    }
    return .dataset(facts)
  }

  static let join: Command.Check = { call in
    guard let data: DatasetFacts = call.facts("data"), let more: DatasetFacts = call.facts("more") else {
      return nil
    }
    var both = DatasetFacts(features: data.features)
    if let first = data.count, let second = more.count { both.count = first + second }
    if let first = data.masks, let second = more.masks { both.masks = first == second ? first : .some }
    // A working size of the first is that of all; without one each keeps its own, which need not be known here.
    if data.frames == more.frames { both.frames = data.frames }
    if let first = data.hasCases, let second = more.hasCases { both.hasCases = first && second }
    return .dataset(both)
  }
}

extension DatasetFacts {
  /// Some of these images.
  fileprivate func part(_ unit: SplitUnit? = nil, _ count: Int? = nil) -> DatasetFacts {
    var part = self
    part.count = unit == .image || caseCount == self.count ? count : nil
    part.caseCount = unit == .byCase || caseCount == self.count ? count : nil
    if masks == .some { part.masks = nil }
    if frames?.count != 1 { part.frames = nil }
    // What holds for all images holds for some; that not every image has a case need not.
    if hasCases == false { part.hasCases = nil }
    return part
  }
}
