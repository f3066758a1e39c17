// What each part of the pixel discriminator is worth (method §8): parts of it left out.

extension LearnedSystem {
  public static let mapGAN = LearnedSystem(
    name: "map-gan", title: "GAN, D's encoder alone", summary: "the discriminator judges the map as a whole (β alone)",
    generator: { plainUNet($0) }, discriminator: { pixels($0, answers: .map) })

  public static let pixelOnlyGAN = LearnedSystem(
    name: "pixel-only-gan", title: "GAN, D's pixels alone", summary: "the discriminator judges pixels only (γ alone)",
    generator: { plainUNet($0) }, discriminator: { pixels($0, answers: .pixels) })

  public static let pointwiseGAN = LearnedSystem(
    name: "pointwise-gan", title: "GAN, 1×1 D", summary: "the discriminator sees one pixel at a time",
    generator: { plainUNet($0) },
    discriminator: {
      PointwiseDiscriminatorConfiguration(
        width: $0.width, batchNormMomentum: $0.batchNormMomentum, imageChannels: $0.imageChannels)
    })
}
