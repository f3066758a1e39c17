import Angiography
import Imaging
import Language

/// What checking knows of an argument that is angiograms in one of their forms.
extension Angiograms {
  /// - Returns: what is known; nothing where something is wrong, which is reported.
  static func facts(_ parameter: String, of call: inout CheckedCall) -> DatasetFacts {
    let known = call[parameter]
    switch known.kind {
    case .object(DatasetValue.typeName): return known.facts as? DatasetFacts ?? DatasetFacts()
    case .object(ImageValue.typeName):
      return DatasetFacts(count: 1, masks: DatasetFacts.Masks.none, frames: frames(of: known), features: [.grey])
    case .record: return sample(known, on: parameter, &call)
    case .list:
      guard let elements = known.elements else { return DatasetFacts(features: [.grey]) }
      let samples = elements.map { sample($0, on: parameter, &call) }
      var facts = samples.dropFirst().reduce(samples.first ?? DatasetFacts()) {
        $0.joined(with: $1) as? DatasetFacts ?? DatasetFacts()
      }
      facts.count = elements.count
      return facts
    case .text: return files(on: parameter, &call)
    default: return DatasetFacts()
    }
  }

  private static func sample(_ known: Known, on parameter: String, _ call: inout CheckedCall) -> DatasetFacts {
    guard let fields = known.fields else { return DatasetFacts(count: 1, features: [.grey]) }
    func field(_ name: String) -> Known? { fields.first { $0.name == name }?.value }
    guard let image = field("image"), image.mayBe(ImageValue.typeName) else {
      call.report(noImage(fields.map(\.name)), on: parameter)
      return DatasetFacts(features: [.grey])
    }
    var facts = DatasetFacts(count: 1, frames: frames(of: image), features: [.grey])
    if field("map") != nil || field("mask") == nil || field("mask")?.kind == Kind.none {
      facts.masks = DatasetFacts.Masks.none
    } else if field("mask")?.kind == .object(MaskValue.typeName) {
      facts.masks = .all
    }
    return facts
  }

  private static func frames(of image: Known) -> Set<ImageSize>? {
    guard case .object(let object) = image.constant, let image = object as? ImageValue else { return nil }
    return [ImageSize(width: image.plane.width, height: image.plane.height)]
  }

  private static func files(on parameter: String, _ call: inout CheckedCall) -> DatasetFacts {
    guard let place = call.place(ofPath: parameter) else { return DatasetFacts(features: [.grey]) }
    guard isImage(place) else {
      do throws(DatasetError) {
        let outline = try call.outline(of: place, masks: .none, options)
        return DatasetFacts(outline, workingSize: nil)
      } catch {
        call.report(error, on: parameter)
        return DatasetFacts()
      }
    }
    var facts = DatasetFacts(count: 1, masks: DatasetFacts.Masks.none, features: [.grey])
    do throws(ImageError) {
      let header = try call.header(ofImageAt: place)
      facts.frames = [ImageSize(width: header.width, height: header.height)]
    } catch {
      call.report(error, on: parameter)
    }
    return facts
  }
}
