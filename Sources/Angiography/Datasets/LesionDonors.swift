import Imaging

extension Dataset {
  /// Which of its angiograms a lesion can be cut out of: those whose mask marks gradable retina.
  package var lesionDonors: [Int] {
    samples.indices.filter { index in samples[index].mask.map { $0.area(within: samples[index].gradable) > 0 } ?? false
    }
  }

  /// Whether `paste:` could say anything: whether an angiogram with a mask has another to take a lesion from.
  package var canPaste: Bool {
    let donors = lesionDonors
    return samples.indices.contains { samples[$0].mask != nil && !self.donors(for: $0, among: donors).isEmpty }
  }

  /// A lesion for a sample, of another one of the same size, of another case where there is one, turned and mirrored at random;
  /// `nil` where nothing is drawn to be pasted, and where there is none.
  func drawnLesion(
    for index: Int, among donors: [Int]?, using generator: inout some RandomNumberGenerator
  ) -> CutLesion? {
    guard let chance = augmentation?.paste, chance > 0, generator.unitInterval() < chance else { return nil }
    let donors = self.donors(for: index, among: donors ?? lesionDonors)
    guard !donors.isEmpty else { return nil }
    let donor = samples[donors[generator.index(below: donors.count)]]
    let isFlipped = generator.unitInterval() < 0.5
    let change = GeometricChange(isFlipped: isFlipped, rotation: generator.symmetric(180))
    guard let mask = donor.workingMask(size: workingSize, change: change) else { return nil }
    return CutLesion(
      of: donor.workingImage(size: workingSize, change: change), mask: mask,
      gradable: donor.workingGradable(size: workingSize, change: change), using: &generator)
  }

  private func donors(for index: Int, among donors: [Int]) -> [Int] {
    func frame(_ index: Int) -> [Int] {
      let frame = samples[index].frame(workingSize: workingSize)
      return [frame.width, frame.height]
    }
    let others = donors.filter { $0 != index && frame($0) == frame(index) }
    let own = samples[index].facts.caseName
    let strangers = others.filter { own == nil || samples[$0].facts.caseName != own }
    return strangers.isEmpty ? others : strangers
  }
}
