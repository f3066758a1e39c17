// Systems whose generator draws the territory of the occlusion beside the non-perfusion that it holds: the territory is large and
// smooth, so that few images teach it. Angiograms without one can't teach them.

extension LearnedSystem {
  public static let nestedUNet = LearnedSystem(
    name: "nested-unet", title: "nested U-Net", summary: "a U-Net that draws the territory too",
    generator: { nested($0) }, discriminator: nil)

  public static let nestedPixelGAN = LearnedSystem(
    name: "nested-pixel-gan", title: "nested pixel GAN",
    summary: "the paper's system with a U-Net that draws the territory too",
    generator: { nested($0) }, discriminator: { pixels($0, answers: .both) })

  private static func nested(_ scale: SystemScale) -> UNetConfiguration {
    var configuration = plainUNet(scale)
    configuration.maps = .nested
    return configuration
  }
}
