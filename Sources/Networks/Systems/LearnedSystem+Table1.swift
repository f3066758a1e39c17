// The five systems of the paper's Table 1 (method §8).

extension LearnedSystem {
  public static let fcn8 = LearnedSystem(
    name: "fcn8", title: "FCN-8s", summary: "a VGG-16 encoder whose scores at 1/8, 1/16 and 1/32 are added",
    generator: {
      FCN8Configuration(
        width: $0.width, batchNormMomentum: $0.batchNormMomentum, imageChannels: $0.imageChannels)
    },
    discriminator: nil)

  public static let unet = LearnedSystem(
    name: "unet", title: "U-Net", summary: "the generator alone, against the masks", generator: { plainUNet($0) },
    discriminator: nil)

  public static let cgan = LearnedSystem(
    name: "cgan", title: "cGAN", summary: "a U-Net and a patch discriminator that sees image and label map",
    generator: { plainUNet($0) }, discriminator: { patches($0) })

  public static let cganASPP = LearnedSystem(
    name: "cgan-aspp", title: "cGAN + ASPP", summary: "the same with an atrous spatial pyramid at the U-Net's bottom",
    generator: {
      var configuration = plainUNet($0)
      configuration.bottleneck = .aspp
      return configuration
    },
    discriminator: { patches($0) })

  public static let pixelGAN = LearnedSystem(
    name: "pixel-gan", title: "pixel-discriminating GAN",
    summary: "the paper's: a U-Net and a U-shaped discriminator of the map and of its pixels",
    generator: { plainUNet($0) }, discriminator: { pixels($0, answers: .both) })

  static func plainUNet(_ scale: SystemScale) -> UNetConfiguration {
    UNetConfiguration(
      width: scale.width, batchNormMomentum: scale.batchNormMomentum, imageChannels: scale.imageChannels)
  }

  static func patches(_ scale: SystemScale) -> PatchDiscriminatorConfiguration {
    PatchDiscriminatorConfiguration(
      width: scale.width, batchNormMomentum: scale.batchNormMomentum, imageChannels: scale.imageChannels)
  }

  static func pixels(_ scale: SystemScale, answers: DiscriminatorAnswers) -> DiscriminatorConfiguration {
    DiscriminatorConfiguration(
      width: scale.width, depth: scale.discriminatorDepth, answers: answers,
      batchNormMomentum: scale.batchNormMomentum, imageChannels: scale.imageChannels)
  }
}
