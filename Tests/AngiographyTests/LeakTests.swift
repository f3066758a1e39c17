import Angiography
import Foundation
import Imaging
import Testing

@Suite struct Leaks {
  private static let eyes: [Sample] = {
    (try? phantomDataset(PhantomOptions(count: 12, size: 192, seed: 5)).samples) ?? []
  }()

  /// The same frame under another name, changed.
  private func copy(_ sample: Sample, _ change: (Plane) -> Plane) -> Sample {
    let image = change(sample.image)
    return Sample(name: "copy", image: image, mask: nil, fieldOfView: findFieldOfView(image))
  }

  private func leaks(of copy: Sample) -> [String] {
    Angiography.leaks(
      between: Dataset(name: "train", samples: Self.eyes), and: Dataset(name: "test", samples: [copy]))
  }

  private func eighth(_ image: Plane, _ source: (_ x: Int, _ y: Int, _ last: Int) -> (Int, Int)) -> Plane {
    var turned = image
    for y in 0..<image.height {
      for x in 0..<image.width {
        let (u, v) = source(x, y, image.width - 1)
        turned[x, y] = image[u, v]
      }
    }
    return turned
  }

  private static func known(_ samples: some Sequence<Sample>) -> KnownAngiograms {
    KnownAngiograms.learning(from: Dataset(name: "known", samples: Array(samples))).known
  }

  /// Without the images themselves, and from a file.
  @Test func areKnownAgain() throws {
    let others = try phantomDataset(PhantomOptions(count: 6, size: 192, seed: 6)).samples
    let known = Self.known(Self.eyes)
    let stored = try JSONEncoder().encode(known)
    let again = try JSONDecoder().decode(KnownAngiograms.self, from: stored)
    #expect(again == known && again.count == Self.eyes.count)
    #expect(try JSONEncoder().encode(Self.known(Self.eyes.reversed())) == stored)
    #expect(Self.known(Self.eyes.prefix(5)).joined(with: Self.known(Self.eyes.suffix(8))) == known)
    for sample in Self.eyes {
      let changed = copy(sample) { image in
        eighth(Plane(width: image.width, height: image.height, pixels: image.pixels.map { $0 * 0.7 })) { x, y, last in
          (y, last - x)
        }
      }
      #expect(again.leak(of: sample) == .copy && again.leak(of: changed) == .copy)
    }
    for sample in others { #expect(again.leak(of: sample) == nil) }
  }

  /// From one eye to another: a copy, then what is much alike, then another.
  @Test func whatIsMuchAlikeStandsBetween() {
    let (one, other) = (Self.eyes[0], Self.eyes[1])
    let known = Self.known([one])
    let leaks = stride(from: Float(0), through: 1, by: 0.02).map { share in
      known.leak(
        of: copy(one) { image in
          Plane(
            width: image.width, height: image.height,
            pixels: zip(image.pixels, other.image.pixels).map { (1 - share) * $0 + share * $1 })
        })
    }
    let alike = leaks.drop { $0 == .copy }
    #expect(leaks.first == .copy && alike.first == .alike && leaks.last == .some(nil), "\(leaks)")
    #expect(alike.drop { $0 == .alike }.allSatisfy { $0 == nil }, "\(leaks)")
  }

  @Test func whatHasNoPrintIsTold() {
    let small = Plane(width: 40, height: 40, pixels: (0..<1600).map { Float($0 % 7) / 7 })
    let even = Plane(width: 100, height: 100, filledWith: 0.5)
    let samples = [("small", small), ("even", even)].map { name, image in
      Sample(
        name: name, image: image, mask: nil,
        fieldOfView: Mask(width: image.width, height: image.height, filledWith: true))
    }
    let (known, without) = KnownAngiograms.learning(
      from: Dataset(name: "some", samples: samples + Self.eyes.prefix(1)))
    #expect(without == ["small", "even"] && known.count == 1)
  }

  @Test(arguments: [
    "[]", "[1]", "[\"\"]", "[\"0123\"]", "[\"+\(digits.dropFirst())\"]", "[\"\(digits)0\"]",
    "[\"\(digits.dropLast())g\"]", "[\"\(digits.uppercased())\"]", "[\"\(digits.dropLast(16))f\(digits.suffix(15))\"]",
    "{}",
  ])
  func whatIsNoPrintIsRefused(_ text: String) throws {
    let good = try JSONDecoder().decode(KnownAngiograms.self, from: Data("[\"\(Self.digits)\"]".utf8))
    #expect(good.count == 1)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(KnownAngiograms.self, from: Data(text.utf8)) }
  }

  /// Of one angiogram.
  private static let digits: String = {
    let stored = try? JSONEncoder().encode(known(eyes.prefix(1)))
    return String(decoding: stored ?? Data(), as: UTF8.self).filter(\.isHexDigit)
  }()

  /// Blocks of 8 × 8 at a few levels: what JPEG of low quality leaves.
  private func compressed(_ image: Plane) -> Plane {
    var coarse = image
    for y in 0..<image.height {
      for x in 0..<image.width {
        let (left, top) = (x / 4 * 4, y / 4 * 4)
        var sum: Float = 0
        for v in top..<min(top + 4, image.height) { for u in left..<min(left + 4, image.width) { sum += image[u, v] } }
        coarse[x, y] = (0.7 * sum / 16 + 0.3 * (image[x, y] * 20).rounded() / 20)
      }
    }
    return coarse
  }

  @Test func theSameImageAndItsCopiesAreFound() {
    let eye = Self.eyes[3]
    #expect(leaks(of: copy(eye) { $0 }) == ["the same image is on both sides: phantom-004 (train) and copy (test)"])
    let changes: [(String, (Plane) -> Plane)] = [
      ("darker", { Plane(width: $0.width, height: $0.height, pixels: $0.pixels.map { $0 * 0.7 }) }),
      ("brighter", { Plane(width: $0.width, height: $0.height, pixels: $0.pixels.map { min(1, $0 * 1.4) }) }),
      ("gamma", { Plane(width: $0.width, height: $0.height, pixels: $0.pixels.map { $0.squareRoot() }) }),
      ("smaller", { $0.resampled(width: 77, height: 77, through: .scaling(x: 192.0 / 77, y: 192.0 / 77)) }),
      ("larger", { $0.resampled(width: 300, height: 300, through: .scaling(x: 0.64, y: 0.64)) }),
      ("compressed", compressed),
      ("flipped", { eighth($0) { x, y, last in (last - x, y) } }),
      ("upside down", { eighth($0) { x, y, last in (x, last - y) } }),
      ("half a turn", { eighth($0) { x, y, last in (last - x, last - y) } }),
      ("a quarter turn", { eighth($0) { x, y, last in (y, last - x) } }),
      ("three quarters", { eighth($0) { x, y, last in (last - y, x) } }),
      ("transposed", { eighth($0) { x, y, _ in (y, x) } }),
      ("negative", \.negative),
      ("turned negative, compressed", { compressed(eighth($0) { x, y, last in (last - y, x) }).negative }),
      ("flipped and compressed", { compressed(eighth($0) { x, y, last in (last - x, y) }) }),
    ]
    for (name, change) in changes {
      #expect(
        leaks(of: copy(eye, change)) == [
          "copies of the same image are on both sides: phantom-004 (train) and copy (test)"
        ],
        "\(name)")
    }
  }

  /// Phantoms share what is known of eyes: disc, fovea, arcades. They are different eyes all the same.
  @Test(arguments: [(64, 100), (128, 100), (256, 40)]) func differentEyesAreNotTakenForOne(size: Int, count: Int) throws
  {
    let one = try phantomDataset(PhantomOptions(count: count, size: size, seed: 21), named: "one")
    let two = try phantomDataset(PhantomOptions(count: count, size: size, seed: 22), named: "two")
    #expect(Angiography.leaks(between: one, and: two) == [])
    var generator = SeededGenerator(1)
    #expect(try one.folds(4, by: .image, using: &generator).flatMap(\.warnings) == [])
  }

  @Test func picturesWithNothingInThemAreNoCopies() {
    func blank(_ grey: Float, side: Int) -> Sample {
      let image = Plane(width: side, height: side, filledWith: grey)
      return Sample(
        name: "blank \(grey)", image: image, mask: nil, fieldOfView: Mask(width: side, height: side, filledWith: true))
    }
    for side in [16, 96] {
      let one = Dataset(name: "one", samples: [blank(0.3, side: side)])
      #expect(Angiography.leaks(between: one, and: Dataset(name: "two", samples: [blank(0.4, side: side)])) == [])
      #expect(Angiography.leaks(between: one, and: one).count == 1)
    }
  }

  @Test func aPatientOnBothSidesIsNamed() throws {
    func eye(_ index: Int, _ name: String, of patient: String?) -> Sample {
      let eye = Self.eyes[index]
      return Sample(
        name: name, image: eye.image, mask: eye.mask, fieldOfView: eye.fieldOfView,
        facts: SampleFacts(caseName: patient))
    }
    let train = Dataset(name: "train", samples: [eye(0, "7-left", of: "7"), eye(1, "8-left", of: "8")])
    let test = Dataset(name: "test", samples: [eye(2, "7-right", of: "7"), eye(3, "9", of: "9")])
    #expect(
      Angiography.leaks(between: train, and: test)
        == ["the same patient is on both sides: 7-left (train) and 7-right (test)"])
    // A split by image says so of a dataset that knows its patients; one by case has nothing to say.
    let all = Dataset(name: "all", samples: train.samples + [test.samples[0]])
    var generator = SeededGenerator(3)
    let splits = try (0..<12).map { _ in try all.split(test: .count(1), by: .image, using: &generator) }
    for split in splits { #expect(split.warnings.isEmpty == (split.test.samples[0].name == "8-left")) }
    #expect(try all.split(test: .count(1), by: .byCase, using: &generator).warnings == [])
    // A case that is but the image's own name is no patient that two collections share.
    let other = Dataset(name: "other", samples: [eye(4, "7-left", of: "7-left")])
    let own = Dataset(name: "own", samples: [eye(5, "7-left", of: "7-left")])
    #expect(Angiography.leaks(between: own, and: other) == [])
  }

  @Test func manyPairsAreCounted() {
    let one = Dataset(name: "one", samples: Self.eyes)
    let lines = Angiography.leaks(between: one, and: one)
    #expect(lines.count == 5 && lines[4] == "the same image is on both sides: 8 more pairs")
  }
}

extension Plane {
  fileprivate var negative: Plane { Plane(width: width, height: height, pixels: pixels.map { 1 - $0 }) }
}

/// On the public angiograms of ../shared/data; skipped, and said so, where that folder is absent.
@Suite(.enabled(if: hasSharedData, "needs the angiograms of ../shared/data")) struct LeaksOfRealImages {
  /// 67 angiograms of one collection: three pairs look like frames of one eye, and no image is a copy of another.
  @Test func framesOfOneEyeAreFoundAndNoCopies() throws {
    let folders = ["ffa-np/images", "ffa-negatives", "ffa-unlabelled", "ffa-unlabelled-brvo"]
    let samples = try folders.flatMap { try loadDataset(images: "\(sharedData)/\($0)").dataset.samples }
    var found: [String] = []
    for index in samples.indices.dropLast() {
      let lines = leaks(
        between: Dataset(name: "one", samples: [samples[index]]),
        and: Dataset(name: "others", samples: Array(samples[(index + 1)...])))
      found += lines
    }
    #expect(samples.count == 67)
    #expect(found.allSatisfy { $0.contains("may be of one eye") } && (1...3).contains(found.count), "\(found)")
  }
}
