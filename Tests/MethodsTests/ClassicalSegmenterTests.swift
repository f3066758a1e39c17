import Angiography
import Imaging
import Methods
import Tensors
import Testing

/// The classical methods: what they make of an image, what changes nothing, and what their parameters do.
struct ClassicalSegmenterTests {
  private static let eyes: [Sample] =
    (try? phantomDataset(PhantomOptions(count: 3, size: 256, seed: 3, nonPerfusion: 0.1...0.4)))?.samples ?? []

  private static let untaught = Segmenters.tunable.filter { !$0.learnsFromMasks }.map(\.name)

  private func method(_ name: String) throws -> any TunableSegmenter {
    try #require(Segmenters.tunable.first { $0.name == name })
  }

  private func values(_ method: any TunableSegmenter, _ changed: [String: Double] = [:]) -> [Double] {
    method.parameters.map { changed[$0.name] ?? $0.initial ?? 0 }
  }

  private func map(_ name: String, _ sample: Sample, _ changed: [String: Double] = [:]) throws -> Plane {
    let method = try method(name)
    let stages = try method.stages(of: sample, with: values(method, changed), taughtBy: nil)
    guard case .probabilities(let map)? = stages.last?.content else {
      Issue.record("no map")
      return sample.image
    }
    return map
  }

  private func area(_ map: Plane) -> Int { Mask(map, atLeast: 0.5).area }

  @Test func everyMethodIsThere() {
    #expect(
      Segmenters.tunable.map(\.name) == [
        "regions", "homomorphic", "valleys", "variational", "texture-ensemble", "stacked",
      ])
    for method in Segmenters.tunable {
      #expect(Segmenters.named(method.name) != nil && (!method.source.isEmpty || method is StackedSegmenter))
      #expect(method.algorithm.contains("source:") && method.algorithm.contains("ours:"))
      for parameter in method.parameters {
        #expect(parameter.initial.map(parameter.allows) == true, "\(method.name) \(parameter.name)")
      }
    }
  }

  @Test(arguments: untaught) func stagesAreAsDeclared(_ name: String) throws {
    let method = try method(name)
    let stages = try method.stages(of: Self.eyes[0], with: values(method), taughtBy: nil)
    #expect(stages.map(\.name) == method.stageForms.map(\.name))
    #expect(stages.map(\.content.form) == method.stageForms.map(\.form))
    let map = try map(name, Self.eyes[0])
    #expect(map.pixels.allSatisfy { (0...1).contains($0) })
    let fitted = try method.fitted(with: values(method), to: TrainingSet(Dataset(name: "e", samples: Self.eyes)))
    #expect(try fitted.probabilityMaps(of: Dataset(name: "e", samples: [Self.eyes[0]])) == [map])
  }

  /// What lies outside the field of view is never marked, and changes nothing inside.
  @Test(arguments: untaught) func onlyTheFieldCounts(_ name: String) throws {
    let sample = Self.eyes[0]
    var image = sample.image
    for i in image.pixels.indices where !sample.fieldOfView.pixels[i] { image.pixels[i] = i % 3 == 0 ? 1 : 0.4 }
    let other = Sample(name: "other", image: image, mask: sample.mask, fieldOfView: sample.fieldOfView)
    let (map, same) = (try map(name, sample), try self.map(name, other))
    #expect(map == same)
    for i in map.pixels.indices where !sample.fieldOfView.pixels[i] { #expect(map.pixels[i] == 0) }
  }

  /// A dark pond without capillaries in a field with them is what all of them are for.
  @Test(arguments: untaught) func aPondIsFound(_ name: String) throws {
    let sample = Self.pond
    let map = try map(name, sample)
    let truth = try #require(sample.mask)
    let inside = zip(map.pixels, truth.pixels).filter { $0.1 }.map { Double($0.0) }
    let outside = zip(map.pixels, zip(truth.pixels, sample.fieldOfView.pixels)).filter { !$0.1.0 && $0.1.1 }
      .map { Double($0.0) }
    let (found, wrong) = (inside.reduce(0, +) / Double(inside.count), outside.reduce(0, +) / Double(outside.count))
    #expect(found > wrong + 0.2, "\(name): \(found) inside, \(wrong) outside")
    #expect(area(map) > 0)
  }

  /// 256 × 256: a grid of bright capillaries about every 8 px, with noise, and a disc of radius 28 without any, darker.
  private static let pond: Sample = {
    var generator = RandomStream(seed: 9).generator
    var image = Plane(width: 256, height: 256)
    var truth = Mask(width: 256, height: 256)
    var field = truth
    for y in 0..<256 {
      for x in 0..<256 {
        field[x, y] = (x - 128) * (x - 128) + (y - 128) * (y - 128) < 120 * 120
        guard field[x, y] else { continue }
        truth[x, y] = (x - 150) * (x - 150) + (y - 110) * (y - 110) < 28 * 28
        let capillary = (x + y / 5) % 8 < 2 || (y + x / 7) % 8 < 2
        let noise = Float.random(in: -0.03...0.03, using: &generator)
        image[x, y] = (truth[x, y] ? 0.12 : capillary ? 0.55 : 0.25) + noise
      }
    }
    return Sample(name: "pond", image: image, mask: truth, fieldOfView: field)
  }()

  private func troughs(_ sample: Sample, depth: Double) throws -> Mask {
    let method = try method("valleys")
    let stages = try method.stages(of: sample, with: values(method, ["depth": depth]), taughtBy: nil)
    guard case .mask(let mask)? = stages.first(where: { $0.name == "troughs" })?.content else {
      Issue.record("no troughs")
      return sample.fieldOfView
    }
    return mask
  }

  @Test func parametersDoWhatTheySay() throws {
    let eye = Self.eyes[1]
    let (shallow, deep) = (try troughs(eye, depth: 0.05), try troughs(eye, depth: 0.15))
    #expect(shallow.area > deep.area && zip(deep.pixels, shallow.pixels).allSatisfy { !$0 || $1 })
    #expect(try area(map("regions", eye, ["texture": 1.2])) > area(map("regions", eye, ["texture": 0.3])))
    #expect(
      try area(map("homomorphic", eye, ["entropy": 0.4, "deviation": 0.4, "uniformity": 0.6]))
        > area(map("homomorphic", eye)))
    for name in Self.untaught {
      let small = Mask(try map(name, eye, ["minimum-area": 4000]), atLeast: 0.5).components().areas
      #expect(small.allSatisfy { $0 >= 1000 }, "\(name): sizes scale with the image")
    }
  }

  @Test func extremesOfParametersAreNoMistake() throws {
    let settings: [(String, [String: Double])] = [
      ("valleys", ["spread": 0, "smoothing": 0.5, "depth": 0.0001, "levels": 2]), ("homomorphic", ["high-gain": 10]),
      ("homomorphic", ["cutoff": 1.5, "low-gain": 0]), ("variational", ["vessel-cut": 1, "rounds": 1]),
    ]
    for (name, values) in settings {
      for eye in [Self.pond, Self.eyes[0]] {
        let map = try map(name, eye, values)
        #expect(map.pixels.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(name) \(values)")
      }
    }
  }

  @Test func energyFalls() throws {
    let method = try method("variational")
    let constant = ["term": 1.0, "lambda": 0.5]
    let stages = try method.stages(of: Self.pond, with: values(method, constant), taughtBy: nil)
    guard case .series(let energies)? = stages.first(where: { $0.name == "energy" })?.content else {
      Issue.record("no energies")
      return
    }
    #expect(energies.count > 1)
    // Between rounds the region terms change; with those of two means the energy falls all the same.
    for (before, after) in zip(energies, energies.dropFirst()) { #expect(after <= before * (1 + 1e-6)) }
  }

  @Test func anEmptyFieldAndOneGreyAreNoMistake() throws {
    let grey = Plane(width: 64, height: 64, filledWith: 0.5)
    for field in [Mask(width: 64, height: 64, filledWith: true), Mask(width: 64, height: 64)] {
      for name in Self.untaught {
        let map = try map(name, Sample(name: "flat", image: grey, mask: nil, fieldOfView: field))
        #expect(map.pixels.allSatisfy { $0.isFinite }, "\(name)")
      }
    }
  }
}
